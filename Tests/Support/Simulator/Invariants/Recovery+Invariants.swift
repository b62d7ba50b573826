import LockerDomain
import StationBooks
import StationCore
import StationRules
import SyncWire

extension Topics {
    /// What the journal tells of behind an event.
    fileprivate init(behind after: EventID, _ disk: Disk) {
        self.init()
        guard let index = disk.incarnations.firstIndex(of: after.incarnation) else { return }
        let end = Position(generation: index + 1, sequence: after.sequence)
        for line in disk.lines where line.position > end { if let event = line.read?.event { add(event) } }
    }
}

/// Reckoned from the county's own account of what it has, when the station says that all is back.
struct ComesBack: Invariant {
    let sentence = "what lay here before a journal was lost is known again, and its code works; what had left has left"
    /// What the journal has told of since the loss.
    private var told = Topics()
    /// Where somebody did not find it since.
    private var unseen: [Waybill: Place] = [:]

    mutating func judge(_ step: Step, in world: World) -> String? {
        guard case .event(let line, _) = step else { return nil }
        switch line.event {
        case .auditDifference(let fact):
            guard fact.finding == .changedWhileOff, let waybill = fact.waybill else { break }
            unseen[waybill] = fact.door.map(Place.door) ?? fact.shelf.map(Place.shelf)
        case .stationJournalReplaced(let fact):
            // An older copy, or one that was damaged: what it wrote beside the county's chain counts as well.
            if let after = fact.recoverAfter.flatMap(EventID.init) { told = Topics(behind: after, world.disk) }
        case .stationBooksRecovered(let fact):
            guard fact.incarnation == nil else { return nil }
            defer { (told, unseen) = (Topics(), [:]) }
            return check(world)
        default: break
        }
        told.add(line.event)
        return nil
    }

    private func check(_ world: World) -> String? {
        let ledger = world.county.books.recovered(besides: told)
        let mixed = ledger.mixed.union(ledger.mixture { told.waybills.contains($0) })
        let state = world.machine.state
        for (waybill, entry) in ledger.parcels.sorted(by: { $0.key < $1.key }) {
            guard !told.waybills.contains(waybill), !mixed.contains(waybill), !isBoth(waybill, ledger) else { continue }
            guard entry.isHere else {
                guard let parcel = state.parcels[waybill], parcel.isInside else { continue }
                return "\(waybill) had left, the county has \(entry), and it is inside again: \(parcel)"
            }
            guard let parcel = state.parcels[waybill] else {
                return "\(waybill) is not known, the county has \(entry); told since: \(told.waybills.count) numbers"
            }
            // The county has it where nobody found it since: said to be missing with the last page.
            if parcel.status == .missing, let place = unseen[waybill], entry.isInside, entry.place == place { continue }
            guard parcel.status == entry.standing, !parcel.isInside || parcel.place == entry.place,
                parcel.n == entry.n
            else { return "\(waybill) came back as \(parcel), the county has \(entry)" }
            if entry.standing == .stored, let detail = opens(parcel, world) { return detail }
        }
        return nil
    }

    /// A number may be that of a parcel and of a shipment: what the station writes about one is about both.
    private func isBoth(_ waybill: Waybill, _ ledger: Ledger) -> Bool { ledger.shipments[waybill] != nil }

    private func opens(_ parcel: Parcel, _ world: World) -> String? {
        if parcel.isDoubtful {
            guard case .door(let door)? = parcel.place, told.doors.contains(door) else {
                return "\(parcel.waybill) is back, and its code still opens nothing: \(parcel)"
            }
            return nil
        }
        let code = parcel.code(world.county.codeKey)
        guard let station = world.machine.station, station.codes.waybills(for: code).isEmpty else { return nil }
        return "\(parcel.waybill) is back, and its code is that of nothing: \(parcel)"
    }
}

/// Looks at the books before and behind each page.
struct WrittenSince: Invariant {
    let sentence = "what comes back overwrites nothing that the station has written since"
    private var told: Topics?

    mutating func judge(_ step: Step, in world: World) -> String? {
        switch step {
        case .event(let line, _):
            switch line.event {
            case .stationJournalReplaced(let fact): if fact.stateKept != true, told == nil { told = Topics() }
            case .stationBooksRecovered(let fact): if fact.incarnation == nil { told = nil }
            default: told?.add(line.event)
            }
            return nil
        case .decided(let post, _):
            guard case .booksRecovered(_, let lines) = post.input, !lines.isEmpty, let told else { return nil }
            return check(told, world)
        default: return nil
        }
    }

    private func check(_ told: Topics, _ world: World) -> String? {
        let (before, now) = (world.proven, world.machine.state)
        for waybill in told.waybills.sorted() {
            guard let known = before.parcels[waybill] else {
                guard let parcel = now.parcels[waybill] else { continue }
                return "\(waybill), of which nothing was left, is \(parcel)"
            }
            guard let parcel = now.parcels[waybill] else {
                // What is over is forgotten after some days, whatever comes back.
                guard known.isInside else { continue }
                return "\(waybill) is gone, it was \(known)"
            }
            // The last part of what was announced may come back.
            if parcel.status == .inParts { continue }
            let isSame =
                parcel.status == known.status && parcel.place == known.place && parcel.n == known.n
                && parcel.codeOf == known.codeOf
            guard isSame else { return "\(waybill) was \(known), a page makes it \(parcel)" }
        }
        for waybill in told.waybills.sorted() where before.shipments[waybill] != now.shipments[waybill] {
            let (was, becomes) = (
                String(describing: before.shipments[waybill]), String(describing: now.shipments[waybill])
            )
            return "\(waybill) was \(was), a page makes it \(becomes)"
        }
        for villager in told.recipients.sorted() where before.withdrawals[villager] != now.withdrawals[villager] {
            return "what \(villager) took back is changed by a page"
        }
        return nil
    }
}

/// By the county's account of who has taken back what was given to others.
struct TakenBack: Invariant {
    let sentence = "what a villager took back from others stays taken back when a lost journal comes back"
    private var told = Topics()

    mutating func judge(_ step: Step, in world: World) -> String? {
        guard case .event(let line, _) = step else { return nil }
        if case .stationJournalReplaced(let fact) = line.event, let after = fact.recoverAfter.flatMap(EventID.init) {
            told = Topics(behind: after, world.disk)
        }
        told.add(line.event)
        guard case .stationBooksRecovered(let fact) = line.event, fact.incarnation == nil else { return nil }
        defer { told = Topics() }
        let kept = world.machine.state.withdrawals
        let lost = world.county.books.recovered(besides: told).takenBack.sorted().first { villager in
            kept[villager] == nil && !told.recipients.contains(villager)
        }
        return lost.map { "\($0) has taken it back, and the station does not know" }
    }
}
