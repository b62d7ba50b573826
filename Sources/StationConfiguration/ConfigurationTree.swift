import FoundationEssentials
import Glibc
import LockerDomain
import TOMLKit

/// TOML as a plain tree, so that unknown keys can be found and named.
enum ConfigurationTree: Sendable, Equatable, Decodable {
    case string(String)
    case integer(Int)
    case bool(Bool)
    case array([ConfigurationTree])
    case table([String: ConfigurationTree])
    case other

    init(from decoder: any Decoder) throws {
        let box = try decoder.singleValueContainer()
        if let value = try? box.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? box.decode(Int.self) {
            self = .integer(value)
        } else if let value = try? box.decode(String.self) {
            self = .string(value)
        } else if let value = try? box.decode([ConfigurationTree].self) {
            self = .array(value)
        } else if let value = try? box.decode([String: ConfigurationTree].self) {
            self = .table(value)
        } else {
            self = .other
        }
    }

    /// What a person calls a value of this kind.
    var kind: String {
        switch self {
        case .string: "a text in quotes"
        case .integer: "a whole number"
        case .bool: "true or false"
        case .array: "a list"
        case .table: "a table"
        case .other: "a value of another kind"
        }
    }
}

/// One configuration file, parsed, with its text for finding lines.
struct ConfigurationFile: Sendable {
    var path: String
    var text: String
    var tree: [String: ConfigurationTree]

    static let bytesMax = 1 << 20

    init(path: String) throws(ConfigurationFault) {
        guard let data = try? Data(contentsOf: URL(filePath: path)) else { throw Self.unreadable(path) }
        guard data.count <= Self.bytesMax else {
            throw ConfigurationFault(path, nil, "the file is larger than 1 MiB (文件太大)", "is it the right file? (请检查文件)")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw ConfigurationFault(
                path,
                nil,
                "the file is not UTF-8 text (文件不是 UTF-8 编码)",
                "save it as UTF-8 (请另存为 UTF-8)"
            )
        }
        try self.init(path: path, text: text)
    }

    /// A file that need not be there yet.
    init(path: String, text: String) throws(ConfigurationFault) {
        (self.path, self.text) = (path, text)
        if let fault = TOMLFences.fault(in: text) {
            throw ConfigurationFault(path, fault.line, "\(fault.cause) (这一行写错了)", "\(fault.mend) (请改正)")
        }
        do {
            let table = try TOMLTable(string: text)
            tree = try JSONDecoder().decode(
                [String: ConfigurationTree].self,
                from: Data(table.convert(to: .json).utf8)
            )
        } catch let error as TOMLParseError {
            throw ConfigurationFault(
                path,
                error.source.begin.line,
                "\(error.description) (这一行写错了)",
                "correct this line: key = \"text\", with straight quotes (请改正：名称 = \"内容\"，引号须为英文引号)"
            )
        } catch {
            throw ConfigurationFault(path, nil, "\(error)", "correct the file")
        }
    }

    private static func unreadable(_ path: String) -> ConfigurationFault {
        // In a folder that this user may not enter nothing can be told from a file that is missing.
        guard access(path, F_OK) == 0 || errno == EACCES else {
            return ConfigurationFault(
                path,
                nil,
                "the file is missing (没有这个文件)",
                "write it, beginning with the example of the package (请从软件包的示例写起)"
            )
        }
        guard access(path, R_OK) == 0 else {
            return ConfigurationFault(
                path,
                nil,
                "the file may not be read (没有读权限)",
                "type sudo in front (请加 sudo); if lockerd itself says so: chown root:lockerd, chmod 640"
            )
        }
        return ConfigurationFault(
            path,
            nil,
            "the file cannot be read (不能读取)",
            "is it a folder, or is the card damaged? see the kernel's log (dmesg)"
        )
    }

    /// The line of a key path such as `door[2].lock.line`, found in the text: the parser does not keep positions.
    func line(of path: [PathStep]) -> Int? {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.filter { $0 != "\r" } }
        var rest = path[...]
        guard let first = rest.popFirst(), var line = Self.line(of: first.name, Self.popIndex(&rest), in: lines)
        else { return nil }
        while let step = rest.popFirst() {
            let number = Self.popIndex(&rest)
            line = Self.line(of: step.name, number, in: lines, from: line) ?? line
        }
        return line + 1
    }

    private static func popIndex(_ rest: inout ArraySlice<PathStep>) -> Int {
        guard case .index(let number)? = rest.first else { return 0 }
        rest.removeFirst()
        return number
    }

    private static func bare(_ line: String) -> String { line.filter { $0 != " " && $0 != "\t" } }

    /// The line on which the table or key of a name stands in the outermost table, or the first part of that table.
    private static func line(of name: String, _ number: Int, in lines: [String]) -> Int? {
        var seen = -1
        for (index, line) in lines.enumerated() {
            let line = bare(line)
            if line.hasPrefix("[[\(name)]]") || line.hasPrefix("[\(name)]") { seen += 1 }
            if seen == number || line.hasPrefix("\(name)=") { return index }
        }
        return lines.firstIndex { line in
            let line = bare(line)
            return ["[[\(name).", "[\(name).", "\(name)."].contains(where: line.hasPrefix)
        }
    }

    /// The line of a key at or behind the line of its table: inside an inline table, or on a line of its own. Of a
    /// list of tables, the one with this number.
    private static func line(of key: String, _ number: Int, in lines: [String], from start: Int) -> Int? {
        let table = bare(lines[start])
        if !table.hasPrefix("["), table.contains("{\(key)=") || table.contains(",\(key)=") { return start }
        let members = lines.indices[start...].filter {
            bare(lines[$0]).hasPrefix("[[") && bare(lines[$0]).contains(".\(key)]]")
        }
        if members.indices.contains(number) { return members[number] }
        for index in start..<lines.count {
            let line = bare(lines[index])
            if index > start, line.hasPrefix("["), !line.contains(".\(key)]") { return nil }
            if line.hasPrefix("\(key)=") || line.hasPrefix("\(key).")
                || line.hasPrefix("[") && line.contains(".\(key)]")
            {
                return index
            }
        }
        return nil
    }
}

/// One step of a key path.
enum PathStep: Sendable, Equatable {
    case key(String)
    case index(Int)

    var name: String { if case .key(let name) = self { name } else { "" } }
}

/// What is wrong with a configuration: the file, the line, the cause, the mend.
public struct ConfigurationFault: Error, Sendable, Equatable, CustomStringConvertible {
    public var file: String
    /// From 1; `nil` when the fault is the file as a whole.
    public var line: Int?
    public var cause: String
    public var mend: String

    /// A fault of a file as a whole, or of one of its lines.
    public init(_ file: String, _ line: Int?, _ cause: String, _ mend: String) {
        self.file = file
        self.line = line
        self.cause = cause
        self.mend = mend
    }

    public var description: String {
        let place = line.map { "\(file):\($0)" } ?? file
        return "\(place): \(cause); \(mend)"
    }
}
