import LockerDomain

/// Two numbers that are one parcel (转单号) become one in the books.
extension StationState {
    /// One parcel of two: what lies here, with what was announced of it under the other number.
    package static func merged(_ one: Parcel?, _ other: Parcel?) -> Parcel? {
        // A line that comes later knows more.
        let both = [other, one].compactMap { $0 }
        let living = both.filter { !$0.isOver }
        guard var parcel = living.first(where: \.isHere) ?? living.first ?? both.first else { return nil }
        if let known = living.first(where: { $0.waybill != parcel.waybill }) { parcel.fill(from: Announcement(known)) }
        return parcel
    }

    /// Keeps the counter of a code that the parcel has no more, so that it never falls: no code is made twice in a year.
    mutating func retire(_ waybill: Waybill, under code: Waybill?, at now: Moment) {
        guard let parcel = parcels[waybill], parcel.isOver || parcel.codeName != code ?? waybill else { return }
        closed.close(parcel.codeName, n: parcel.n, day: max(now.shanghaiDay, sweptDay))
    }

    mutating func joined(_ fact: ParcelJoined, at now: Moment) {
        let (one, other) = (parcels[fact.formerly], parcels[fact.waybill])
        guard var parcel = Self.merged(one, other) else { return }
        for number in [fact.formerly, fact.waybill] {
            retire(number, under: fact.codeOf ?? fact.waybill, at: now)
        }
        let before = [one, other].flatMap { $0?.formerly ?? [] }
        parcel.formerly = (before + [fact.formerly]).reduce(into: []) { numbers, number in
            if number != fact.waybill, !numbers.contains(number) { numbers.append(number) }
        }
        parcel.waybill = fact.waybill
        parcel.n = fact.n
        parcel.codeOf = fact.codeOf
        parcels[fact.formerly] = nil
        parcels[fact.waybill] = parcel
        let living = [one, other].compactMap { $0 }.filter { !$0.isOver }
        if let told = living.first(where: \.hasCountysKey) {
            for typed in living { carryDelegation(of: typed, to: told.recipientKey, phone: told.phoneMasked) }
        }
        if session?.villager == fact.formerly { session?.villager = fact.waybill }
        // What was asked of a deposit that was cut short is asked under its new number.
        for name in doors.asking where doors[name]?.asked.contains(fact.formerly) == true {
            change(name) { $0.renameAsked(fact.formerly, to: fact.waybill) }
        }
    }
}

extension DoorState {
    fileprivate mutating func renameAsked(_ old: Waybill, to new: Waybill) {
        if asksInside == old { asksInside = new }
        asksNext = asksNext.map { $0 == old ? new : $0 }
    }
}
