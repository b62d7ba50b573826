import LockerDomain
import StationBooks

/// One kind of question that the station asks, or of what somebody may add to what they just did. What answers it and
/// what it outlives stand beside each other in its file. Not in the journal: after a restart people ask again.
protocol QuestionKind: Sendable {
    /// Uptime in milliseconds until which it stands; `nil`: until something else is scanned.
    var until: Int64? { get }
    /// Whether it stands after a scan: what somebody began and left is nobody else's. Asked before ``fits(_:)``, so it
    /// is true of every scan that fits; Enter alone ends nothing.
    func outlives(_ scan: Scan) -> Bool
    /// Whether the scan is of the form that answers it, whoever scans it and whatever the books have.
    func fits(_ scan: Scan) -> Bool
    /// Whether a scan that fits answers it here and now.
    func isAnswered(by scan: Scan, in turn: borrowing Turn) -> Bool
    /// Takes the answer; the question is out of the list by now.
    func answer(_ scan: Scan, in turn: inout Turn) -> Outcome

    init?(_ question: Question)
    var question: Question { get }
}

extension QuestionKind {
    func isAnswered(by scan: Scan, in turn: borrowing Turn) -> Bool { true }
}

/// What follows an answer.
enum Outcome {
    case done
    /// The answer counts as this scan (DIGIT cards and NEXT).
    case goesOn(Scan)
}

/// A question that stands, of any kind. Of several that a scan answers the one of the lowest ``precedence`` takes it.
enum Question: Sendable {
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

extension Question {
    /// What it is, as the protocol sees it.
    var kind: any QuestionKind {
        switch self {
        case .digits(let one): one
        case .delivered(let one): one
        case .nextPlace(let one): one
        case .lastFour(let one): one
        case .survey(let one): one
        case .whichDoor(let one): one
        case .isInside(let one): one
        case .isShelfEmpty(let one): one
        case .acceptedShipment(let one): one
        case .secondNumber(let one): one
        case .refused(let one): one
        case .whichReported(let one): one
        case .dropOffLabel(let one): one
        }
    }

    /// Rank among those that one scan answers; the lowest takes it. The first four are about digits and NEXT, which
    /// more questions share than any other scan.
    var precedence: Int {
        switch self {
        case .digits: 0
        case .delivered: 1
        case .nextPlace: 2
        case .lastFour: 3
        case .survey: 4
        case .whichDoor: 5
        case .isInside: 6
        case .isShelfEmpty: 7
        case .acceptedShipment: 8
        case .secondNumber: 9
        case .refused: 10
        case .whichReported: 11
        case .dropOffLabel: 12
        }
    }
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

// MARK: For the tables

extension Question {
    /// What the table calls it: the name of its case.
    var caseName: String {
        switch self {
        case .digits: "digits"
        case .delivered: "delivered"
        case .nextPlace: "nextPlace"
        case .lastFour: "lastFour"
        case .survey: "survey"
        case .whichDoor: "whichDoor"
        case .isInside: "isInside"
        case .isShelfEmpty: "isShelfEmpty"
        case .acceptedShipment: "acceptedShipment"
        case .secondNumber: "secondNumber"
        case .refused: "refused"
        case .whichReported: "whichReported"
        case .dropOffLabel: "dropOffLabel"
        }
    }

    /// One of each kind, in the order of precedence.
    static var samples: [Question] {
        let waybill: Waybill = "SF7444404156506"
        let all: [any QuestionKind] = [
            Digits(typed: "1"), Delivered(waybill: waybill, session: 1),
            NextPlace(parcels: [waybill], authority: .code), LastFour(parcels: [waybill]), Survey(scores: []),
            WhichDoor(), IsInside(), IsShelfEmpty(place: "S1-01", session: 1),
            AcceptedShipment(waybill: waybill, session: 1), SecondNumber(number: "JDX024407261700", session: 1),
            Refused(parcels: [waybill]), WhichReported(kind: .damaged, parcels: [waybill]), DropOffLabel(),
        ]
        return all.map { $0.question }.sorted { $0.precedence < $1.precedence }
    }
}
