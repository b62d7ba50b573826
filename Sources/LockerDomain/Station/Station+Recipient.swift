/// Who stands there: a card on the wall names nobody, and several people may use the station at once. The door that stands
/// open for somebody tells more than the door that was shut before.
extension Station {
    /// Openings for recipients; who puts a parcel back is one too.
    private func openForRecipients() -> [DoorCycle] {
        state.doors.busy.sorted().compactMap { name in
            guard let cycle = state.door(name).cycle else { return nil }
            let isPutBack = cycle.purpose == .putBack && cycle.phase == .open
            return isPutBack || standsOpenForRecipient(name) ? cycle : nil
        }
    }

    /// What a recipient may mean: what lies behind the doors that stand open, with what the same recipient took before,
    /// else what was taken last.
    func parcelsOfRecipient() -> [Waybill] {
        let open = openForRecipients().flatMap(\.waybills).compactMap { state.parcels[$0] }
        let taken = (dialogue.lastPickup?.parcels ?? []).compactMap { state.parcels[$0] }
        guard !open.isEmpty else { return taken.map(\.waybill) }
        let waybills = Set(open.map(\.waybill))
        let before = taken.filter { !waybills.contains($0.waybill) && areOfOne(open + [$0]) }
        return (open + before).map(\.waybill)
    }

    /// The parcel that a complaint or a survey is about, unless it may be one of several people who complains.
    var parcelOfOne: Waybill? {
        let open = openForRecipients().flatMap(\.waybills).compactMap { state.parcels[$0] }
        if let first = open.first { return areOfOne(open) ? first.waybill : nil }
        return dialogue.earlierPickups.isEmpty ? dialogue.lastPickup?.parcels.first : nil
    }
}
