import FoundationEssentials
import LockerDomain
import SyncWire

/// Moves what a simulated station sent to other days, so that its last day is today's and pages of today have figures to show.
///
/// Every time that was read from a clock moves by the same span: that of each event, and those in its data. The chain is
/// computed anew, and a journal that names the end of another one names the new hash. What is left as it was: times of a clock
/// that was never set, names of runs, and hashes of lines that were never sent.
struct BatchMove {
    private let milliseconds: Int64
    /// The hash behind a moved line, by the one behind the line as it was.
    private var hashes: [[UInt8]: [UInt8]] = [:]

    private static let dayMilliseconds: Int64 = 86_400_000
    /// Days are those of China.
    private static let shanghaiMilliseconds: Int64 = 8 * 3_600_000
    /// Digits of a time in milliseconds since 1970, from 2001 to 2286.
    private static let timeDigits = 13
    private static let timeKey = Array("\"time\":\"".utf8)
    private static let hashKey = Array("\"lastHash\":\"".utf8)

    /// - Parameters:
    ///   - end: when the simulated days end, milliseconds since 1970.
    ///   - day: the day with whose end they are to end, counted from 1970-01-01.
    init(from end: Int64, toEndOf day: Int64) {
        milliseconds = (day + 1) * Self.dayMilliseconds - Self.shanghaiMilliseconds - end
    }

    /// The day that it is now, on the machine's clock.
    static func today() -> Int64 {
        let now = Int64(Date().timeIntervalSince1970 * 1_000)
        return Moment(wall: now, uptime: 0, clock: .none).shanghaiDay
    }

    /// The same batch on other days. Batches of a station have to come in their order.
    mutating func moved(_ batch: FleetBatch) throws -> FleetBatch {
        var batch = batch
        var (was, hash) = (batch.header.before, hashes[batch.header.before] ?? batch.header.before)
        batch.header.before = hash
        var lines: [[UInt8]] = []
        for line in try Batch.split(batch.body, limit: .max) {
            let moved = moved(line)
            (was, hash) = (Chain.next(after: was, bytes: line), Chain.next(after: hash, bytes: moved))
            hashes[was] = hash
            lines.append(moved)
        }
        guard was == batch.header.after else { throw BenchFault("\(batch.header.text) does not fit its lines") }
        batch.header.after = hash
        batch.body = Batch.join(lines)
        return batch
    }

    private func moved(_ line: [UInt8]) -> [UInt8] {
        var line = movedNumbers(line)
        if let begin = Self.end(of: Self.timeKey, in: line),
            let end = line[begin...].firstIndex(of: UInt8(ascii: "\"")),
            let time = WireTime.milliseconds(String(decoding: line[begin..<end], as: UTF8.self))
        {
            line.replaceSubrange(begin..<end, with: WireTime.text(moved(time)).utf8)
        }
        if let begin = Self.end(of: Self.hashKey, in: line),
            let end = line[begin...].firstIndex(of: UInt8(ascii: "\"")),
            let old = Hex.decode(String(decoding: line[begin..<end], as: UTF8.self)), let new = hashes[old]
        {
            line.replaceSubrange(begin..<end, with: Hex.encode(new).utf8)
        }
        return line
    }

    /// Times in the data of an event, which stand as bare numbers.
    private func movedNumbers(_ line: [UInt8]) -> [UInt8] {
        var (moved, index) = ([UInt8](), line.startIndex)
        moved.reserveCapacity(line.count)
        while index < line.endIndex {
            moved.append(line[index])
            index += 1
            guard moved.last == UInt8(ascii: ":") else { continue }
            let digits = line[index...].prefix { (0x30...0x39).contains($0) }
            guard digits.count == Self.timeDigits, let time = Int64(String(decoding: digits, as: UTF8.self)) else {
                continue
            }
            moved += Array(String(self.moved(time)).utf8)
            index = digits.endIndex
        }
        return moved
    }

    private func moved(_ time: Int64) -> Int64 {
        time < Limits.earliestWallMilliseconds ? time : time + milliseconds
    }

    private static func end(of key: [UInt8], in line: [UInt8]) -> Int? { line.firstRange(of: key)?.upperBound }
}
