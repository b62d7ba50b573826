import Testing

@Suite("Shape of the sources")
struct ShapeTests {
    private let linesMax = 400
    private let functionLinesMax = 70
    /// Tables: one line for each type of event or answer, and nothing else.
    private let tables: Set<String> = [
        "Sources/LockerDomain/Answers/Answer.swift", "Sources/StationBooks/Events/Event.swift",
        "Sources/StationBooks/Events/EventType.swift",
    ]

    @Test("no source or test file is longer than 400 lines")
    func fileLength() {
        for folder in ["Sources", "Tests"] {
            for ending in [".swift", ".c", ".h", ".py"] {
                for file in Tree.files(under: folder, ending: ending) {
                    #expect(Tree.lines(file).count <= linesMax, "\(file)")
                }
            }
        }
    }

    @Test("no function is longer than 70 lines")
    func functionLength() {
        for folder in ["Sources", "Tests"] {
            for file in Tree.files(under: folder, ending: ".swift") where !tables.contains(file) {
                for (line, length) in Code(file).functions {
                    #expect(length <= functionLinesMax, "\(file):\(line) has \(length)")
                }
            }
        }
        for file in Tree.files(under: "Sources", ending: ".c") {
            for (line, length) in Code(file).functionsInC {
                #expect(length <= functionLinesMax, "\(file):\(line) has \(length)")
            }
        }
    }

    @Test("every source file belongs to a target of Package.swift, and every target has files")
    func belongs() {
        let folders = Manifest.sources.map(Manifest.folder) + Manifest.tests.map { "Tests/\($0)" }
        for file in Tree.files where file.hasPrefix("Sources/") || file.hasPrefix("Tests/") {
            guard file.hasSuffix(".swift") || file.hasSuffix(".c") else { continue }
            #expect(folders.contains { file.hasPrefix("\($0)/") }, "\(file)")
        }
        for folder in folders { #expect(Tree.files.contains { $0.hasPrefix("\(folder)/") }, "\(folder) is empty") }
        #expect(Manifest.targets.count > 20)
    }

    @Test("no file holds a path of one developer's machine")
    func machinePaths() {
        // Written in two parts so that this file does not hold them.
        let paths = ["wo" + "rk/", "ro" + "ot/", "opt/" + "swift"].map { "/" + $0 }
        for file in Tree.files {
            let text = Tree.text(file)
            let held = paths.filter(text.contains)
            #expect(held.isEmpty, "\(file)")
        }
    }

    @Test("the counters count: their own vectors")
    func counters() {
        let own = Code("Tests/TidyTests/Support/Code.swift")
        #expect(own.lines.count == Tree.lines("Tests/TidyTests/Support/Code.swift").count)
        #expect(own.functions.count == 4)
        #expect(own.functions.allSatisfy { $0.length >= 5 && $0.length < 40 })
        #expect(Code("Sources/CZlib/czlib.c").functionsInC.count == 3)
    }
}
