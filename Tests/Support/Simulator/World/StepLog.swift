import LockerDomain
import StationBooks
import StationRules
import SyncWire

/// The last steps of a world, kept as values and written out only when something broke.
struct StepLog {
    enum Entry {
        case input(Input)
        case event(Event)
        case answer(Answer)
        case word(String)
        case county(ChainHeader, ChainBook.Outcome)
    }

    private var entries: [(time: Int64, entry: Entry)] = []
    private var next = 0
    private static let stepsMax = 60
    /// Prints every step at once, for a person who looks on.
    var isLoud = false

    mutating func note(_ time: Int64, _ entry: @autoclosure () -> Entry) {
        let item = (time, entry())
        if isLoud { print(Self.text(item)) }
        if entries.count < Self.stepsMax {
            entries.append(item)
        } else {
            entries[next] = item
            next = (next + 1) % Self.stepsMax
        }
    }

    var lines: [String] { (entries[next...] + entries[..<next]).map(Self.text) }

    private static func text(_ item: (time: Int64, entry: Entry)) -> String {
        let what =
            switch item.entry {
            case .input(let input): "input  \(input)"
            case .event(let event): "  event  \(event.payload)"
            case .answer(let answer): "  answer \(answer.id.rawValue): \(answer.en)"
            case .word(let word): word
            case .county(let header, let answer): "county: \(header.first)…\(header.last) \(answer)"
            }
        return "\(WireTime.local(item.time)).\(item.time % 1_000)  \(what.prefix(400))"
    }
}
