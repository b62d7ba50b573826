import LockerDomain
import StationBooks
import StationPorts
import StationRules
import SyncWire

extension TurnCore {
    /// Seals a phone number to the county's key at once: the plain one is never written (DESIGN rule 10). `false` when
    /// it could not be kept.
    func keepContact(_ phone: String, of waybill: Waybill, recipientKey: String?) -> Bool {
        do {
            guard let county = try ports.keys.keyring()?.county, county.exchangeKey.count == 32 else {
                throw ContactFault("the county's exchange key is missing: enrol the station again")
            }
            let sealed = try ContactSeal.seal(phone, of: waybill, at: settings.id, to: county.exchangeKey)
            let mark = recipientKey == nil ? nil : station.credentials.map { PhoneMark.of(phone, key: $0.codeKey) }
            try ports.contacts.keep(
                SealedContact(waybill: waybill, sealed: sealed, recipientKey: recipientKey, mark: mark)
            )
            return true
        } catch {
            hands.report(.contactNotKept(waybill, error))
            return false
        }
    }

    /// A text with the key of its recipient, when it is a phone number: that under which the same number is kept, else a
    /// random one. Never one made of the number (DESIGN 4.4).
    func withRecipientKey(_ input: Input) -> Input {
        guard case .text(let text, var source) = input, let phone = station.phone(in: text, from: source),
            let codeKey = station.credentials?.codeKey
        else { return input }
        do {
            source.recipientKey = try ports.contacts.recipientKey(markedBy: PhoneMark.of(phone, key: codeKey))
        } catch {
            hands.report(.contactNotFound(error))
        }
        source.recipientKey = source.recipientKey ?? Hex.encode(ports.entropy.bytes(Self.recipientKeyBytes))
        return .text(text, from: source)
    }

    private static var recipientKeyBytes: Int { 16 }

    /// Erases numbers 30 days after their parcels' end. Only under a clock that can be believed, since what is gone is
    /// gone, and only on a disk that is well.
    func eraseContacts(at now: Moment) {
        guard now.uptime >= contactsDue, now.clock.isConfirmed, station.storage == .ok, !isStale,
            !station.state.isLeaping(at: now)
        else { return }
        contactsDue = now.uptime + ContactLimits.eraseMilliseconds
        do {
            let kept = try ports.contacts.waybills()
            try ports.contacts.erase(over: Set(kept.filter(isOver)), at: now.wall)
        } catch {
            hands.report(.contactsNotErased(error))
        }
    }

    /// A parcel that the books do not know any more is over too.
    private func isOver(_ waybill: Waybill) -> Bool {
        switch station.state.parcels[waybill]?.status {
        case .collected?, .inParts?, .returned?, .lost?, nil: true
        case .expected?, .received?, .stored?, .withAgent?, .refused?, .retrieved?, .missing?: false
        }
    }
}
