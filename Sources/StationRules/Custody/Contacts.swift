import LockerDomain
import StationBooks

/// Phones of recipients that people type at the station; they stay out of the journal (DESIGN rule 10).
enum Contacts {
    /// The phone of the recipient of the parcel that was just received.
    ///
    /// - Parameter recipientKey: of that phone.
    static func take(_ phone: String, recipientKey: String?, in turn: inout Turn) {
        Sessions.touch(in: &turn)
        // The one named last: just received, its recipient informed, or scanned again.
        let named = [turn.recent.lastReceived, turn.recent.named].compactMap { $0 }.max { $0.until < $1.until }
        guard let session = turn.session, session.role == .courier || session.role == .keeper,
            let waybill = named.map({ turn.books.parcels.name(of: $0.waybill) }),
            let parcel = turn.books.parcels[waybill]
        else { return turn.reject(.unknown, .unknownCode) }
        // The county knows the phone of a recipient with its key; what a courier types would give their code to a
        // stranger.
        let key = parcel.hasCountysKey ? nil : recipientKey
        guard session.role == .keeper || !parcel.hasCountysKey else {
            return turn.reject(.outOfContext, .notForYou)
        }
        turn.emit(
            .parcelContactGiven(
                ParcelContactGiven(
                    waybill: waybill,
                    parties: parcel.parties,
                    direction: .inbound,
                    phoneMasked: Masking.phone(phone),
                    recipientKey: key,
                    person: session.person
                )
            )
        )
        turn.act(.keepContact(waybill, phone: phone, recipientKey: key))
        turn.answer(.contactKept)
    }

    /// A parcel that is in already may still get a phone: by a courier when nobody knows any, by the keeper always.
    static func name(_ parcel: Parcel, by session: Session, in turn: inout Turn) {
        let isUnknown = parcel.phoneMasked == nil && parcel.recipientKey == nil
        guard session.role == .keeper || session.role == .courier && isUnknown else { return }
        turn.recent.named = (parcel.waybill, turn.now.uptime + Limits.followUpMilliseconds)
    }
}
