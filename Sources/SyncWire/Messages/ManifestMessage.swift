public import LockerDomain

/// A manifest as the county keeps and sends it.
public struct ManifestMessage: Sendable, Hashable, Codable {
    public var id: String
    /// The lines that can be read; whether events can carry them says `ManifestEntry.fault`.
    public var entries: [ManifestEntry]
    /// What is wrong with the lines that cannot be read: another station, or a newer county, may have written them.
    public private(set) var unread: [ManifestFault] = []

    private enum CodingKeys: String, CodingKey { case id, entries }

    public init(id: String, entries: [ManifestEntry]) {
        self.id = id
        self.entries = entries
    }

    /// Reads all lines that can be read. Throws for what is no manifest.
    public init(from decoder: any Decoder) throws {
        let box = try decoder.container(keyedBy: CodingKeys.self)
        id = try box.decode(String.self, forKey: .id)
        entries = []
        for line in try box.decode([Line].self, forKey: .entries) {
            switch line {
            case .entry(let entry): entries.append(entry)
            case .fault(let fault): unread.append(fault)
            }
        }
    }

    private enum Line: Decodable {
        case entry(ManifestEntry)
        case fault(ManifestFault)

        private enum Key: String, CodingKey { case waybill }

        init(from decoder: any Decoder) throws {
            do { self = .entry(try ManifestEntry(from: decoder)) } catch {
                // JSONDecoder alone says which field it is.
                guard !(decoder is CanonicalDecoder) else { throw NotCanonical() }
                let box = try? decoder.container(keyedBy: Key.self)
                let waybill = (try? box?.decode(Waybill.self, forKey: .waybill)) ?? "?"
                self = .fault(ManifestFault(field: Self.field(of: error), waybill: waybill, kind: .unreadable))
            }
        }

        private static func field(of error: any Error) -> String {
            switch error {
            case DecodingError.keyNotFound(let key, _): key.stringValue
            case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
                DecodingError.dataCorrupted(let context):
                context.codingPath.last.flatMap { $0.intValue == nil ? $0.stringValue : nil } ?? "the line"
            default: "the line"
            }
        }
    }
}
