/// The names that code declares: types, functions, variables, cases, and what parameters are called. It reads
/// them by their shape, line by line, from code without strings and comments.
struct DeclaredNames {
    struct Name {
        var line: Int
        var text: String
        /// A function or a type, not a value.
        var isFunctionOrType = false

        /// `hasToRest` is has, to, rest; `PINCheck` is pin, check.
        var words: [String] {
            let letters = Array(text)
            var words: [String] = []
            for (index, letter) in letters.enumerated() where letter.isLetter {
                let isFirst = index == 0 || !letters[index - 1].isLetter
                let isAfterSmall = index > 0 && letters[index - 1].isLowercase
                let isBeforeSmall = index + 1 < letters.count && letters[index + 1].isLowercase
                if isFirst || letter.isUppercase && (isAfterSmall || isBeforeSmall) { words.append("") }
                words[words.count - 1] += letter.lowercased()
            }
            return words
        }
    }

    private(set) var all: [Name] = []
    /// Parentheses that are open in a list of parameters.
    private var depth = 0

    init(_ lines: [String]) {
        let type = /(?:^|\W)(?:struct|enum|class|protocol|actor|typealias|associatedtype) +([A-Z]\w*)/
        let value = /(?:^|\W)(func|let|var) +`?([A-Za-z_]\w*)/
        let tuple = /(?:^|\W)(?:let|var) +\(([^()]*)\)/
        let parameters = /(?:^|[^\w.])(?:func +[^ (<]+(?:<[^>]*>)? *|init[?!]?(?:<[^>]*>)?|subscript(?:<[^>]*>)?)\(/
        for (index, line) in lines.enumerated() {
            var rest = Substring(line)
            if depth == 0 {
                for match in line.matches(of: type) { add([match.1], index, isFunctionOrType: true) }
                for match in line.matches(of: value) {
                    add([match.2], index, isFunctionOrType: match.1 == "func")
                }
                for match in line.matches(of: tuple) { add(match.1.split { !$0.isLetter && !$0.isNumber }, index) }
                addCases(line, index)
                guard let head = line.firstMatch(of: parameters) else { continue }
                depth = 1
                rest = line[head.range.upperBound...]
            }
            addLabels(parametersPart(of: rest), index)
        }
    }

    private mutating func add(_ names: [Substring], _ index: Int, isFunctionOrType: Bool = false) {
        for name in names where name != "_" {
            all.append(Name(line: index + 1, text: String(name), isFunctionOrType: isFunctionOrType))
        }
    }

    /// `case one, two(label: Int)`, which no `case` of a switch is: that has a colon outside of its parentheses.
    private mutating func addCases(_ line: String, _ index: Int) {
        guard let match = line.firstMatch(of: /^ *(?:indirect +)?case +([a-z`].*)$/) else { return }
        var (level, outside, inside) = (0, "", "")
        for character in match.1 {
            if character == "(" { level += 1 }
            if level == 0 { outside.append(character) } else { inside.append(character) }
            if character == ")" { level -= 1 }
        }
        guard !outside.contains(":"), outside.prefix(4) != "let ", outside.prefix(4) != "var " else { return }
        add(outside.split(separator: ",").compactMap { $0.firstMatch(of: /[A-Za-z_]\w*/)?.output }, index)
        addLabels(inside, index)
    }

    /// What of a line is within the parentheses of a list of parameters.
    private mutating func parametersPart(of line: Substring) -> Substring {
        for place in line.indices {
            if line[place] == "(" { depth += 1 }
            if line[place] == ")" { depth -= 1 }
            if depth == 0 { return line[..<place] }
        }
        return line
    }

    private mutating func addLabels(_ text: some StringProtocol, _ index: Int) {
        let label = /[,(] *(?:@\w+(?:\([^()]*\))? +)*([A-Za-z_]\w*)(?: +([A-Za-z_]\w*))? *:/
        for match in "(\(text)".matches(of: label) { add([match.1, match.2].compactMap { $0 }, index) }
    }
}
