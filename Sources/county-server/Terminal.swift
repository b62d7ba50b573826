@preconcurrency import Glibc
import SyncWire

/// What operators read: plain aligned columns, or JSON.
enum Terminal {
    /// Lines reach a pipe at once.
    static func flushEachLine() { setvbuf(stdout, nil, _IOLBF, 0) }

    /// Writes each line to stderr with the program's name.
    static func complain(_ text: String) {
        for line in text.split(separator: "\n") { fputs("county-server: \(line)\n", stderr) }
    }

    /// Prints bytes and a line feed, as they are.
    static func line(_ bytes: [UInt8]) {
        fwrite(bytes, 1, bytes.count, stdout)
        putc(0x0A, stdout)
    }

    /// Prints bytes as they are.
    static func bytes(_ bytes: [UInt8]) { fwrite(bytes, 1, bytes.count, stdout) }

    /// Prints a value as one line of JSON.
    static func json(_ value: some Encodable) throws { line(try CanonicalJSON.encode(value)) }

    /// Prints names and values in two columns.
    static func table(_ rows: [(name: String, value: String)]) {
        let width = rows.map { columns($0.name) }.max() ?? 0
        for row in rows { print("\(pad(row.name, width))  \(row.value)") }
    }

    /// Cells of a terminal that a text takes: Chinese characters take two.
    static func columns(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + ((0x2E80...0xFFE6).contains($1.value) ? 2 : 1) }
    }

    static func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - columns(text)))
    }

    /// The first `limit` bytes of a file, or of standard input for `-`; `nil` when it cannot be read.
    static func contents(of file: String, limit: Int) -> [UInt8]? {
        let handle = file == "-" ? STDIN_FILENO : open(file, O_RDONLY | O_CLOEXEC)
        guard handle >= 0 else { return nil }
        defer { if handle != STDIN_FILENO { close(handle) } }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while bytes.count < limit {
            let count = read(handle, &chunk, chunk.count)
            if count < 0 { return nil }
            if count == 0 { break }
            bytes += chunk.prefix(count)
        }
        return bytes
    }

    /// Reads a secret without showing it; from a pipe, its first line.
    static func secret(_ prompt: String) -> String? {
        guard isatty(STDIN_FILENO) == 1 else { return readLine() }
        var shown = termios()
        tcgetattr(STDIN_FILENO, &shown)
        var hidden = shown
        hidden.c_lflag &= ~tcflag_t(ECHO)
        fputs(prompt, stderr)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown)
            fputs("\n", stderr)
        }
        return readLine()
    }
}
