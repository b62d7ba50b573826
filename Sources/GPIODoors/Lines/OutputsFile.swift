import Glibc

/// The list of outputs that `locker-outputs-off` switches off after a crash.
package enum OutputsFile {
    package struct Row: Sendable, Hashable {
        package var line: FoundLine
        package var activeLow: Bool

        package init(line: FoundLine, activeLow: Bool) {
            (self.line, self.activeLow) = (line, activeLow)
        }
    }

    /// One output a line: path, label, offset, `1` for active low; separated by tabs.
    package static func text(_ rows: [Row]) -> String {
        rows.map { "\($0.line.path)\t\(clean($0.line.label))\t\($0.line.offset)\t\($0.activeLow ? 1 : 0)\n" }.joined()
    }

    /// Replaces the file as a whole, so that a crash in between leaves the old or the new one.
    package static func write(_ rows: [Row], to path: String) throws(GPIOError) {
        let temporary = path + ".new"
        // Its mode is said here: who can write this file decides which lines are switched after a crash.
        let descriptor = open(temporary, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0o644)
        guard descriptor >= 0, fchmod(descriptor, 0o644) == 0, let file = fdopen(descriptor, "w") else {
            throw failure(temporary)
        }
        let bytes = Array(text(rows).utf8)
        let written = fwrite(bytes, 1, bytes.count, file) == bytes.count
        // Only closing tells whether everything arrived.
        guard fclose(file) == 0, written, rename(temporary, path) == 0 else { throw failure(path) }
    }

    private static func failure(_ path: String) -> GPIOError {
        GPIOError(
            .file,
            "outputs file \(path)",
            "cannot be written (\(GPIOError.text(errno)))",
            mend: "make its folder (RuntimeDirectory=lockerd) writable for lockerd and start it again"
        )
    }

    private static func clean(_ label: String) -> String {
        String(label.map { $0 == "\t" || $0 == "\n" ? " " : $0 })
    }
}
