import Glibc
import LockerDomain
import Synchronization

/// The highest position that was committed, in 16 bytes beside the journal: overwritten in place after each commit without
/// a sync of its own, synced when the station rests. It may lag behind the journal, it never leads: a journal that ends in
/// front of it has lost its end.
final class CommitMark: Sendable {
    private static let bytes = 16

    private let path: String
    private let descriptor = Mutex<Int32>(-1)

    init(path: String) { self.path = path }

    deinit { descriptor.withLock { if $0 >= 0 { close($0) } } }

    /// What is in the file; `nil` when there is none, or it was torn.
    func position() -> JournalPosition? {
        descriptor.withLock { descriptor in
            guard open(&descriptor, creating: false) else { return nil }
            var bytes = [UInt8](repeating: 0, count: Self.bytes)
            guard pread(descriptor, &bytes, bytes.count, 0) == bytes.count else { return nil }
            let (rowid, check) = (Self.number(bytes[..<8]), Self.number(bytes[8...]))
            guard check == Self.check(of: rowid), rowid > 0, rowid < 1 << 62 else { return nil }
            return JournalPosition(rowid: Int64(rowid))
        }
    }

    /// A mark that is not written lags.
    func keep(_ position: JournalPosition) {
        descriptor.withLock { descriptor in
            guard open(&descriptor, creating: true) else { return }
            let rowid = UInt64(position.rowid)
            let bytes = Self.bytes(of: rowid) + Self.bytes(of: Self.check(of: rowid))
            _ = pwrite(descriptor, bytes, bytes.count, 0)
        }
    }

    /// Takes the file away.
    func remove() {
        descriptor.withLock { descriptor in
            unlink(path)
            if descriptor >= 0 { close(descriptor) }
            descriptor = -1
        }
    }

    func sync() { descriptor.withLock { if $0 >= 0 { _ = fdatasync($0) } } }

    private func open(_ descriptor: inout Int32, creating: Bool) -> Bool {
        if descriptor < 0 { descriptor = Glibc.open(path, O_RDWR | O_CLOEXEC | (creating ? O_CREAT : 0), 0o600) }
        return descriptor >= 0
    }

    private static func bytes(of number: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * UInt64($0))) }
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }

    /// FNV-1a: against torn writes, not against people.
    private static func check(of number: UInt64) -> UInt64 {
        bytes(of: number).reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}
