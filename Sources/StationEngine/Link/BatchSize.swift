import LockerDomain

/// How large the next batch may be (DESIGN 4.3): halved after a time-out, a quarter more after four successes. Pure.
///
/// It counts bytes of event lines, since links lose bytes, not events; a batch holds one line at least, whatever its
/// size. A size that fails after a smaller one passed goes back to the one that passed, so trying to grow costs one
/// time-out and no events.
///
/// | bytes | then | bytes |
/// | --- | --- | --- |
/// | 262,144 | 9,000 sent, no answer | 4,500 |
/// | 4,500 | 4,400 passed, four times | 5,625 |
/// | 5,625 | 5,500 sent, no answer | 4,400 |
public struct BatchSize: Sendable, Hashable {
    /// Bytes of event lines before compression.
    public private(set) var bytes = Limits.batchBytesMax
    private var passed: Int?
    private var successes = 0

    public init() {}

    /// The county took a batch of so many bytes. One that is less than half of the size says nothing about it.
    public mutating func succeeded(sent: Int) {
        guard sent * 2 >= bytes else { return }
        passed = sent
        successes += 1
        guard successes == Limits.batchSuccessesMin else { return }
        successes = 0
        bytes = min(bytes + bytes / 4 + 1, Limits.batchBytesMax)
    }

    /// A batch of so many bytes did not get through, or was too large for the county.
    public mutating func failed(sent: Int) {
        let smaller = passed.flatMap { $0 < sent ? $0 : nil }
        bytes = smaller ?? max(1, sent / 2)
        passed = nil
        successes = 0
    }
}
