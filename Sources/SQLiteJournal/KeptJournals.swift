import FoundationEssentials
import Glibc
import LockerDomain
import StationPorts

/// Journals that were moved aside beside the present one, each under a number that only rises.
struct KeptJournals {
    /// Why they were moved.
    enum Cause: String {
        case damaged
        case restored = "before-restore"
    }

    /// All that makes one journal: the file first.
    static let suffixes = ["", "-wal", "-shm", ".mark", SQLiteJournal.restoredSuffix]

    private let journal: String
    private let cause: Cause

    init(of journal: String, _ cause: Cause) { (self.journal, self.cause) = (journal, cause) }

    func path(_ number: Int) -> String { "\(journal).\(cause.rawValue)-\(number)" }

    /// Whether one of that number has this part.
    func holds(_ number: Int, _ suffix: String) -> Bool { access(path(number) + suffix, F_OK) == 0 }

    /// The numbers of those that are there, or a part of them.
    var numbers: [Int] {
        let slash = journal.lastIndex(of: "/")
        let folder = slash.map { String(journal[..<$0]) } ?? "."
        let prefix = (slash.map { String(journal[journal.index(after: $0)...]) } ?? journal) + ".\(cause.rawValue)-"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let numbers = names.filter { $0.hasPrefix(prefix) }.compactMap { name -> Int? in
            let rest = name.dropFirst(prefix.count)
            let digits = rest.prefix { ("0"..."9").contains($0) }
            return Self.suffixes.contains(String(rest[digits.endIndex...])) ? Int(digits) : nil
        }
        return Set(numbers).sorted()
    }

    /// Removes those between the first one and the newest, but none that holds events which the county never had.
    /// - Returns: the paths of those that went.
    func prune() -> [String] {
        let middle = numbers.dropFirst().dropLast(Limits.keptAsideNewestMax)
        return middle.map(path).filter { path in
            DamagedJournal(keptAt: path).hasUnsent != true && remove(path)
        }
    }

    /// The file first: what a power cut leaves of it can no longer be read, and goes the next time.
    private func remove(_ path: String) -> Bool {
        Self.suffixes.filter { access(path + $0, F_OK) == 0 }.allSatisfy { unlink(path + $0) == 0 }
    }
}
