import LockerDomain
import StationBooks

/// Two numbers that are one parcel (转单号): a forwarded parcel gets a second one. Told is told: the code that was announced
/// stays, and the books have the parcel under the number on its label.
extension Station {
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

    // MARK: By the keeper

    /// JOIN and two scans: the number that was announced, then the one on the label. Joined or refused, what was at hand
    /// before goes on.
    mutating func join(_ number: Waybill, by session: Session, from source: TextSource) {
        guard session.proven else { return reject(number, .needsPIN, .needsPIN, from: source) }
        guard storage == .ok else {
            endJoining()
            return reject(number, .storage, .storageReserve, from: source)
        }
        guard let first = dialogue.joining, first.session == session.id, first.number != number else {
            dialogue.joining = (number, session.id, now.uptime + Limits.followUpMilliseconds)
            return reject(number, .awaitsScan, .scanNewNumber, from: source)
        }
        do throws(NotJoined) {
            try join(first.number, to: number, told: nil, person: session.person, manifest: nil)
            endJoining()
            answer(.joined)
        } catch {
            endJoining()
            switch error {
            case .already: reject(number, .doubled, .joinedAlready, from: source)
            case .unknown: reject(number, .unknown, .notHere, from: source)
            case .two: reject(number, .outOfContext, .twoParcels, from: source)
            case .different: reject(number, .outOfContext, .cannotJoin, from: source)
            case .busy(let door): reject(number, .outOfContext, .doorBusy, door.rawValue, from: source)
            }
        }
    }

    private mutating func endJoining() {
        dialogue.joining = nil
        endWorkForOne()
    }

    // MARK: By a manifest

    /// What the line of a manifest says of another number. Returns why not, in words for the county.
    mutating func join(_ entry: ManifestEntry, manifest: String) -> String? {
        guard let formerly = entry.formerly?.ofWhole, formerly != entry.waybill else { return nil }
        do throws(NotJoined) {
            try join(formerly, to: entry.waybill, told: entry, person: nil, manifest: manifest)
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

    private mutating func join(
        _ old: Waybill,
        to new: Waybill,
        told line: ManifestEntry?,
        person: String?,
        manifest: String?
    ) throws(NotJoined) {
        let formerly = state.parcels.name(of: old)
        var waybill = state.parcels.name(of: new)
        if formerly == waybill {
            // Joined the wrong way round: the label says which number it is.
            guard waybill != new.ofWhole, state.parcels.contains(waybill) else { throw .already }
            waybill = new.ofWhole
        }
        for number in [formerly, waybill] {
            if let door = openingUnderWay(for: number)?.door { throw .busy(door) }
        }
        let (one, other) = (state.parcels[formerly], state.parcels[waybill])
        try check(one, other, line)
        let code = Self.code(ofJoined: one, other) ?? (waybill, 0)
        let merged = StationState.merged(one, other)
        emit(
            .parcelJoined(
                ParcelJoined(
                    waybill: waybill,
                    formerly: formerly,
                    parties: merged?.parties ?? settings.parties(brand: nil),
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
    private func check(_ one: Parcel?, _ other: Parcel?, _ line: ManifestEntry?) throws(NotJoined) {
        let both = [one, other].compactMap { $0 }
        guard both.contains(where: { !$0.isOver }) else { throw .unknown }
        guard both.count(where: \.isHere) < 2 else { throw .two }
        // Somebody has it; parts have one code among them, and a count.
        let isOfParts = both.contains {
            $0.status == .collected || $0.status == .inParts || state.parcels.isOpenedByParent($0)
                || state.parcels.parts(of: $0.waybill).contains { $0.status != .expected }
        }
        let living = both.filter { !$0.isOver }
        let isOfOne =
            (living.count < 2 || Self.areOfOne(living[0], living[1]))
            && living.allSatisfy { Self.isOf($0, line) }
        let numbers = both.reduce(1) { $0 + ($1.formerly?.count ?? 0) }
        guard !isOfParts, isOfOne, numbers <= Limits.formerNumbersMax else { throw .different }
    }

    /// A phone that was typed here has another key than the same phone in a manifest; two keys of the county are two people,
    /// however their phones end.
    private static func areOfOne(_ one: Parcel, _ other: Parcel) -> Bool {
        guard let key = one.recipientKey, let another = other.recipientKey, key != another else { return true }
        guard !one.hasCountysKey || !other.hasCountysKey else { return false }
        return one.lastFour != nil && one.lastFour == other.lastFour
    }

    /// Whether a line may be for whoever a parcel is for: by the county's key, else by the end of the phone that was typed. Of
    /// the line's own number the county knows better than who typed.
    private static func isOf(_ parcel: Parcel, _ line: ManifestEntry?) -> Bool {
        guard let line else { return true }
        if parcel.hasCountysKey, let key = line.recipientKey { return parcel.recipientKey == key }
        guard parcel.waybill != line.waybill, let known = parcel.lastFour,
            let told = Masking.lastFour(of: line.phoneMasked)
        else { return true }
        return known == told
    }

    /// Whose recipient was told; else what was announced, the first number before the second; else what is here.
    private static func code(ofJoined one: Parcel?, _ other: Parcel?) -> (name: Waybill, n: UInt32)? {
        let living = [one, other].compactMap { $0 }.filter { !$0.isOver }
        let told = living.filter(\.hold.noticed)
        let holder = told.count == 1 ? told[0] : living.first(where: \.announced) ?? living.first
        return holder.map { ($0.codeName, $0.n) }
    }
}
