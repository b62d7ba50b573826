import LockerDomain
import StationBooks

/// One kind of question that the station asks, or of what somebody may add to what they just did. What answers it and
/// what it outlives stand beside each other in its file. Not in the journal: after a restart people ask again.
protocol QuestionKind: Sendable {
    /// Uptime in milliseconds until which it stands; `nil`: until something else is scanned.
    var until: Int64? { get }
    /// Whether it stands after a scan that does not answer it: what somebody began and left is nobody else's.
    func outlives(_ scan: Scan) -> Bool
    /// Whether the scan answers it.
    func isAnswered(by scan: Scan, in turn: borrowing Turn) -> Bool
    /// Takes the answer; the question is out of the list by now.
    func answer(_ scan: Scan, in turn: inout Turn) -> Outcome

    init?(_ question: Question)
    var question: Question { get }
}

/// What follows an answer.
enum Outcome {
    case done
    /// The answer counts as this scan (DIGIT cards and NEXT).
    case goesOn(Scan)
}

/// A question that stands, of any kind. The order of the cases is the precedence: of several that a scan answers, the first
/// takes it.
package enum Question: Sendable {
    case digits(Digits)
    case delivered(Delivered)
    case nextPlace(NextPlace)
    case lastFour(LastFour)
    case survey(Survey)
    case whichDoor(WhichDoor)
    case isInside(IsInside)
    case isShelfEmpty(IsShelfEmpty)
    case acceptedShipment(AcceptedShipment)
    case secondNumber(SecondNumber)
    case refused(Refused)
    case whichReported(WhichReported)
    case dropOffLabel(DropOffLabel)
}

extension Scan {
    /// A token, a typed code or a card: the person before may have gone.
    var isOfSomebodyNew: Bool {
        switch self {
        case .token, .card, .otherCard: true
        case .typed(let typed): typed.code != nil
        case .enter, .label: false
        }
    }
}
