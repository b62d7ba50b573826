import FoundationEssentials
import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("Snapshots of the state")
struct SnapshotTests {
    private static let path =
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(2).joined(separator: "/")
        + "/Snapshots/format-5.json"

    private func copy(of state: StationState) throws -> StationState {
        try JSONDecoder().decode(StationState.self, from: try JSONEncoder().encode(state))
    }

    @Test("a state with everything in it comes back the same, and looks the same for its indexes")
    func rich() throws {
        let state = RichState.state
        let copy = try copy(of: state)
        #expect(copy == state)
        #expect(copy.parcels.inside(of: "k1").map(\.waybill) == state.parcels.inside(of: "k1").map(\.waybill))
        #expect(copy.parcels.expected(inBag: "B7").count == 1)
        #expect(copy.retrievals == state.retrievals)
    }

    @Test("nothing in the rich state is as in an empty one")
    func isRich() throws {
        let rich = try fields(RichState.state)
        let empty = try fields(StationState())
        // Optional fields are absent while they are empty.
        #expect(rich.count > empty.count)
        for (name, value) in empty { #expect(rich[name] != value, "\(name)") }
    }

    private func fields(_ state: StationState) throws -> [String: Data] {
        Dictionary(
            uniqueKeysWithValues: try Mirror(reflecting: state).children.compactMap { child in
                guard let label = child.label, let value = child.value as? any Encodable else { return nil }
                let encoder = JSONEncoder()
                encoder.outputFormatting = .sortedKeys
                let data = try encoder.encode(["value": AnyValue(value: value)])
                return data == Data(#"{"value":null}"#.utf8) ? nil : (label, data)
            }
        )
    }

    private struct AnyValue: Encodable {
        var value: any Encodable
        func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
    }

    /// `LOCKER_WRITE_SNAPSHOT=1` writes the file anew: for a new format, never to hide that this one was broken.
    @Test("the stored snapshot of this format is still read")
    func stored() throws {
        if ProcessInfo.processInfo.environment["LOCKER_WRITE_SNAPSHOT"] == "1" {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
            try (try encoder.encode(RichState.state) + Data("\n".utf8)).write(to: URL(filePath: Self.path))
        }
        #expect(StationState.format == 5, "a new format needs a new file beside the old ones")
        let bytes = try #require(FileManager.default.contents(atPath: Self.path))
        #expect(try JSONDecoder().decode(StationState.self, from: bytes) == RichState.state)
    }

    @Test("what each event leaves in the state comes back", arguments: EventType.allCases)
    func events(type: EventType) throws {
        var cabinet = Cabinet()
        cabinet.bring(ManifestEntry("SF7444404156506", of: "k1", phone: "13812345678"))
        cabinet.dropOff("YT8962646785389")
        cabinet.begin(.keeper)
        var state = cabinet.state
        state.apply(try GoldenLines.event(type), at: cabinet.now)
        #expect(try copy(of: state) == state)
    }
}
