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
        "reports": ["period_ends", "closes_on"], "pages": ["host", "port"], "tls": ["certificate", "key"],
    ]

    /// Reads `<root>/etc/county-server/county.toml`, or takes the defaults when there is none.
    static func read(root: String) throws -> CountySettings {
        var base = root
        while base.hasSuffix("/") { base.removeLast() }
        var settings = CountySettings(dataDirectory: base + "/var/lib/county-server")
        let path = base + "/etc/county-server/county.toml"
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
            do throws(NetworkURL.Fault) { settings.publicURL = "\(try NetworkURL(county: url))" } catch {
                throw CountyFault(place(path, text, "public_url"), "public_url \(error.cause)", mend: error.mend)
            }
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
            settings.pages = CountySettings.PagesDoor(host: try words("pages", "host"), port: port ?? 8481)
        }
        if section("tls") != nil {
            settings.tls = CountySettings.TLSFiles(
                certificate: try words("tls", "certificate"),
                key: try words("tls", "key")
            )
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
    /// The county under this root, its files made when they are missing.
    func county() throws -> County { try Self.open(CountyConfiguration.read(root: root)) }

    static func open(_ settings: CountySettings) throws -> County {
        // SQLite makes its files with the process's mask.
        umask(0o077)
        return try County(
            opening: settings,
            clock: CountyClock(isSynchronised: { lk_clock_synchronised() == 1 })
        )
    }
}
