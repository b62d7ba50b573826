import LockerDomain
import StationBooks
import SyncWire

/// What comes in, against what was said of it: by the manifest, and by the card before it (令2019-16).
struct FitPlace: Lasting {
    let sentence = "what goes behind a door fits it, within reach, chilled or not, may lie there and is wanted"
    /// What the last card of the session said.
    private var pending: ParcelException?
    private var declared: [Waybill: ParcelException] = [:]
    /// Declared in another journal: the station knows of it what came back.
    private var before: Set<Waybill> = []

    mutating func remember(_ other: FitPlace) {
        before = Set(other.declared.keys).union(other.before).union(declared.keys)
    }

    mutating func judge(_ step: Step, in world: World) -> String? {
        guard case .event(let line, _) = step else { return nil }
        switch line.event {
        // What is reported at once needs no card any more.
        case .sessionOpened, .sessionClosed, .sessionWorkChanged, .parcelDamaged, .parcelShort: pending = nil
        // What comes late says nothing against the card: the sender's agreement alone may come with it.
        case .parcelExpected(let fact): if fact.late != true { declare(fact.entry.waybill, nil) }
        case .sessionNoted(let fact):
            guard fact.note == .exception else { return nil }
            let exception = fact.value.flatMap(ParcelException.init(rawValue:))
            // What came with its bag was in already.
            if let waybill = fact.waybill { declare(waybill, exception) }
            pending = fact.waybill == nil ? exception : nil
        case .parcelReceived(let fact):
            guard fact.how == .scan else { return nil }
            declare(fact.waybill, pending)
            pending = nil
        case .doorUnlockRequested(let fact):
            guard fact.purpose == .deposit, fact.attempt == 1 else { return nil }
            for waybill in fact.waybills {
                if let detail = judge(waybill, behind: fact.door, world) { return detail }
            }
        case .doorParcelAdded(let fact):
            guard world.proven.door(fact.door).cycle?.purpose == .deposit else { return nil }
            return judge(fact.waybill, behind: fact.door, world)
        case .parcelStored(let fact):
            guard case .shelf(let shelf) = fact.place, let parcel = world.proven.parcels[fact.waybill] else {
                return nil
            }
            if parcel.chilled { return "\(fact.waybill) is chilled and lies on \(shelf)" }
            return isWanted(parcel, world)
        default: break
        }
        return nil
    }

    private mutating func declare(_ waybill: Waybill, _ exception: ParcelException?) {
        declared[waybill] = exception
        before.remove(waybill)
    }

    private func declaration(of parcel: Parcel) -> ParcelException? {
        before.contains(parcel.waybill) ? parcel.exception : declared[parcel.waybill]
    }

    private func judge(_ waybill: Waybill, behind door: DoorName, _ world: World) -> String? {
        guard let parcel = world.proven.parcels[waybill] else { return nil }
        guard let settings = world.cabinet.doors[door]?.settings else { return "there is no \(door)" }
        let isCold = parcel.isCold || isFresh(parcel, world)
        if settings.chilled != isCold { return "\(waybill), chilled: \(isCold), goes behind \(door)" }
        // Where the keeper finds one by an audit, it was not the station that put it there.
        if settings.size < parcel.size { return "\(waybill), \(parcel.size), goes behind \(door), \(settings.size)" }
        if let reach = parcel.reach, reach != settings.reach {
            return "\(waybill), \(reach), goes behind \(door), \(settings.reach)"
        }
        switch declaration(of: parcel) {
        case .damaged, .weight: return "\(waybill) is no parcel for \(door)"
        case .fresh, .valuable: if !parcel.senderAgreement { return "\(waybill): its sender did not agree to \(door)" }
        case nil: break
        }
        return isWanted(parcel, world)
    }

    private func isFresh(_ parcel: Parcel, _ world: World) -> Bool {
        declaration(of: parcel) == .fresh && parcel.senderAgreement
            && world.settings.doors.contains(where: \.chilled)
    }

    /// What is moved was in already.
    private func isWanted(_ parcel: Parcel, _ world: World) -> String? {
        guard parcel.movedFrom == nil else { return nil }
        if parcel.consent == .none, world.settings.policy.withoutConsent == .refuse {
            return "\(parcel.waybill) without consent"
        }
        guard let station = parcel.station, station != world.settings.id else { return nil }
        return "\(parcel.waybill) is for \(station)"
    }
}
