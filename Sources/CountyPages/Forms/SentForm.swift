/// What came with a form.
public struct SentForm: Sendable, Hashable {
    private(set) var fields: [(name: String, value: String)] = []
    public private(set) var files: [SentFile] = []

    init(fields: [(name: String, value: String)] = [], files: [SentFile] = []) {
        (self.fields, self.files) = (fields, files)
    }

    /// The text of a field, without blanks around it; empty where there is none. Of two fields of one name the first counts.
    public func text(_ name: String) -> String { FormText.trimmed(raw(name) ?? "") }

    /// The same; `nil` where it is empty.
    public func optional(_ name: String) -> String? {
        let text = text(name)
        return text.isEmpty ? nil : text
    }

    /// A field as it was sent; `nil` where there is none.
    public func raw(_ name: String) -> String? { fields.first { $0.name == name }?.value }

    /// Whether a checkbox is on.
    public func has(_ name: String) -> Bool { raw(name) == Field.on }

    /// All values of one name.
    public func all(_ name: String) -> [String] { fields.filter { $0.name == name }.map { FormText.trimmed($0.value) } }

    /// The file of a field; `nil` where none was chosen.
    public func file(_ name: String) -> SentFile? {
        files.first { $0.field == name && !($0.name.isEmpty && $0.bytes.isEmpty) }
    }

    public static func == (left: SentForm, right: SentForm) -> Bool {
        left.files == right.files && left.fields.elementsEqual(right.fields) { $0 == $1 }
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(files)
        for field in fields {
            hasher.combine(field.name)
            hasher.combine(field.value)
        }
    }
}

/// A file that came with a form.
public struct SentFile: Sendable, Hashable {
    /// Name of its field.
    public let field: String
    /// Its name at the reader's computer, without folders; to be shown only.
    public let name: String
    public let bytes: [UInt8]

    init(field: String, name: String, bytes: [UInt8]) { (self.field, self.name, self.bytes) = (field, name, bytes) }
}
