import FoundationEssentials

/// The file with the timed scans of a simulated day.
enum ScriptFile {
    struct Fault: Error, CustomStringConvertible {
        var description: String
    }

    static func text(at path: String) throws -> String {
        guard let data = try? Data(contentsOf: URL(filePath: path)), let text = String(validating: data, as: UTF8.self)
        else {
            throw Fault(description: "\(path): the script cannot be read as UTF-8 text; correct [simulation] script")
        }
        return text
    }
}
