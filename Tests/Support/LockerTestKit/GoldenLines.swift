import FoundationEssentials
import LockerDomain
public import StationBooks

/// One event of every type with every optional field: the golden lines of the wire, so that no list is kept twice.
public enum GoldenLines {
    /// The folder of the golden lines, one file a type.
    public static let folder = "\(TestFiles.folder)/SyncWireTests/Golden"

    /// The line of a type, byte for byte; `nil` if there is none.
    public static func bytes(_ type: EventType) -> [UInt8]? {
        TestFiles.bytes("SyncWireTests/Golden/\(type.rawValue).json")
    }

    /// The event in the line of a type. Throws if there is no line or it cannot be read.
    public static func event(_ type: EventType) throws -> Event {
        guard let bytes = bytes(type) else { throw CocoaError(.fileNoSuchFile) }
        return try event(in: bytes)
    }

    /// The event in a line with its type and data; other fields are not read. Throws if it cannot be read.
    public static func event(in line: [UInt8]) throws -> Event {
        try JSONDecoder().decode(Line.self, from: Data(line)).event
    }

    /// A line without its envelope.
    private struct Line: Decodable {
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
}
