import FoundationEssentials
import LockerDomain

/// One event of every type, from the golden lines of the wire tests, so that no list is kept twice.
enum GoldenEvents {
    /// What a line says, without its envelope.
    struct Line: Decodable {
        var event: Event

        private enum Key: String, CodingKey { case type, data }

        init(from decoder: any Decoder) throws {
            let box = try decoder.container(keyedBy: Key.self)
            let name = try box.decode(String.self, forKey: .type)
            guard let type = EventType(wireName: name) else {
                throw DecodingError.dataCorruptedError(forKey: .type, in: box, debugDescription: name)
            }
            event = try Event(type, from: box, forKey: .data)
        }
    }

    static func read(_ type: EventType) throws -> Event {
        let tests = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
        let path = "\(tests)/SyncWireTests/Golden/\(type.rawValue).json"
        guard let bytes = FileManager.default.contents(atPath: path) else { throw CocoaError(.fileNoSuchFile) }
        return try JSONDecoder().decode(Line.self, from: bytes).event
    }
}
