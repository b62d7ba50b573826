import LockerDomain
import StationBooks

/// The questions that stand, in no order: several people may be at one counter.
package struct Questions: Sendable {
    private(set) var list: [Question] = []

    /// The question of a kind: there is one of each at most. Setting one asks it, in place of the one before.
    subscript<Kind: QuestionKind>(_ kind: Kind.Type) -> Kind? {
        get {
            for question in list { if let found = Kind(question) { return found } }
            return nil
        }
        set {
            let index = list.firstIndex { Kind($0) != nil }
            switch (index, newValue) {
            case (let index?, let newValue?): list[index] = newValue.question
            case (let index?, nil): list.remove(at: index)
            case (nil, let newValue?): list.append(newValue.question)
            case (nil, nil): break
            }
        }
    }

    /// Takes out the question that a scan answers: of several the first by the precedence of ``Question``.
    static func take(answeredBy scan: Scan, in turn: inout Turn) -> Question? {
        guard !turn.questions.list.isEmpty else { return nil }
        var first: Int?
        for index in turn.questions.list.indices {
            let question = turn.questions.list[index]
            if let first, turn.questions.list[first].precedence <= question.precedence { continue }
            let kind = question.kind
            if kind.fits(scan), kind.isAnswered(by: scan, in: turn) { first = index }
        }
        return first.map { turn.questions.list.remove(at: $0) }
    }

    /// Drops those that do not outlive a scan.
    mutating func drop(after scan: Scan) {
        guard !list.isEmpty else { return }
        list.removeAll { !$0.kind.outlives(scan) }
    }

    /// Drops those whose time is over.
    mutating func forgetOld(at uptime: Int64) {
        guard !list.isEmpty else { return }
        list.removeAll { $0.kind.until.map { $0 < uptime } ?? false }
    }

    /// A person who typed a code before it was made anew has no right to the parcel when the last four digits follow.
    mutating func follow(_ event: Event) {
        guard !list.isEmpty, case .parcelCodeReissued(let fact) = event else { return }
        self[LastFour.self]?.parcels.removeAll { $0 == fact.waybill }
    }

    /// What END gives up for somebody without a badge. Returns whether there was anything.
    mutating func giveUp() -> Bool {
        let before = list.count
        self[Digits.self] = nil
        self[Survey.self] = nil
        self[WhichReported.self] = nil
        self[DropOffLabel.self] = nil
        return list.count < before
    }

    /// For mutants, which ask it again when they must not.
    package var lastFour: LastFour? {
        get { self[LastFour.self] }
        set { self[LastFour.self] = newValue }
    }
}
