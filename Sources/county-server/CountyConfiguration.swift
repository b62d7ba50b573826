import CHost
import CountyBooks
import CountyReceiver
import FoundationEssentials
import Glibc
import LockerDomain
import TOMLKit

/// `county.toml`: every key may be left out; a key that nobody knows is an error, not a wish.
enum CountyConfiguration {
    private static let keys = [
        "port", "host", "public_url", "name", "code", "trusted_proxies", "reports", "pages", "tls",
    ]
    /// Keys of its tables.
    private static let tables = [
        "reports": ["period_ends", "closes_on"], "pages": ["host", "port", "url"], "tls": ["certificate", "key"],
    ]

    /// Reads `<root>/etc/county-server/county.toml`, or takes the defaults when there is none.
    static func read(root: String) throws -> CountySettings {
        var settings = CountySettings(dataDirectory: base(root) + "/var/lib/county-server")
        let path = path(root: root)
        guard FileManager.default.fileExists(atPath: path) else { return settings }
        guard let data = FileManager.default.contents(atPath: path),
            let text = String(validating: data, as: UTF8.self)
        else { throw CountyFault(path, "cannot be read as UTF-8 text", mend: "check its owner and its encoding") }
        let table = try parse(text, path: path)
        for key in table.keys where !keys.contains(key) {
            throw CountyFault(
                place(path, text, key),
                "unknown key \(key)",
                mend: "correct or remove it 改正或删除, or install the later version that knows it 如由更新的版本写入，请安装该版本; "
                    + "known are \(keys.joined(separator: ", "))"
            )
        }
        func fault(_ key: String, _ rule: String) -> CountyFault {
            CountyFault(place(path, text, key), "\(key) is not \(rule)", mend: "write \(key) = \(example(key))")
        }
        if let value = table["port"] {
            guard let port = value.int, (0...65_535).contains(port) else { throw fault("port", "a number 0 to 65535") }
            settings.port = port
        }
        if let value = table["host"] {
            guard let host = value.string, !host.isEmpty else { throw fault("host", "an address") }
            settings.host = host
        }
        if let value = table["public_url"] {
            guard let url = value.string else { throw fault("public_url", "an http:// or https:// address") }
            settings.publicURL = try self.url(url, "public_url", at: place(path, text, "public_url"))
        }
        if let value = table["name"] {
            guard let name = value.string, !name.isEmpty else { throw fault("name", "a text") }
            settings.name = name
        }
        if let value = table["code"] {
            guard let code = value.string, code.utf8.count == 6, code.utf8.allSatisfy({ (0x30...0x39).contains($0) })
            else {
                throw fault("code", "the six digits of the county's 区划代码, as a text")
            }
            settings.code = code
        }
        if let value = table["trusted_proxies"] {
            let addresses = value.array?.compactMap(\.string)
            guard let addresses, addresses.count == value.array?.count else {
                throw fault("trusted_proxies", "a list of addresses")
            }
            settings.trustedProxies = addresses
        }
        try readTables(table, path: path, text, into: &settings)
        return settings
    }

    /// `<root>/etc/county-server/county.toml`
    static func path(root: String) -> String { base(root) + "/etc/county-server/county.toml" }

    private static func base(_ root: String) -> String {
        var base = root
        while base.hasSuffix("/") { base.removeLast() }
        return base
    }

    private static func readTables(
        _ table: TOMLTable,
        path: String,
        _ text: String,
        into settings: inout CountySettings
    ) throws {
        for (name, known) in tables {
            guard let value = table[name] else { continue }
            guard let inner = value.table else {
                throw CountyFault(
                    place(path, text, name),
                    "\(name) is no table",
                    mend: "write [\(name)] in a line of its own"
                )
            }
            for key in inner.keys where !known.contains(key) {
                throw CountyFault(
                    place(path, text, key),
                    "unknown key \(key) in [\(name)]",
                    mend: "correct or remove it 改正或删除; known are \(known.joined(separator: ", "))"
                )
            }
        }
        func number(_ table: String, _ key: String, _ bounds: ClosedRange<Int>) throws -> Int? {
            guard let inner = section(table), let value: any TOMLValueConvertible = inner[key] else { return nil }
            guard let number = value.int, bounds.contains(number) else {
                throw CountyFault(
                    place(path, text, key),
                    "\(key) is not a number from \(bounds.lowerBound) to \(bounds.upperBound)",
                    mend: "correct it 请改正"
                )
            }
            return number
        }
        func section(_ name: String) -> TOMLTable? { table[name]?.table }
        func words(_ name: String, _ key: String) throws -> String {
            guard let word = section(name)?[key]?.string, !word.isEmpty else {
                throw CountyFault(place(path, text, name), "[\(name)] has no \(key)", mend: "write \(key) = \"…\"")
            }
            return word
        }
        if let ends = try number("reports", "period_ends", 1...31) { settings.periodEnds = Int64(ends) }
        if let day = try number("reports", "closes_on", 1...28) { settings.closesOn = Int64(day) }
        if section("pages") != nil {
            let port = try number("pages", "port", 0...65_535)
            var door = CountySettings.PagesDoor(host: try words("pages", "host"), port: port ?? 8481)
            if section("pages")?["url"] != nil {
                door.url = try url(try words("pages", "url"), "url", at: place(path, text, "url"))
            }
            settings.pages = door
        }
        if section("tls") != nil {
            settings.tls = CountySettings.TLSFiles(
                certificate: try words("tls", "certificate"),
                key: try words("tls", "key")
            )
        }
    }

