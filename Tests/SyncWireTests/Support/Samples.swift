import FoundationEssentials
import LockerDomain
import StationBooks
import SyncWire

/// One event of every type with every optional field, as its `data` reads: the source of the golden lines.
enum Samples {
    private static let data: [EventType: String] = [stations, people, parcels, shipments, pickups, doors]
        .reduce(into: [:]) { $0.merge($1) { first, _ in first } }

    private struct Reader: Decodable {
        var event: Event

        private enum Key: String, CodingKey { case type, data }

        init(from decoder: any Decoder) throws {
            let box = try decoder.container(keyedBy: Key.self)
            event = try Event(try box.decode(EventType.self, forKey: .type), from: box, forKey: .data)
        }
    }

    static func event(_ type: EventType) throws -> Event {
        let text = #"{"type":"\#(type.rawValue)","data":\#(data[type] ?? "{}")}"#
        return try JSONDecoder().decode(Reader.self, from: Data(text.utf8)).event
    }

    static func sequence(of type: EventType) -> Int { (EventType.allCases.firstIndex(of: type) ?? 0) + 1 }

    static func line(_ type: EventType) throws -> EventLine {
        EventLine(
            station: "yc-beiliu-0231",
            incarnation: "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
            sequence: sequence(of: type),
            time: Moment(wall: 1_778_545_867_250, uptime: 86_400_250, clock: .ntp),
            bootID: "6b3f1c2a-0d4e-4f5a-8b6c-7d8e9f0a1b2c",
            event: try event(type)
        )
    }
}
