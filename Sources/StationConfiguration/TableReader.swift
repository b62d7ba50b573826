import LockerDomain

/// Reads one table of a file, remembers which keys were asked for, and names what nobody asked for.
struct TableReader {
    let file: ConfigurationFile
    let path: [PathStep]
    let values: [String: ConfigurationTree]
    private var known: Set<String> = []

    init(file: ConfigurationFile, path: [PathStep], values: [String: ConfigurationTree]) {
        self.file = file
        self.path = path
        self.values = values
    }

    func fault(_ key: String?, _ cause: String, _ mend: String) -> ConfigurationFault {
        let steps = path + (key.map { [.key($0)] } ?? [])
        return ConfigurationFault(file.path, file.line(of: steps), cause, mend)
    }

    private var name: String {
        path.map { if case .index(let index) = $0 { "[\(index + 1)]" } else { ".\($0.name)" } }.joined().drop {
            $0 == "."
        }
        .description
    }

    mutating func string(_ key: String) throws(ConfigurationFault) -> String? {
        known.insert(key)
        switch values[key] {
        case nil: return nil
        case .string(let text)?: return text
        case let other?: throw fault(key, "\(key) is \(other.kind) (应为带引号的文字)", "write a text in quotes (请加英文双引号)")
        }
    }

    /// A name that people read, cards hold and events carry.
    mutating func name(
        _ key: String,
        bytesMax: Int = Limits.nameBytesMax
    ) throws(ConfigurationFault) -> String {
        let name = try required(try string(key), key)
        guard PrintedName.isValid(name, bytesMax: bytesMax) else {
            throw fault(
                key,
                "\(key) is empty, holds spaces or more than \(bytesMax) bytes",
                "write letters, digits and hyphens, as A01"
            )
        }
        return name
    }

    /// The text of a key that holds a URL; it may hold a password, so a fault never quotes it.
    func url(
        _ text: String,
        of key: String = "url",
        _ read: (String) throws(NetworkURL.Fault) -> NetworkURL
    ) throws(ConfigurationFault) -> NetworkURL {
        do { return try read(text) } catch {
            throw fault(key, "\(key) \(error.cause) (网址有误)", "\(error.mend) (请改正)")
        }
    }

    /// A line of text that people read and events may carry.
    mutating func text(_ key: String, _ characters: ClosedRange<Int>) throws(ConfigurationFault) -> String? {
        guard let text = try string(key) else { return nil }
        // Characters as schemas count them: what looks like one may be many.
        guard text.isOneLine, characters.contains(text.unicodeScalars.count) else {
            let most = "\(characters.upperBound) characters"
            let rule = characters.lowerBound == 0 ? "\(most) at most" : "\(characters.lowerBound) to \(most)"
            throw fault(key, "\(key) is no line of \(rule) (长度不对或含换行)", "correct it, or leave it out (请改正或删去)")
        }
        return text
    }

    mutating func integer(_ key: String, in range: ClosedRange<Int>) throws(ConfigurationFault) -> Int? {
        known.insert(key)
        switch values[key] {
        case nil: return nil
        case .integer(let number)? where range.contains(number): return number
        default:
            throw fault(
                key,
                "\(key) is not a whole number from \(range.lowerBound) to \(range.upperBound)",
                "correct it"
            )
        }
    }

    mutating func bool(_ key: String) throws(ConfigurationFault) -> Bool? {
        known.insert(key)
        switch values[key] {
        case nil: return nil
        case .bool(let value)?: return value
        case let other?: throw fault(key, "\(key) is \(other.kind)", "write true or false without quotes")
        }
    }

    mutating func choice<Value: RawRepresentable & CaseIterable>(
        _ key: String,
        of type: Value.Type
    ) throws(ConfigurationFault) -> Value? where Value.RawValue == String {
        guard let text = try string(key) else { return nil }
        return try word(text, key)
    }

    /// A list of such words.
    mutating func choices<Value: RawRepresentable & CaseIterable>(
        _ key: String,
        of type: Value.Type
    ) throws(ConfigurationFault) -> [Value]? where Value.RawValue == String {
        guard let texts = try strings(key) else { return nil }
        var values: [Value] = []
        for text in texts { values.append(try word(text, key)) }
        return values
    }

    private func word<Value: RawRepresentable & CaseIterable>(
        _ text: String,
        _ key: String
    ) throws(ConfigurationFault) -> Value where Value.RawValue == String {
        if let value = Value(rawValue: text) { return value }
        let all = Value.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
        throw fault(key, "\(key) = \"\(text)\" is not known", "write one of \(all)")
    }

    mutating func integers(_ key: String, in range: ClosedRange<Int>) throws(ConfigurationFault) -> [Int]? {
        known.insert(key)
        guard let value = values[key] else { return nil }
        guard case .array(let items) = value else { throw fault(key, "\(key) is no list", "write [1, 2]") }
        var numbers: [Int] = []
        for item in items {
            guard case .integer(let number) = item, range.contains(number) else {
                throw fault(
                    key,
                    "\(key) holds other than whole numbers from \(range.lowerBound) to \(range.upperBound)",
                    "correct it"
                )
            }
            numbers.append(number)
        }
        return numbers
    }

    mutating func strings(_ key: String) throws(ConfigurationFault) -> [String]? {
        known.insert(key)
        guard let value = values[key] else { return nil }
        guard case .array(let items) = value else { throw fault(key, "\(key) is no list", "write [\"…\", \"…\"]") }
        var texts: [String] = []
        for item in items {
            guard case .string(let text) = item else {
                throw fault(key, "\(key) holds no text", "write [\"…\", \"…\"]")
            }
            texts.append(text)
        }
        return texts
    }

    mutating func table(_ key: String) throws(ConfigurationFault) -> TableReader? {
        known.insert(key)
        switch values[key] {
        case nil: return nil
        case .table(let table)?: return TableReader(file: file, path: path + [.key(key)], values: table)
        case let other?:
            throw fault(key, "\(key) is \(other.kind)", path.isEmpty ? "write [\(key)]" : "write \(key) = { … }")
        }
    }

    mutating func tables(_ key: String) throws(ConfigurationFault) -> [TableReader] {
        known.insert(key)
        guard let value = values[key] else { return [] }
        guard case .array(let items) = value else { throw fault(key, "[\(key)] stands once", "write [[\(key)]]") }
        var readers: [TableReader] = []
        for (index, item) in items.enumerated() {
            guard case .table(let table) = item else { throw fault(key, "\(key) is no table", "write [[\(key)]]") }
            readers.append(TableReader(file: file, path: path + [.key(key), .index(index)], values: table))
        }
        return readers
    }

    func required<Value>(_ value: Value?, _ key: String) throws(ConfigurationFault) -> Value {
        guard let value else {
            throw fault(nil, "\(name.isEmpty ? "the file" : name) has no \(key) (缺少 \(key))", "add \(key) = … (请补上)")
        }
        return value
    }

    /// To be called last: a key that nobody asked for is a typing error, or of a later version.
    func finish() throws(ConfigurationFault) {
        guard let stray = values.keys.filter({ !known.contains($0) }).sorted().first else { return }
        let names = known.sorted().joined(separator: ", ")
        throw fault(
            stray,
            "unknown key \(stray) (没有这个配置项)",
            "correct or remove it (改正或删除), or install the later version that knows it (如由更新的版本写入，请安装该版本); "
                + "known here: \(names)"
        )
    }
}
