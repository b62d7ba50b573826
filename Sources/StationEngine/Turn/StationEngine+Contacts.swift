import LockerDomain
import Logging
import StationPorts
import SyncWire

extension StationEngine {
    /// Seals a phone number to the county's key at once: the plain one is never written (DESIGN rule 10). `false` when
    /// it could not be kept.
    func keepContact(_ phone: String, of waybill: Waybill) -> Bool {
        do {
            guard let county = try ports.keys.keyring()?.county, county.exchangeKey.count == 32 else {
                throw ContactFault("the county's exchange key is missing: enrol the station again")
            }
            let sealed = try ContactSeal.seal(phone, of: waybill, at: settings.id, to: county.exchangeKey)
            try ports.contacts.keep(SealedContact(waybill: waybill, sealed: sealed))
            return true
        } catch {
            logger.error("the phone number for \(waybill) is not kept: \(error)")
            return false
        }
    }

    /// Erases numbers 30 days after their parcels' end. Only under a clock that can be believed, since what is gone is
    /// gone, and only on a disk that is well.
    func eraseContacts() {
        let now = ports.clock.now()
        guard now.uptime >= contactsDue, now.clock.isConfirmed, station.storage == .ok, !isStale else { return }
        contactsDue = now.uptime + ContactLimits.eraseMilliseconds
        do {
            let kept = try ports.contacts.waybills()
            guard !kept.isEmpty else { return }
            try ports.contacts.erase(over: Set(kept.filter(isOver)), at: now.wall)
        } catch {
            logger.error("phone numbers are not erased: \(error)")
        }
    }

    /// A parcel that the books do not know any more is over too.
    private func isOver(_ waybill: Waybill) -> Bool {
        switch station.state.parcels[waybill]?.status {
        case .collected?, .returned?, .lost?, nil: true
        case .expected?, .received?, .stored?, .withAgent?, .refused?, .retrieved?, .missing?: false
        }
    }
}
