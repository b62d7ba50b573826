import LockerDomain
import StationBooks

/// What the books get of a parcel that comes in: it is received, then stored.
extension Intake {
    static func receive(
        _ waybill: Waybill,
        known: Parcel?,
        hint: WaybillReading,
        by session: Session,
        how: ParcelReceived.How = .scan,
        in turn: inout Turn
    ) {
        guard known?.status != .received else { return }
        if session.role == .courier, how != .audit { Runs.arriveUnlessHere(session, in: &turn) }
        let known = known ?? Numbers.announcedPart(waybill, in: turn)
        let code = Numbers.code(for: waybill, known, how, in: turn)
        let parties = known?.parties ?? turn.settings.parties(brand: hint.likelyBrand)
        let size = known?.size ?? turn.settings.defaultSize
        let run = turn.books.run?.id
        turn.emit(
            .parcelReceived(
                ParcelReceived(
                    waybill: waybill,
                    parties: parties,
                    direction: .inbound,
                    announced: known?.announced ?? false,
                    size: size,
                    n: code.n,
                    codeOf: code.of,
                    person: session.person,
                    run: run,
                    bag: known?.bag,
                    how: how,
                    consent: known?.consent ?? .unknown,
                    exception: exception(of: known, how, in: session)
                )
            )
        )
    }

    /// An exception card is about what comes in after it, not about what is put elsewhere meanwhile.
    private static func exception(
        of known: Parcel?,
        _ how: ParcelReceived.How,
        in session: Session
    ) -> ParcelException? {
        switch how {
        case .scan: session.exception
        case .move: known?.exception
        case .bag, .handOver, .audit: session.exception ?? known?.exception
        }
    }

    /// `n` never falls for a waybill within a year; the station's own choice begins at 128 (DESIGN 4.4).
    static func lowestFreeN(_ waybill: Waybill, wanted: UInt32, in turn: borrowing Turn) -> UInt32 {
        let closed = turn.books.closed[waybill]?.n
        let parcel = usedN(of: turn.books.parcels[waybill])
        let shipment = turn.books.shipments[waybill]?.n
        guard let used = [closed, parcel, shipment].compactMap({ $0 }).max() else { return wanted }
        return wanted > used ? wanted : max(128, CodeCounter.above(used))
    }

    private static func usedN(of parcel: Parcel?) -> UInt32? {
        switch parcel?.status {
        case .collected, .inParts, .missing, .returned, .lost: parcel?.n
        default: nil
        }
    }

    static func store(
        _ waybill: Waybill,
        at place: Place,
        evidence: Evidence,
        key: CodeKey,
        in turn: inout Turn
    ) {
        guard let parcel = turn.books.parcels[waybill] else { return }
        let openedAt = Unlocking.seenOpen(at: place, in: turn)
        let chilled: Bool? = Placing.isTakenAsChilled(parcel, in: turn) ? true : nil
        if let from = parcel.movedFrom, let session = turn.session {
            let fact = ParcelRelocated(
                parcel,
                from: from,
                to: place,
                by: session,
                evidence: evidence,
                doorOpenedAt: openedAt,
                chilled: chilled
            )
            return turn.emit(.parcelRelocated(fact))
        }
        let person = evidence == .stated ? turn.session?.person : nil
        turn.emit(
            .parcelStored(
                ParcelStored(
                    waybill: waybill,
                    parties: parcel.parties,
                    direction: .inbound,
                    place: place,
                    n: parcel.n,
                    codeOf: parcel.codeOf,
                    keyID: key.id,
                    evidence: evidence,
                    doorOpenedAt: openedAt,
                    person: person,
                    chilled: chilled
                )
            )
        )
    }
}
