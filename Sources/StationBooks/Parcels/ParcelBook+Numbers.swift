public import LockerDomain

/// One way for every look-up of a number: a parcel may have two (a parent's and its own, or one that it had before,
/// DESIGN 4.4), and a number may mean several parcels.
extension ParcelBook {
    /// The number under which the books have what a label, a card, a command or a manifest names; itself when they have
    /// nothing of the kind.
    public func name(of number: Waybill) -> Waybill {
        if contains(number) { return number }
        let whole = number.ofWhole
        return contains(whole) ? whole : formers[whole] ?? whole
    }

    /// The announced parcel of which this is a part (子件); `nil` for anything else.
    public func announcement(of waybill: Waybill) -> Parcel? {
        guard let child = ChildParcel(waybill), let parent = self[name(of: child.stem)], parent.announced,
            parent.mayHold(self[waybill])
        else { return nil }
        return parent
    }

    /// The parts of an announced parcel that the books have, by waybill; empty when it comes as one.
    public func parts(of waybill: Waybill) -> [Parcel] {
        guard !children.isEmpty, let parent = self[waybill], parent.announced else { return [] }
        let numbers = [waybill] + (parent.formerly ?? [])
        return numbers.flatMap { sorted(children[$0]) }.filter(parent.mayHold)
    }

    /// All that was announced as one with the parcel: the announced one itself, then its parts.
    package func family(of waybill: Waybill) -> [Parcel] {
        guard !children.isEmpty else { return self[waybill].map { [$0] } ?? [] }
        let root = announcement(of: waybill)?.waybill ?? waybill
        return (self[root].map { [$0] } ?? []) + parts(of: root)
    }

    /// Every parcel that a number of the county means: its own and, of what came in parts, each part.
    package func all(meantBy number: Waybill) -> [Parcel] {
        let name = name(of: number)
        let parts = parts(of: name)
        let own = self[name].map { [$0] } ?? []
        return parts.isEmpty ? own : own.filter { $0.isHere && $0.place != nil } + parts
    }

    /// Whether its code is that of the announced parcel of which it is a part: one code, which opens them in turn.
    package func isOpenedByParent(_ parcel: Parcel) -> Bool {
        guard let code = parcel.codeOf else { return false }
        return announcement(of: parcel.waybill)?.codeName == code
    }

    /// Whether it is the first part of what was checked in as one, with its bag or run: counted once.
    func isCheckedInAsOne(_ part: Waybill) -> Bool {
        guard let parent = announcement(of: part), parent.status == .received else { return false }
        return parts(of: parent.waybill).allSatisfy { $0.waybill == part || $0.status == .expected }
    }

    /// Whether something else in the books hangs on it: an announcement on which parts call, a part that is waited with.
    func isNeeded(_ parcel: Parcel) -> Bool {
        guard !children.isEmpty else { return false }
        let parts = parts(of: parcel.waybill)
        if parcel.status == .expected ? parts.contains(where: \.isHere) : !parts.isEmpty { return true }
        // Else the rest would be waited for for ever, also what was checked in as one with its bag or run.
        let waiting = announcement(of: parcel.waybill)?.status
        return (waiting == .expected || waiting == .received) && parcel.status != .expected
    }

    /// Whether all parts of an announced parcel have come in; where no suffix says how many there are, the first suffices.
    func isComplete(_ waybill: Waybill) -> Bool {
        guard let parent = self[waybill] else { return false }
        let parts = parts(of: waybill).filter { parent.hasGot($0) }
        return !parts.isEmpty && parts.count >= ChildParcel.needed(by: parts.map(\.waybill))
    }
}

extension Parcel {
    /// Whether a parcel may be a part of this one: what a line of its own announced for somebody else is not.
    fileprivate func mayHold(_ part: Parcel?) -> Bool {
        guard let part, part.announced, part.codeOf == nil, let theirs = part.recipientKey, let ours = recipientKey
        else { return true }
        return theirs == ours
    }

    /// Whether a part has come with this announcement: what left before it came with another.
    fileprivate func hasGot(_ part: Parcel) -> Bool {
        switch part.status {
        case .expected, .received: false
        case .stored, .withAgent, .refused, .retrieved, .missing, .inParts: true
        case .collected, .returned, .lost: part.codeOf == codeName && part.n == n
        }
    }
}