    private static func url(_ text: String, _ key: String, at place: String) throws -> String {
        do throws(NetworkURL.Fault) {
            return "\(try NetworkURL(county: text))"
        } catch {
            throw CountyFault(place, "\(key) \(error.cause)", mend: error.mend)
        }
    }

    private static func parse(_ text: String, path: String) throws -> TOMLTable {
        if let fault = TOMLFences.fault(in: text) {
            throw CountyFault("\(path):\(fault.line)", fault.cause, mend: fault.mend)
        }
        do {
            return try TOMLTable(string: text)
        } catch let error as TOMLParseError {
            throw CountyFault("\(path):\(error.source.begin.line)", error.description, mend: "see https://toml.io")
        }
    }

    private static func example(_ key: String) -> String {
        switch key {
        case "port": "8480"
        case "host": "\"127.0.0.1\""
        case "code": "\"140522\""
        case "trusted_proxies": "[\"127.0.0.1\"]"
        case "public_url": "\"https://county.example.cn/locker\""
        default: "\"阳城县\""
        }
    }

    /// The file and the line on which a top-level key stands: TOMLKit keeps no positions of keys.
    private static func place(_ path: String, _ text: String, _ key: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let index = lines.firstIndex { line in
            var rest = line.drop { $0 == " " || $0 == "\t" || $0 == "[" || $0 == "\"" || $0 == "'" }
            guard rest.hasPrefix(key) else { return false }
            rest = rest.dropFirst(key.count).drop { $0 == " " || $0 == "\t" || $0 == "\"" || $0 == "'" }
            return rest.first == "=" || rest.first == "]" || rest.first == "."
        }
        return index.map { "\(path):\($0 + 1)" } ?? path
    }
}

extension RootOptions {
    /// The county under this root.
    ///
    /// - Parameter mayMake: whether its files are made where there is neither a configuration nor a folder of data: a root
    ///   that is typed wrong must not become an empty county.
    func county(mayMake: Bool = false) throws -> County {
        let settings = try CountyConfiguration.read(root: root)
        let isThere = [settings.dataDirectory, CountyConfiguration.path(root: root)].contains {
            FileManager.default.fileExists(atPath: $0)
        }
        guard mayMake || isThere else {
            throw CountyFault(
                root.isEmpty ? settings.dataDirectory : root,
                "holds no county 没有县中心数据",
                mend: "correct --root, or begin one: county-server account add NAME --role admin 请更正 --root，或先新建管理员账号"
            )
        }
        return try Self.open(settings)
    }

    static func open(_ settings: CountySettings) throws -> County {
        // SQLite makes its files with the process's mask.
        umask(0o077)
        return try County(
            opening: settings,
            clock: CountyClock(isSynchronised: { lk_clock_synchronised() == 1 })
        )
    }
}

extension CountySettings {
    /// Where a browser opens the log-in: the address of the configuration, else that of the server's own door as its machine
    /// reaches it.
    var logInAddress: String {
        if var url = pagesURL {
            while url.hasSuffix("/") { url.removeLast() }
            return url + "/login"
        }
        let (host, port) = (pages?.host ?? host, pages?.port ?? port)
        let near = ["0.0.0.0", "::", "[::]"].contains(host) ? "127.0.0.1" : host
        let place = near.contains(":") && !near.hasPrefix("[") ? "[\(near)]" : near
        return "\(tls == nil ? "http" : "https")://\(place):\(port)/login"
    }
}
