import LockerDomain
import StationBooks

/// The pickup codes of what has several numbers or came in parts.
extension Numbers {
    // MARK: Coming in

    /// The number of which the code of what comes in is made, and its counter.
    static func code(
        for waybill: Waybill,
        _ known: Parcel?,
        _ how: ParcelReceived.How,
        in turn: borrowing Turn
    ) -> (of: Waybill?, n: UInt32) {
        guard let known else { return (nil, Intake.lowestFreeN(waybill, wanted: 0, in: turn)) }
        // The same parcel coming back, or found again, keeps its code; the same number on another parcel does not.
        switch known.status {
        case .received, .stored, .withAgent, .refused, .retrieved, .missing, .inParts: return (known.codeOf, known.n)
        case .collected where how == .audit: return (known.codeOf, known.n)
        case .expected where known.codeOf != nil: return (known.codeOf, known.n)
        case .expected: return (nil, Intake.lowestFreeN(waybill, wanted: known.n, in: turn))
        case .collected, .returned, .lost: return (nil, Intake.lowestFreeN(waybill, wanted: 0, in: turn))
        }
    }

    // MARK: Going out

    /// What the code of a number opens next.
    static func opened(byCodeOf waybill: Waybill, in turn: borrowing Turn) -> Waybill {
        let family = [turn.books.parcels[waybill]].compactMap { $0 } + turn.books.parcels.parts(of: waybill)
        guard family.count > 1 else { return waybill }
        return openedNext(of: family, in: turn)?.waybill ?? waybill
    }

    /// Which of several parcels of one code or token is opened next: the first that waits behind a door that opens,
    /// then one that does so in a moment, then one that nobody saw leave or whose door was just shut; else one that
    /// shows why nothing opens.
    static func openedNext(of family: [Parcel], in turn: borrowing Turn) -> Parcel? {
        let again = Codes.openedAgain(
            of: family.filter { $0.status == .collected && Codes.answersToCodes($0, in: turn) },
            in: turn
        )
        if let one = family.first(where: { Waiting.isNext($0, in: turn) && Waiting.opensWell($0, in: turn) }) {
            return one
        }
        if let one = family.first(where: { Waiting.isNext($0, in: turn) && Waiting.mayOpen($0, in: turn) }) {
            return one
        }
        if let one = family.first(where: {
            $0.status == .stored && !$0.isDoubtful && !Waiting.isShutAway($0, in: turn)
        }) {
            return one
        }
        if let one = family.first(where: {
            $0.waybill == again?.waybill && Codes.isReusable($0, in: turn) && Waiting.mayOpen($0, in: turn)
        }) {
            return one
        }
        if let one = family.first(where: { $0.status == .stored }) { return one }
        if let one = family.first(where: { $0.waybill == again?.waybill && Waiting.mayOpen($0, in: turn) }) {
            return one
        }
        return family.first(where: { $0.status == .received }) ?? again
    }

    /// Last four digits of the phone numbers of a code's recipients.
    static func lastFours(ofCode waybill: Waybill, in turn: borrowing Turn) -> [String] {
        turn.books.parcels.family(of: waybill).compactMap(\.lastFour)
    }

    // MARK: A new code

    /// The parcel whose code opens what a number means, when that is inside: of parts the announced one.
    static func codeHolder(of number: Waybill, in turn: borrowing Turn) -> Parcel? {
        guard let parcel = turn.books.parcels.all(meantBy: number).first(where: \.isInside) else { return nil }
        guard turn.books.parcels.isOpenedByParent(parcel) else { return parcel }
        return turn.books.parcels.announcement(of: parcel.waybill)
    }

    static func reissue(_ parcel: Parcel, n: UInt32, codeOf: Waybill?, in turn: inout Turn) {
        guard let key = turn.credentials?.codeKey else { return }
        turn.emit(
            .parcelCodeReissued(
                ParcelCodeReissued(
                    waybill: parcel.waybill,
                    parties: parcel.parties,
                    direction: .inbound,
                    n: n,
                    codeOf: codeOf,
                    keyID: key.id,
                    by: "county"
                )
            )
        )
    }
}
