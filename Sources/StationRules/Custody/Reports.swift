import LockerDomain
import StationBooks

/// Reports that a parcel is damaged, short or lost.
enum Reports {
    /// A recipient reports what is being taken, or was just taken; of several parcels the number says which.
    static func report(_ kind: ParcelReport, in turn: inout Turn) {
        let parcels = Recipients.parcelsOfRecipient(in: turn).map(\.waybill)
        guard let first = parcels.first, kind != .lost else { return turn.reject(.outOfContext, .askKeeper) }
        guard parcels.count > 1 else { return fileReport(kind, of: first, byRecipient: true, in: &turn) }
        let until = turn.now.uptime + Limits.followUpMilliseconds
        turn.questions[WhichReported.self] = WhichReported(kind: kind, parcels: parcels, until: until)
        turn.reject(.awaitsScan, .scanParcel)
    }

    /// Somebody with a badge reports a parcel, and goes on with what they were at: the next scan is no report.
    static func report(_ kind: ParcelReport, _ waybill: Waybill, in turn: inout Turn) {
        guard let parcel = turn.books.parcels[waybill], parcel.status != .expected,
            Unlocking.openingUnderWay(for: waybill, in: turn) == nil,
            kind != .lost || parcel.isHere || parcel.status == .missing
        else { return turn.reject(.outOfContext, .notHere) }
        fileReport(kind, of: waybill, in: &turn)
        WorkQueue.endWorkForOne(in: &turn)
    }

    static func fileReport(_ kind: ParcelReport, of waybill: Waybill, byRecipient: Bool = false, in turn: inout Turn) {
        guard let parcel = turn.books.parcels[waybill] else { return }
        let session = byRecipient ? nil : turn.session
        let role = session.flatMap { Report.Reporter(rawValue: $0.role.rawValue) } ?? .recipient
        let report = Report(
            by: role,
            person: session?.person,
            place: parcel.place,
            doorOpenedAt: lastOpening(for: parcel, in: turn)
        )
        let parties = parcel.parties
        switch kind {
        case .damaged:
            turn.emit(
                .parcelDamaged(
                    ParcelDamaged(waybill: waybill, parties: parties, direction: .inbound, report: report)
                )
            )
        case .short:
            turn.emit(
                .parcelShort(ParcelShort(waybill: waybill, parties: parties, direction: .inbound, report: report))
            )
        case .lost:
            turn.emit(
                .parcelLost(ParcelLost(waybill: waybill, parties: parties, direction: .inbound, report: report))
            )
        }
        turn.answer(.reported)
    }

    /// When the door was opened for the parcel last; what was opened since for others is another recording.
    private static func lastOpening(for parcel: Parcel, in turn: borrowing Turn) -> Int64? {
        if !parcel.isInside, let takenOutAt = parcel.takenOutAt { return takenOutAt }
        guard case .door(let name) = parcel.place, let openedAt = turn.books.door(name).openedAt else { return nil }
        return parcel.isInside || openedAt <= parcel.changed ? openedAt : nil
    }
}
