/// A source file without what is not code: strings are emptied, comments are cut.
struct Code {
    /// As many lines as the file has.
    private(set) var lines: [String] = []

    init(_ path: String) {
        var isLongText = false
        var isLongComment = false
        for line in Tree.lines(path) { lines.append(Self.code(of: line, &isLongText, &isLongComment)) }
    }

    private static func code(of line: Substring, _ isLongText: inout Bool, _ isLongComment: inout Bool) -> String {
        var code = ""
        var isText = false
        var rest = line
        while let character = rest.first {
            if isLongComment {
                isLongComment = !rest.hasPrefix("*/")
                rest = rest.dropFirst(isLongComment ? 1 : 2)
            } else if rest.hasPrefix("\"\"\"") {
                isLongText.toggle()
                rest = rest.dropFirst(3)
            } else if isLongText {
                rest = rest.dropFirst()
            } else if isText {
                if character == "\"" { isText = false }
                rest = rest.dropFirst(character == "\\" ? 2 : 1)
            } else if rest.hasPrefix("//") {
                break
            } else if rest.hasPrefix("/*") {
                isLongComment = true
            } else {
                if character == "\"" { isText = true } else { code.append(character) }
                rest = rest.dropFirst()
            }
        }
        return code
    }

    /// Name line and length of every function, by counting braces.
    var functions: [(line: Int, length: Int)] {
        let head =
            /^\s*(@\w+(\([^)]*\))?\s+|[a-z]+(\(set\))?\s+)*(func\s|init[?(<]|deinit\b|subscript[(<]|var \w+:[^=\x7B]*\x7B)/
        var open: [Int?] = []
        var pending: Int?
        var found: [(line: Int, length: Int)] = []
        for (index, line) in lines.enumerated() {
            if line.firstMatch(of: head) != nil { pending = index }
            for character in line {
                switch character {
                case "{":
                    open.append(pending)
                    pending = nil
                case "}":
                    // The last requirement of a protocol has no body.
                    pending = nil
                    if case .some(.some(let start)) = open.popLast() { found.append((start + 1, index - start + 1)) }
                default: break
                }
            }
        }
        return found
    }

    /// The same for C: every block at the outermost level that follows a parenthesis.
    var functionsInC: [(line: Int, length: Int)] {
        var depth = 0
        var start = 0
        var hasParenthesis = false
        var found: [(line: Int, length: Int)] = []
        for (index, line) in lines.enumerated() where !line.hasPrefix("#") {
            for character in line {
                switch character {
                case ";" where depth == 0: hasParenthesis = false
                case "(" where depth == 0:
                    if !hasParenthesis { start = index }
                    hasParenthesis = true
                case "{": depth += 1
                case "}":
                    depth -= 1
                    guard depth == 0 else { continue }
                    if hasParenthesis { found.append((start + 1, index - start + 1)) }
                    hasParenthesis = false
                default: break
                }
            }
        }
        return found
    }
}
