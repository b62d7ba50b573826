import LockerDomain
import StationBooks

/// Who stands there: a card on the wall names nobody, and several people may use the station at once. The door that stands
/// open for somebody tells more than the door that was shut before.
extension Station {
    /// Openings for recipients; who puts a parcel back is one too.
    private func openForRecipients() -> [(door: DoorName, cycle: DoorCycle)] {
        state.doors.busy.sorted().compactMap { name in
            guard let cycle = state.door(name).cycle else { return nil }
            let isPutBack = cycle.purpose == .putBack && cycle.phase == .open
            return isPutBack || standsOpenForRecipient(name) ? (name, cycle) : nil
        }
    }

    /// What a recipient may mean. Behind the doors that stand open, with what the same recipient took before, and what
    /// anybody took since: they may not have gone yet. Else what was taken last.
    func parcelsOfRecipient() -> [Parcel] {
        let taken = (dialogue.lastPickup?.parcels ?? []).compactMap { state.parcels[$0] }
        let doors = openForRecipients()
        let open = doors.flatMap(\.cycle.waybills).compactMap { state.parcels[$0] }
        guard !open.isEmpty else { return taken }
        let openedAt = doors.compactMap { state.door($0.door).openedAt }.min() ?? .max
        let others = taken + dialogue.earlierPickups.compactMap { state.parcels[$0.waybill] }
        let waybills = Set(open.map(\.waybill))
        return open
            + others.filter {
                !waybills.contains($0.waybill) && ($0.changed >= openedAt || areOfOne(open + [$0]))
            }
    }

    /// Whose card REPORT is while somebody has a session: the recipient's while a door stands open by code or token, and
    /// soon after, as long as the person of the session has done nothing since. LOST is never theirs to say.
    func isReportOfRecipient(_ kind: ParcelReport) -> Bool {
        guard kind != .lost else { return false }
        if openForRecipients().contains(where: { Authority($0.cycle).person == nil }) { return true }
        guard let last = dialogue.lastPickup, last.parcels.allSatisfy({ state.parcels[$0]?.holder == nil }) else {
            return false
        }
        let takenAt = last.until - Limits.lastPickupMilliseconds
        let hasGoneOn = dialogue.staffActedAt.map { $0 >= takenAt } ?? false
        return !hasGoneOn && now.uptime - takenAt <= Limits.followUpMilliseconds
    }

    /// Whether a scan is the number that a report of a recipient waits for, whoever has a session.
    func answersReport(_ scan: ScanText) -> Bool {
        guard let report = dialogue.report else { return false }
        return report.parcels.contains(meant(by: Waybill(rawValue: WaybillReading(scan).normalized)))
    }

    /// Returns whether a report of a recipient waited for the parcel.
    mutating func fileAwaitedReport(of waybill: Waybill) -> Bool {
        guard let report = dialogue.report, report.parcels.contains(waybill), let parcel = state.parcels[waybill],
            parcel.status == .collected || openingUnderWay(for: waybill) != nil
        else { return false }
        dialogue.report = nil
        fileReport(report.kind, of: waybill, byRecipient: true)
        return true
    }

    /// The parcel that a complaint or a survey is about, unless it may be one of several people who complains.
    var parcelOfOne: Waybill? {
        guard !openForRecipients().isEmpty else {
            return dialogue.earlierPickups.isEmpty ? dialogue.lastPickup?.parcels.first : nil
        }
        let parcels = parcelsOfRecipient()
        return areOfOne(parcels) ? parcels.first?.waybill : nil
    }
}
