import LockerDomain
import StationCore
import Testing

@Suite("Size of batches")
struct BatchSizeTests {
    /// `+` passes, `-` does not, `!` is refused by the county; the number is what was sent, the last one the size after all of them.
    struct Row: Sendable, CustomTestStringConvertible {
        var sent: [(sign: Character, bytes: Int)]
        var size: Int
        var testDescription: String { "\(sent) → \(size)" }

        init(_ text: String, _ size: Int) {
            sent = text.split(separator: " ").map { word in
                (word.first ?? "?", Int(word.dropFirst().filter { $0 != "_" }) ?? 0)
            }
            self.size = size
        }
    }

    static let rows = [
        Row("", Limits.batchBytesMax),
        Row("!9_000", 4_500),
        Row("!9_000 -4_400", 2_200),
        Row("!9_000 -4_400 -2_000 -900", 450),
        // Three successes are not four.
        Row("!9_000 +4_400 +4_400 +4_400", 4_500),
        Row("!9_000 +4_400 +4_400 +4_400 +4_400", 5_626),
        Row("!9_000 +4_400 +4_400 +4_400 +4_400 +5_600 +5_600 +5_600 +5_600", 7_033),
        // What is larger than what passed last goes back to that, then it is halved again.
        Row("!9_000 +4_400 +4_400 +4_400 +4_400 -5_600", 4_400),
        Row("!9_000 +4_400 +4_400 +4_400 +4_400 -5_600 -4_300", 2_150),
        // A failure in between starts the count anew.
        Row("!9_000 +4_400 +4_400 +4_400 -4_400 +2_200 +2_200 +2_200", 2_200),
        // A batch that fills less than half says nothing of the size.
        Row("!9_000 +500 +500 +500 +500 +500 +500", 4_500),
        // One event is the least: it is sent whatever its size, and the size does not sink for ever.
        Row("-600 -600 -600 -600 -600 -600", 300),
        Row("-1 -1 -1", 1),
        Row("!600 +600 +600 +600 +600", 376),
        // A batch far below the size is sent once more as it is: a router may have forgotten the connection.
        Row("-800", Limits.batchBytesMax),
        Row("-9_000 -9_000", 4_500),
        Row("-9_000 +9_000 -9_000 +9_000", Limits.batchBytesMax),
        Row("-200_000", 100_000),
        // What passes after all takes back what its failures did; what is smaller does not.
        Row("-800 -800 -800 +800", Limits.batchBytesMax),
        Row("!9_000 -4_400 +4_400", 4_500),
        Row("-9_000 -9_000 +4_400 +4_400", 4_500),
        Row("-9_000 -9_000 +4_400 +10_000", 4_500),
        // What the county refuses is too large, whatever passes.
        Row("!800 +800", 400),
    ]

    @Test("failures halve, four successes add a quarter, what passed last is kept", arguments: rows)
    func table(_ row: Row) {
        var size = BatchSize()
        for (sign, bytes) in row.sent {
            switch sign {
            case "+": size.succeeded(sent: bytes)
            case "-": size.failed(sent: bytes)
            case "!": size.refused(sent: bytes)
            default: Issue.record("\(sign)")
            }
        }
        #expect(size.bytes == row.size)
    }

    @Test("it never grows above the limit, and finds its way back there from one byte")
    func limits() {
        var size = BatchSize()
        for _ in 0..<40 { size.failed(sent: size.bytes) }
        #expect(size.bytes == 1)
        var batches = 0
        while size.bytes < Limits.batchBytesMax, batches < 1_000 {
            size.succeeded(sent: size.bytes)
            batches += 1
        }
        #expect(batches < 250)
        for _ in 0..<8 { size.succeeded(sent: size.bytes) }
        #expect(size.bytes == Limits.batchBytesMax)
    }

    @Test(
        "on a link of any width it settles at half of what passes or more, and loses one batch of five at most",
        arguments: [1, 700, 6_000, 40_000, 250_000]
    )
    func settles(_ width: Int) {
        var size = BatchSize()
        var lost = 0
        for batch in 0..<400 {
            let passes = size.bytes <= width
            if passes { size.succeeded(sent: size.bytes) } else { size.failed(sent: size.bytes) }
            guard batch >= 100 else { continue }
            #expect(size.bytes * 2 >= width)
            if !passes { lost += 1 }
        }
        #expect(lost <= 60)
    }
}
