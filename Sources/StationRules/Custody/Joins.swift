import LockerDomain
import StationBooks

/// Two numbers that are one parcel (转单号): a forwarded parcel gets a second one. The code that was announced stays, and
/// the books have the parcel under the number on its label.
enum Joins {
    /// Why two numbers are not made one parcel.
    enum NotJoined: Error, Sendable, Hashable {
        /// They are one already.
        case already
        /// Neither is of anything that is here or announced.
        case unknown
        /// Both lie here.
        case two
        /// One was collected, is for somebody else, or one of several parts; or it has too many numbers.
        case different
        /// It goes in or out at the moment.
        case busy(DoorName)
    }

    // MARK: By a manifest

    /// Joins what the line of a manifest gives as its other number. Returns why not, in words for the county.
    static func join(_ entry: ManifestEntry, manifest: String, in turn: inout Turn) -> String? {
        guard let formerly = entry.formerly?.ofWhole, formerly != entry.waybill else { return nil }
        do throws(NotJoined) {
            try join(formerly, to: entry.waybill, told: entry, person: nil, manifest: manifest, in: &turn)
            return nil
        } catch {
            switch error {
            case .already, .unknown: return nil
            case .two: return "\(formerly) and \(entry.waybill) both lie here: they are two parcels"
            case .different: return "\(formerly) is another parcel than \(entry.waybill)"
            case .busy(let door): return "\(formerly) or \(entry.waybill) is at the open door \(door): send it again"
            }
        }
    }

    // MARK: Rules

    /// - Parameter line: of a manifest, `nil` for a person who scanned both numbers.
    static func join(
        _ old: Waybill,
        to new: Waybill,
        told line: ManifestEntry?,
        person: String?,
        manifest: String?,
        in turn: inout Turn
    ) throws(NotJoined) {
        let formerly = turn.books.parcels.name(of: old)
        var waybill = turn.books.parcels.name(of: new)
        if formerly == waybill {
            // Joined the wrong way round: the label shows which number it is.
            guard waybill != new.ofWhole, turn.books.parcels.contains(waybill) else { throw .already }
            waybill = new.ofWhole
        }
        for number in [formerly, waybill] {
            if let door = Unlocking.openingUnderWay(for: number, in: turn)?.door { throw .busy(door) }
        }
        let (one, other) = (turn.books.parcels[formerly], turn.books.parcels[waybill])
        try check(one, other, line, in: turn)
        let code = Self.code(ofJoined: one, other) ?? (waybill, 0)
        let merged = StationState.merged(one, other)
        let parties = merged?.parties ?? turn.settings.parties(brand: nil)
        turn.emit(
            .parcelJoined(
                ParcelJoined(
                    waybill: waybill,
                    formerly: formerly,
                    parties: parties,
                    direction: .inbound,
                    n: code.n,
                    codeOf: code.name == waybill ? nil : code.name,
                    person: person,
                    manifest: manifest
                )
            )
        )
    }

    /// - Parameter line: of a manifest, whose recipient the books get to know after this.
    private static func check(
        _ one: Parcel?,
        _ other: Parcel?,
        _ line: ManifestEntry?,
        in turn: borrowing Turn
    ) throws(NotJoined) {
        let both = [one, other].compactMap { $0 }
        guard both.contains(where: { !$0.isOver }) else { throw .unknown }
        guard both.count(where: \.isHere) < 2 else { throw .two }
        // Somebody has it; parts have one code among them, and a count.
        let isOfParts = both.contains {
            $0.status == .collected || $0.status == .inParts || turn.books.parcels.isOpenedByParent($0)
                || turn.books.parcels.parts(of: $0.waybill).contains { $0.status != .expected }
        }
        let living = both.filter { !$0.isOver }
        let isOfOne =
            (living.count < 2 || areOfOne(living[0], living[1]))
            && living.allSatisfy { isOf($0, line) }
        let numbers = both.reduce(1) { $0 + ($1.formerly?.count ?? 0) }
        guard !isOfParts, isOfOne, numbers <= Limits.formerNumbersMax else { throw .different }
    }

    /// A phone that was typed here has another key than the same phone in a manifest; two keys of the county are two
    /// people, however their phones end.
    private static func areOfOne(_ one: Parcel, _ other: Parcel) -> Bool {
        guard let key = one.recipientKey, let another = other.recipientKey, key != another else { return true }
        guard !one.hasCountysKey || !other.hasCountysKey else { return false }
        return one.lastFour != nil && one.lastFour == other.lastFour
    }

    /// Whether a line may be for the recipient of a parcel: by the county's key, else by the end of the phone that was
    /// typed. Of the line's own number the county knows better than the person who typed.
    private static func isOf(_ parcel: Parcel, _ line: ManifestEntry?) -> Bool {
        guard let line else { return true }
        if parcel.hasCountysKey, let key = line.recipientKey { return parcel.recipientKey == key }
        guard parcel.waybill != line.waybill, let known = parcel.lastFour,
            let announced = Masking.lastFour(of: line.phoneMasked)
        else { return true }
        return known == announced
    }

    /// The one whose recipient was notified; else what was announced, the first number before the second; else what is
    /// here.
    private static func code(ofJoined one: Parcel?, _ other: Parcel?) -> (name: Waybill, n: UInt32)? {
        let living = [one, other].compactMap { $0 }.filter { !$0.isOver }
        let noticed = living.filter(\.hold.noticed)
        let holder = noticed.count == 1 ? noticed[0] : living.first(where: \.announced) ?? living.first
        return holder.map { ($0.codeName, $0.n) }
    }
}
