import Testing

@Suite("Dangerous words")
struct DangerTests {
    private let sources = Tree.files(under: "Sources", ending: ".swift")

    @Test("what switches a check off says why, beside it or above it")
    func explained() {
        let words = ["@unchecked Sendable", "nonisolated(unsafe)", "try!", "as!", "fatalError(", "unsafeBitCast("]
        for file in sources {
            let code = Code(file).lines
            let lines = Tree.lines(file)
            for (index, line) in code.enumerated() {
                for word in words where line.contains(word) {
                    let above = index > 0 ? lines[index - 1].drop { $0 == " " } : ""
                    #expect(lines[index].contains("//") || above.hasPrefix("//"), "\(file):\(index + 1) \(word)")
                }
            }
        }
    }

    @Test("nothing is unwrapped by force")
    func forceUnwrap() {
        let pattern = /[A-Za-z0-9_)\]]!(?:[.)\],;:\[ ]|$)/
        for file in sources {
            for (index, line) in Code(file).lines.enumerated() {
                #expect(line.firstMatch(of: pattern) == nil, "\(file):\(index + 1)\(line)")
            }
        }
    }

    @Test("nothing is left to be done without an issue")
    func leftovers() {
        let words = ["TO" + "DO", "FIX" + "ME", "XX" + "X"]
        for file in Tree.files where file.hasPrefix("Sources/") || file.hasPrefix("Tests/") {
            for (index, line) in Tree.lines(file).enumerated() {
                for word in words { #expect(!line.contains(word), "\(file):\(index + 1)") }
            }
        }
    }

    @Test("outside the domain nobody writes the books: state changes by events alone")
    func booksAreRead() {
        // Writable within the package for tests that set a scene.
        let pattern = /\b(?:state|station\.storage)(?:\.\w+(?:\[[^\]]*\])?)* (?:[+-]?=|&=)\s/
        let declared = /\b(?:let|var|case|guard|if|while)\b/
        var count = 0
        for file in sources where !file.hasPrefix("Sources/StationBooks/") && !file.hasPrefix("Sources/StationRules/") {
            for (index, line) in Code(file).lines.enumerated() where line.contains("station.state") {
                count += 1
                guard let match = line.firstMatch(of: pattern) else { continue }
                #expect(line[..<match.range.lowerBound].firstMatch(of: declared) != nil, "\(file):\(index + 1)\(line)")
            }
        }
        #expect(count > 10)
    }

    @Test("no flow writes the books: the turn takes events, and lines of a recovery")
    func booksOfATurn() {
        let assigned = /\bturn\.books(?:\.\w+(?:\[[^\]]*\])?)* (?:[+-]?=|&=)\s/
        let called = /\bturn\.books(?:\.\w+)*\.(?:apply|recover|change|settle|pass)\(/
        let files = sources.filter { $0.hasPrefix("Sources/StationRules/") && !$0.hasSuffix("/Station/Turn.swift") }
        for file in files {
            for (index, line) in Code(file).lines.enumerated() where line.contains("turn.books") {
                let isWritten = line.firstMatch(of: assigned) != nil || line.firstMatch(of: called) != nil
                #expect(!isWritten || file.hasSuffix("/Station/Station.swift"), "\(file):\(index + 1)\(line)")
            }
        }
        #expect(files.count > 80)
    }

    @Test("no read of the county's file is awaited: it would hold a connection while it waits for a thread")
    func awaitedReads() {
        let files = sources.filter { $0.hasPrefix("Sources/County") || $0.hasPrefix("Sources/county-server") }
        for file in files {
            let code = Code(file).lines
            guard code.contains(where: { $0.contains("import GRDB") }) else { continue }
            for (index, line) in code.enumerated() {
                let isRead = line.contains(".read {") || line.contains(".read({") || line.contains(".read(")
                #expect(!(isRead && line.contains("await ")), "\(file):\(index + 1)\(line)")
            }
        }
        #expect(files.count > 100)
    }

    @Test("only a signature makes an answer genuine: what ships reads no other")
    func genuine() {
        let places = sources.filter { Code($0).lines.contains { $0.contains("genuine") && !$0.contains("isGenuine") } }
        #expect(places == ["Sources/StationCore/Uplink/Verdict.swift"])
    }

    @Test("no test sleeps")
    func sleeps() {
        let pattern = /\b(Task\.sleep|usleep|Thread\.sleep|nanosleep)\b/
        let pure = [
            "LockerDomainTests", "StationBooksTests", "StationRulesTests", "SyncWireTests", "StationCoreTests",
            "StationEngineTests", "TidyTests",
            "JournalContractTests",
        ]
        // One place waits, bounded, for tasks that no virtual clock drives; this file names what it forbids.
        let excused = ["/DangerTests.swift", "/StationEngineTests/Kit/Eventually.swift"]
        for file in pure.flatMap({ Tree.files(under: "Tests/\($0)", ending: ".swift") }) {
            for (index, line) in Code(file).lines.enumerated() where !excused.contains(where: { file.hasSuffix($0) }) {
                #expect(line.firstMatch(of: pattern) == nil, "\(file):\(index + 1)")
            }
        }
    }
}
