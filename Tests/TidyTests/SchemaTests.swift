import Testing

@Suite("Schemas and golden lines")
struct SchemaTests {
    /// Short names of all types of events, as the domain lists them.
    private let types: Set<String> = {
        let lines = Code("Sources/StationBooks/Events/EventType.swift").lines
        let texts = Tree.lines("Sources/StationBooks/Events/EventType.swift")
        let found = zip(lines, texts).compactMap { $0.firstMatch(of: /^    case \w+ = $/) == nil ? nil : $1 }
        return Set(found.compactMap { $0.firstMatch(of: /"([a-zA-Z.]+)"/).map { String($0.1) } })
    }()

    private func names(in folder: String) -> Set<String> {
        Set(Tree.files(under: folder, ending: "").compactMap { $0.split(separator: "/").last.map(String.init) })
    }

    @Test("each type of event has a schema and a golden line, and none is left over")
    func pairs() {
        #expect(types.count >= 67)
        let files = Set(types.map { "\($0).json" })
        #expect(names(in: "Sources/SyncWire/Schemas") == files.union(["envelope.json"]))
        #expect(names(in: "Tests/SyncWireTests/Golden") == files)
    }

    @Test("each schema names itself, its type and the envelope, and lets no unknown field in")
    func shape() {
        for type in types {
            let text = Tree.text("Sources/SyncWire/Schemas/\(type).json")
            for part in [
                "\"https://villagelocker.dev/schemas/\(type).json\"", "\"dev.villagelocker.\(type).v1\"",
                "\"envelope.json\"",
                "\"additionalProperties\": false", "\"unevaluatedProperties\": false", "draft/2020-12/schema",
            ] {
                #expect(text.contains(part), "\(type): \(part)")
            }
        }
    }
}
