import ControlAPI

/// The console while it shows the page; a pipe gets one page under the other.
struct ScreenTerminal: Sendable {
    private let isTerminal = Console.isTerminal

    /// Takes the whole screen and hides the cursor.
    func enter() throws {
        if isTerminal { try Console.write(Array("\u{1B}[?1049h\u{1B}[?25l\u{1B}[2J".utf8)) }
    }

    /// Gives the screen back as it was.
    func leave() {
        // Nobody is left to be told when even this cannot be written.
        if isTerminal { try? Console.write(Array("\u{1B}[2J\u{1B}[H\u{1B}[?25h\u{1B}[?1049l".utf8)) }
    }

    /// Draws over what stands there, so that nothing flickers.
    func draw(_ page: ScreenPage) throws {
        guard isTerminal else { return try Console.write(lines: page.lines + [""]) }
        let text = page.lines.map { "\($0)\u{1B}[K\r\n" }.joined()
        try Console.write(Array("\u{1B}[H\(text)\u{1B}[J".utf8))
    }
}
