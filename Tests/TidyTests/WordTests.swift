import Testing

/// Words that this house alone uses (HOUSE 4): they stay out of declared names, as whole words of camel case.
@Suite("House words")
struct WordTests {
    /// As names are split, and what to write.
    private static let words = [
        "beat": "ping", "ring": "notify", "believe": "trust", "is trusted": "trust", "adrift": "undated",
        "dated in the dark": "undated", "redate": "undated", "lingering": "reopenable",
        "take hopeless": "removeUndrivable", "quieten": "retrySwitchOff", "mood": "fault mode", "judge": "check",
        "wind up": "drain", "rest": "maintenance",
    ]
    private static let firsts = Set(words.keys.map { String($0.prefix { $0 != " " }) })
    // Not held yet, since each is a change of its own: `mend` (about 30 declarations and 370 uses: the label of each
    // fault), `take` (100 declarations of eleven meanings), `proven` (11, among them the event `session.proven`, and
    // keys of the snapshot and the status), `Post` (22, and `post` is HTTP's own word).

    /// An answer's name, known beyond the station; here `rest` is what is left over.
    private static let excused = ["scanRest"]

    /// Words of the list that a name holds. A value that is called `rest` is what is left over: plain English.
    private func held(by name: DeclaredNames.Name) -> [String] {
        let parts = name.words
        guard parts.contains(where: { Self.firsts.contains($0) }), !Self.excused.contains(name.text) else { return [] }
        let text = " \(parts.joined(separator: " ")) "
        return Self.words.keys.filter { word in
            guard text.contains(" \(word) ") else { return false }
            return word != "rest" || name.isFunctionOrType || name.text != "rest"
        }
    }

    @Test("no declared name holds one")
    func declared() {
        var count = 0
        for file in Tree.files(under: "Sources", ending: ".swift") {
            for name in DeclaredNames(Code(file).lines).all {
                count += 1
                for word in held(by: name) {
                    Issue.record("\(file):\(name.line) \(name.text): \(word) is \(Self.words[word] ?? "")")
                }
            }
        }
        #expect(count > 10_000)
    }

    @Test("the reader of names: its own vectors")
    func vectors() {
        let code = [
            "package mutating func judge(_ step: Step, ring keyring: Keyring) -> Int {",
            "    let (one, two) = pair; var three = 3",
            "    init(",
            "        mood: Mood = .good,",
            "        _ rest: (Int) -> Void",
            "    ) {",
            "    case adrift, some(mend: String)",
            "    case .stuck(let beat): break",
            "    case let other: break",
            "final class Bell<Value> { typealias Call = Int }",
        ]
        let names = DeclaredNames(code).all
        #expect(
            names.map { "\($0.line) \($0.text)" } == [
                "1 judge", "1 step", "1 ring", "1 keyring", "2 three", "2 one", "2 two", "4 mood", "5 rest", "7 adrift",
                "7 some", "7 mend", "8 beat", "9 other", "10 Bell", "10 Call",
            ]
        )
        #expect(names.filter { !held(by: $0).isEmpty }.map(\.text) == ["judge", "ring", "mood", "adrift", "beat"])
        #expect(DeclaredNames.Name(line: 1, text: "hasToRest2").words == ["has", "to", "rest"])
        #expect(DeclaredNames.Name(line: 1, text: "PINCheckOfURL").words == ["pin", "check", "of", "url"])
        let function = DeclaredNames.Name(line: 1, text: "rest", isFunctionOrType: true)
        let compound = DeclaredNames.Name(line: 1, text: "restMilliseconds")
        #expect(held(by: function) == ["rest"] && held(by: compound) == ["rest"])
    }
}
