import Glibc

/// Writes the pages of a sheet into a folder: `cards-1.svg`, `cards-2.svg`, …
struct SheetFiles {
    var folder: String
    /// Whether pages that are there already give way.
    var isForced: Bool
    /// What `--out` names, for hints.
    var out = "folder"

    func path(_ number: Int) -> String { "\(folder)\(folder.hasSuffix("/") ? "" : "/")cards-\(number).svg" }

    /// Writes all pages. What an earlier, longer sheet left behind is removed: its pages would be printed with these.
    func write(_ pages: [String]) throws {
        try makeFolder()
        // All are looked at before the first is written: half a sheet helps nobody.
        if !isForced, let taken = (1...pages.count).map(path).first(where: { access($0, F_OK) == 0 }) {
            throw exists(taken)
        }
        for (index, page) in pages.enumerated() { try write(Array(page.utf8), to: path(index + 1)) }
        guard isForced else { return }
        var number = pages.count + 1
        while unlink(path(number)) == 0 { number += 1 }
    }

    private func makeFolder() throws {
        guard mkdir(folder, 0o755) != 0 else { return }
        switch errno {
        case EEXIST:
            var facts = stat()
            guard stat(folder, &facts) == 0, facts.st_mode & S_IFMT == S_IFDIR else {
                throw CommandFailure.refused("\(folder) is no folder: name another one with --out")
            }
        case ENOENT:
            throw CommandFailure.refused("\(folder) cannot be made: there is no folder above it; make that first")
        case let error:
            throw failure(folder, error)
        }
    }

    /// Writes one file, whole or not at all.
    func write(_ bytes: [UInt8], to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | (isForced ? O_TRUNC : O_EXCL), 0o644)
        guard descriptor >= 0 else { throw errno == EEXIST ? exists(path) : failure(path, errno) }
        var rest = bytes[...]
        var fault: Int32 = 0
        while !rest.isEmpty, fault == 0 {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 { rest = rest.dropFirst(count) } else if errno != EINTR { fault = errno }
        }
        if close(descriptor) != 0, fault == 0 { fault = errno }
        guard fault == 0 else {
            // A page cut short looks like a page.
            unlink(path)
            throw failure(path, fault)
        }
    }

    private func exists(_ path: String) -> CommandFailure {
        .refused("\(path) exists already: name another \(out) with --out, or overwrite it with --force")
    }

    private func failure(_ path: String, _ error: Int32) -> CommandFailure {
        switch error {
        case ENOENT: .refused("\(path) cannot be written: there is no such folder; make it, or name another with --out")
        case EACCES, EPERM, EROFS:
            .refused("\(path) cannot be written: no permission; name a \(out) of your own with --out")
        case ENOSPC, EDQUOT:
            .refused("\(path) cannot be written: the disk is full; make room, or name another \(out) with --out")
        default:
            .refused("\(path) cannot be written (error \(error)): name another \(out) with --out")
        }
    }
}
