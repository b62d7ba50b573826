import LockerDomain

/// How large the next batch may be (DESIGN 4.3): halved after time-outs, a quarter more after four successes. Pure.
///
/// It counts bytes of event lines, since links lose bytes, not events; a batch holds one line at least, whatever its
/// size. A size that fails after a smaller one passed goes back to the one that passed, so trying to grow costs one
/// time-out and no events.
///
/// Not every cut has to do with size: a router forgets a connection that was idle. So a batch far below the size is sent
/// once more as it is, and one that passes after all takes back what its failures did.
///
/// | bytes | then | bytes |
/// | --- | --- | --- |
/// | 262,144 | 9,000 sent, no answer | 262,144 |
/// | 262,144 | 9,000 sent again, no answer | 4,500 |
/// | 4,500 | 4,400 passed, four times | 5,625 |
/// | 5,625 | 5,500 sent, no answer | 4,400 |
public struct BatchSize: Sendable, Hashable {
    /// Bytes of event lines before compression.
    public private(set) var bytes = Limits.batchBytesMax
    private var passed: Int?
    private var successes = 0
    /// The first of the failures since the last success.
    private var doubt: Doubt?

    private struct Doubt: Hashable {
        var sent: Int
        /// The size before it.
        var bytes: Int
    }

    public init() {}

    /// The county took a batch of so many bytes. One that is less than half of the size says nothing about it.
    public mutating func succeeded(sent: Int) {
        if let doubt, sent >= doubt.sent { bytes = doubt.bytes }
        doubt = nil
        guard sent * 2 >= bytes else { return }
        passed = sent
        successes += 1
        guard successes == Limits.batchSuccessesMin else { return }
        successes = 0
        bytes = min(bytes + bytes / 4 + 1, Limits.batchBytesMax)
    }

    /// A batch of so many bytes did not get through, maybe because of its size.
    public mutating func failed(sent: Int) {
        let isFirst = doubt == nil
        if isFirst { doubt = Doubt(sent: sent, bytes: bytes) }
        // Far below the size it says little, the first time.
        guard !isFirst || sent * 2 >= bytes else { return }
        shrink(from: sent)
    }

    /// The county says that a batch of so many bytes is too large.
    public mutating func refused(sent: Int) {
        doubt = nil
        shrink(from: sent)
    }

    private mutating func shrink(from sent: Int) {
        let smaller = passed.flatMap { $0 < sent ? $0 : nil }
        bytes = smaller ?? max(1, sent / 2)
        passed = nil
        successes = 0
    }
}
