import Testing

@Suite("Commands that messages and documents name")
struct CommandTests {
    private static let programs = ["lockerctl", "county-server", "lockerd"].map(Program.init)
    /// Words that follow the name of a program in a sentence.
    private static let prose: Set<String> = ["of", "a", "is", "printed", "to", "does", "has", "that", "answers"]

    @Test("every command that is named exists, and so do its options", arguments: programs)
    func commands(_ program: Program) {
        var count = 0
        for (place, text) in Self.texts() {
            for mention in program.mentions(in: text) {
                if let command = mention.command {
                    // A sentence about the program: its options are another's.
                    guard program.hasCommands, !Self.prose.contains(command) else { continue }
                    #expect(program.commands.contains(command), "\(place): \(program.name) \(command)")
                    count += 1
                }
                for option in mention.options {
                    #expect(program.options.contains(option), "\(place): \(program.name) … --\(option)")
                }
            }
        }
        #expect(count > 10 || !program.hasCommands)
    }

    @Test("every option that a message of the programs names is one of theirs")
    func options() {
        let options = Self.programs.map(\.options).reduce(into: Set<String>()) { $0.formUnion($1) }
        let tools = ["lockerbench", "recorded-day", "Simulator"]
        for file in Tree.files(under: "Sources", ending: ".swift")
        where !tools.contains(where: { file.hasPrefix("Sources/\($0)/") }) {
            for (index, line) in Tree.lines(file).enumerated() where !Self.isComment(line) {
                for match in line.matches(of: /(?:^|[^\-\w])--([a-z][a-z\-]*)/) {
                    #expect(options.contains(String(match.1)), "\(file):\(index + 1) --\(match.1)")
                }
            }
        }
    }

    @Test("every unit and group that a message names is among those that are installed")
    func unitsAndGroups() {
        let groups = Tree.text("systemd/lockerd.sysusers")
        var count = 0
        for file in Tree.files(under: "Sources", ending: ".swift") {
            for (index, line) in Tree.lines(file).enumerated() where !Self.isComment(line) {
                for match in line.matches(of: /(?:journalctl -u|systemctl (?:start|stop|restart)) ([a-z\-]+)/) {
                    #expect(Tree.files.contains("systemd/\(match.1).service"), "\(file):\(index + 1) \(match.1)")
                    count += 1
                }
                for match in line.matches(of: /\blockerd-(?:view|keeper|tech)\b/) {
                    #expect(groups.contains(String(match.0)), "\(file):\(index + 1) \(match.0)")
                    count += 1
                }
            }
        }
        #expect(count > 3)
    }

    private static func isComment(_ line: Substring) -> Bool { line.drop { $0 == " " }.hasPrefix("//") }

    /// What people read: messages in the sources, and the commands in documents.
    private static func texts() -> [(place: String, text: Substring)] {
        var texts: [(String, Substring)] = []
        for file in Tree.files where !file.hasPrefix("Tests/") {
            let isSource = file.hasPrefix("Sources/") && file.hasSuffix(".swift")
            guard isSource || [".md", ".yaml", ".service", ".toml"].contains(where: file.hasSuffix) else { continue }
            for (index, line) in Tree.lines(file).enumerated() {
                let place = "\(file):\(index + 1)"
                if isSource, !isComment(line) || line.drop(while: { $0 == " " }).hasPrefix("$ ") {
                    texts.append((place, line))
                } else {
                    texts += line.matches(of: /`([^`]+)`/).map { (place, $0.1) }
                }
            }
        }
        return texts
    }
}

/// A program's commands and options, as its source declares them to the argument parser.
struct Program: Sendable, CustomTestStringConvertible {
    let name: String
    private(set) var commands: Set<String> = []
    private(set) var options: Set<String> = ["help", "version"]

    var testDescription: String { name }
    var hasCommands: Bool { commands.count > 1 }

    init(_ name: String) {
        self.name = name
        for file in Tree.files(under: "Sources/\(name)", ending: ".swift") {
            let text = Tree.text(file)
            let command =
                /struct (\w+): (?:Async)?ParsableCommand \x7B\s*static let configuration = CommandConfiguration\(\s*(?:commandName: "([^"]+)")?/
            for match in text.matches(of: command) {
                commands.insert(match.2.map(String.init) ?? match.1.lowercased())
            }
            for match in text.matches(of: /@(?:Option|Flag)\b(\([\s\S]*?\))?\s+var (\w+)/) {
                let named = match.1?.firstMatch(of: /customLong\("([^"]+)"\)/).map { String($0.1) }
                options.insert(named ?? Self.option(String(match.2)))
            }
        }
    }

    /// Its name in a text, with the command and the options behind it.
    func mentions(in text: Substring) -> [(command: String?, options: [String])] {
        text.ranges(of: name).compactMap { range in
            if let before = text[..<range.lowerBound].last, before.isLetter || "/.-_".contains(before) { return nil }
            let words = text[range.upperBound...].prefix { !"`\";,|".contains($0) }
                .split(separator: " ", omittingEmptySubsequences: false).dropFirst()
            guard text[range.upperBound...].first == " " else { return nil }
            guard let first = words.first, first.first?.isLowercase == true || first.contains("--") else { return nil }
            let command = words.first.flatMap { $0.wholeMatch(of: /([a-z][a-z\-]*).?/).map { String($0.1) } }
            let options = words.compactMap { $0.firstMatch(of: /^\[?--([a-z][a-z\-]*)/).map { String($0.1) } }
            return (command, options)
        }
    }

    /// `expiresDays` is `--expires-days`.
    private static func option(_ variable: String) -> String {
        variable.reduce(into: "") { $0 += $1.isUppercase ? "-\($1.lowercased())" : "\($1)" }
    }
}
