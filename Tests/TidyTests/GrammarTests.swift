import Testing

/// Each work, question and opening is a file that can be read, and changed, without another one (HOUSE 2). What several
/// of them need lies in the shared folders.
@Suite("Grammar of the rules")
struct GrammarTests {
    private let grammar: Set<String> = ["Works", "Questions", "Openings"]
    /// They list the others, and declare what all of a kind share: its protocol, `WorkScan`, `Outcome`, `Step`.
    private let lists: Set<String> = [
        "Works/WorkFlow.swift", "Questions/Question.swift", "Questions/Questions.swift", "Openings/OpeningFlow.swift",
    ]
    private let shared: Set<String> = ["Cards", "Counter", "Custody", "Doors", "Placing", "Reading"]
    private let methodsMax = 12
    private let linesMax = 400
    private let medianMax = 160

    private func files(in folders: Set<String>) -> [RuleFile] {
        RuleFile.all.filter { folders.contains($0.folder) && !lists.contains($0.name) }
    }

    private func types(in folder: String) -> Set<String> {
        RuleFile.all.filter { $0.folder == folder }.reduce(into: []) { $0.formUnion($1.declared) }
    }

    @Test("no work, question or opening names another, so none of them is in a cycle")
    func apart() {
        // One exception, and no list of names: a question may be asked or dropped, `turn.questions[X.self] = X(…)` or
        // `= nil`. It is data in the turn's list; what answers it stays in its own file.
        let files = files(in: grammar)
        for file in files {
            let others = files.filter { $0.name != file.name }.reduce(into: Set<String>()) { $0.formUnion($1.declared) }
            #expect(file.named.isDisjoint(with: others), "\(file.name): \(file.named.intersection(others).sorted())")
        }
        #expect(files.count > 30)
        #expect(files.allSatisfy { !$0.declared.isEmpty })
        #expect(lists.isSubset(of: RuleFile.all.map(\.name)))
    }

    @Test("of the station they name the turn, the session and the queue of a work, and none of its cards")
    func ownWords() {
        let known: Set<String> = ["Turn", "Sessions", "WorkQueue"]
        let station = types(in: "Station").subtracting(known)
        let banned = station.union(types(in: "Cards"))
        for file in files(in: grammar) {
            let held = file.named.intersection(banned).sorted()
            #expect(held.isEmpty, "\(file.name): \(held)")
        }
        #expect(known.isSubset(of: types(in: "Station")))
        #expect(station.count > 5)
    }

    @Test("shared code reaches works and openings by `flow` alone")
    func reached() {
        let types = files(in: ["Works", "Openings"]).reduce(into: Set<String>()) { $0.formUnion($1.declared) }
        let files = RuleFile.all.filter { shared.contains($0.folder) }
        for file in files {
            let held = file.named.intersection(types).sorted()
            #expect(held.isEmpty, "\(file.name): \(held)")
        }
        #expect(types.count > 25)
        #expect(Set(files.map(\.folder)) == shared)
    }

    @Test("placing asks the turn alone, and only the reading of a scan hands it to the cards")
    func layers() {
        let placing = types(in: "Placing")
        let cards = types(in: "Cards")
        let ours = RuleFile.all.reduce(into: Set<String>()) { $0.formUnion($1.declared) }
        for file in RuleFile.all where file.folder == "Placing" {
            let held = file.named.intersection(ours).subtracting(placing).subtracting(["Turn"])
            #expect(held.isEmpty, "\(file.name): \(held.sorted())")
        }
        let callers = RuleFile.all.filter { $0.folder != "Cards" && !$0.named.isDisjoint(with: cards) }
        #expect(callers.map(\.name) == ["Reading/Reading.swift"])
        #expect(!placing.isEmpty)
    }

    @Test("the station and its turn have methods in their own folder alone")
    func extensions() {
        let pattern = /^(?:\w+\s+)*extension (?:Turn|Station)(?:\W|$)/
        var count = 0
        for file in RuleFile.all {
            for (index, line) in file.lines.enumerated() where line.firstMatch(of: pattern) != nil {
                count += 1
                #expect(file.folder == "Station", "\(file.name):\(index + 1)")
            }
        }
        #expect(count > 0)
    }

    @Test("a turn has at most twelve methods")
    func methods() {
        let head = /^(?:\w+\s+)*(?:struct|extension) Turn(?:\W|$)/
        let function = /(?:^|\W)func\s/
        var found: [String] = []
        for file in RuleFile.all {
            var isTurn = false
            for line in file.lines {
                if line.hasPrefix("}") { isTurn = false }
                if line.firstMatch(of: head) != nil { isTurn = true }
                if isTurn, line.firstMatch(of: function) != nil { found.append(line) }
            }
        }
        #expect(found.count <= methodsMax, "\(found)")
        #expect(found.count > 5)
    }

    @Test("half of the files have at most 160 lines, and none more than 400")
    func lengths() {
        let lengths = RuleFile.all.map(\.lines.count).sorted()
        #expect(lengths.count > 80)
        #expect(lengths[lengths.count / 2] <= medianMax)
        #expect(lengths.last ?? 0 <= linesMax)
    }

    @Test("the reader of names: its own vectors")
    func vectors() {
        let line = "guard case .label(let one) = scan, let x = Recent.Taking(one) else { return Intake.x }"
        #expect(RuleFile.types(in: line) == ["Recent", "Intake"])
        #expect(RuleFile.types(in: "turn.questions[Survey.self] = Survey(scores: Scores())") == ["Scores"])
        #expect(RuleFile.types(in: "turn.questions[Survey.self] = nil") == [])
        #expect(RuleFile.types(in: "let open = turn.questions[Survey.self]?.scores") == ["Survey"])
    }
}
