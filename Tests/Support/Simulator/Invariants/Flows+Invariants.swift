import LockerDomain
import StationBooks
import StationRules
import SyncWire

/// Judged by the true time of the world, whatever clock the station has.
struct NoticedFirst: Lasting {
    let sentence = "nothing is overdue before its recipient was told so long ago, and no untrusted clock fires it"
    private var told: [Waybill: Int64] = [:]
    private var hours: [Waybill: Int64] = [:]
    /// True time until which an extension holds it.
    private var extended: [Waybill: Int64] = [:]

    /// Recipients remember what they were told. What an extension was the station may have lost before it was sent.
    mutating func remember(_ other: NoticedFirst) {
        told.merge(other.told) { min($0, $1) }
        (hours, extended) = ([:], [:])
    }

    mutating func judge(_ step: Step, in world: World) -> String? {
        guard case .event(let line, _) = step else { return nil }
        switch line.event {
        case .parcelNoticed(let fact): if told[fact.waybill] == nil { told[fact.waybill] = world.clock.now }
        case .parcelHoldExtended(let fact):
            hours[fact.waybill, default: 0] += Int64(fact.hours)
            guard line.time.clock.isConfirmed else { return nil }
            extended[fact.waybill] = world.clock.now + Int64(fact.hours) * Span.hour
        case .parcelExpected(let fact):
            let waybill = fact.entry.waybill
            if fact.late != true { forget(waybill) }
            // What a manifest calls chilled late is held as that from then on, whatever was promised: it spoils.
            if world.proven.parcels[waybill]?.chilled == false, fact.entry.chilled { extended[waybill] = nil }
        // What comes back begins anew, and so does another parcel with the same number.
        case .parcelReceived(let fact):
            let before = world.proven.parcels[fact.waybill]?.status
            if before != .expected, before != .stored, before != .received { forget(fact.waybill) }
        case .parcelOverdue(let fact):
            guard line.time.clock.isConfirmed else { return "\(fact.waybill) by a clock of trust \(line.time.clock)" }
            guard let began = told[fact.waybill] else { return "nobody told the recipient of \(fact.waybill)" }
            if let until = extended[fact.waybill], world.clock.now < until - 10 * Span.second {
                return "\(fact.waybill) was to be held \((until - world.clock.now) / 1_000) s longer"
            }
            let policy = world.settings.policy
            let isChilled = world.proven.parcels[fact.waybill]?.isCold == true
            let usual = Int64(isChilled ? policy.chilledHoldHours : policy.holdHours)
            let held = (usual + hours[fact.waybill, default: 0]) * Span.hour
            let late = world.clock.now - began - held - paused(since: began, world)
            return late < -10 * Span.second ? "\(fact.waybill) \(-late / 1_000) s too early" : nil
        default: break
        }
        return nil
    }

    /// What a dark week takes from a hold period at least: it counts from the last sign of life to the start.
    private func paused(since told: Int64, _ world: World) -> Int64 {
        guard let dark = world.darkWeek, told < dark.lowerBound, world.clock.now > dark.upperBound else { return 0 }
        return dark.upperBound - dark.lowerBound
    }

    private mutating func forget(_ waybill: Waybill) {
        (told[waybill], hours[waybill], extended[waybill]) = (nil, nil, nil)
    }
}

/// Judged by the true time of the world: nobody is asked how long the station thinks that it was dark.
struct DarkTime: Invariant {
    let sentence = "after more than six hours in the dark nothing is overdue for a day"
    private var wentDark: Int64?
    /// When the program started that runs now.
    private var started: Int64?
    /// When the long darkness ended that gave a parcel its day.
    private var woke: [Waybill: Int64] = [:]

    mutating func judge(_ step: Step, in world: World) -> String? {
        switch step {
        case .recovered: started = started ?? world.clock.now
        case .crashed:
            // A run whose disk took nothing was no darkness all the same: its marks of life lie beside the journal.
            let mark = world.clock.now - world.clock.moment.uptime % Limits.lifeMarkMilliseconds
            let hasLived = started.map { $0 <= mark } ?? false
            wentDark = hasLived ? world.clock.now : wentDark ?? world.clock.now
            started = nil
        case .event(let line, _):
            switch line.event {
            case .stationStarted:
                defer { wentDark = nil }
                // A minute for what is not dark yet: the start of the program.
                guard let wentDark, world.clock.now - wentDark > 6 * Span.hour + Span.minute else { return nil }
                for parcel in world.proven.parcels.values where parcel.status == .stored {
                    let hold = parcel.hold
                    guard hold.began != nil, !hold.isOverdue, hold.grace == nil else { continue }
                    woke[parcel.waybill] = world.clock.now
                }
            case .parcelExpected(let fact): woke[fact.entry.waybill] = nil
            case .parcelReceived(let fact):
                let before = world.proven.parcels[fact.waybill]?.status
                if before != .stored { woke[fact.waybill] = nil }
            case .parcelOverdue(let fact):
                guard let since = woke[fact.waybill] else { return nil }
                let hours = Double(world.clock.now - since) / Double(Span.hour)
                return hours < 23.99 ? "\(fact.waybill) \(hours) h after the start" : nil
            default: break
            }
        default: break
        }
        return nil
    }
}

struct QuietReminders: Lasting {
    let sentence = "recipients are reminded by day alone, and eight hours after the last notice at the earliest"
    private var last: [Waybill: Int64] = [:]

    /// The last reminder may be lost before it was sent, the first notice is the county's.
    mutating func remember(_ other: QuietReminders) { for waybill in other.last.keys { last[waybill] = 0 } }

    mutating func judge(_ step: Step, in world: World) -> String? {
        guard case .event(let line, _) = step else { return nil }
        switch line.event {
        case .parcelNoticed(let fact):
            if line.time.clock.isConfirmed, world.proven.parcels[fact.waybill]?.hold.began == nil {
                last[fact.waybill] = world.clock.now
            }
            return nil
        case .parcelNoticeDue(let fact):
            defer { last[fact.waybill] = world.clock.now }
            guard line.time.clock.isConfirmed else { return "\(fact.waybill) by a clock of trust \(line.time.clock)" }
            // A clock that can be believed may still be some seconds off.
            let hour = (world.clock.now + 8 * Span.hour) % Span.day
            guard hour > 8 * Span.hour - 10 * Span.second, hour < 21 * Span.hour + 10 * Span.second else {
                return "\(fact.waybill) at \(hour / Span.hour) o'clock"
            }
            guard let before = last[fact.waybill] else { return "nobody told the recipient of \(fact.waybill)" }
            let gap = world.clock.now - before
            return gap < 8 * Span.hour - 10 * Span.second ? "\(fact.waybill) after \(gap / 1_000) s" : nil
        default: return nil
        }
    }
}

struct RightfulOpening: Invariant {
    let sentence = "an occupied door opens only by code, token, delegation or support code, or by a proven badge"

    func judge(_ step: Step, in world: World) -> String? {
        guard case .event(let line, _) = step, case .doorUnlockRequested(let fact) = line.event, fact.attempt == 1
        else { return nil }
        let booked = world.proven.booked(behind: fact.door)
        let isEmpty = world.proven.door(fact.door).contents == .empty && booked.isEmpty
        switch fact.authority {
        // Whose codes these are `OwnCode` judges.
        case "code", "token", "delegation", "relative": return nil
        case "support":
            let isAsked = fact.purpose == .support && fact.waybills.isEmpty
            return isAsked ? nil : "\(fact.door) for \(fact.purpose)"
        case "sender":
            if fact.purpose == .dropOff { return isEmpty ? nil : "\(fact.door) holds \(booked)" }
            // Nobody saw it go: the same code looks behind the same door once more (rule 8).
            if fact.purpose == .senderPickup, fact.waybills.count == 1, booked.isEmpty,
                let shipment = world.proven.shipments[fact.waybills[0]], shipment.status == .returned,
                shipment.leftFrom == .door(fact.door), shipment.reusableUntil ?? 0 > line.time.wall
            {
                return nil
            }
            guard fact.purpose == .senderPickup, fact.waybills.count == 1, booked == Set(fact.waybills) else {
                return "\(fact.door) holds \(booked) and opens for \(fact.waybills)"
            }
            let status = world.proven.shipments[fact.waybills[0]]?.status
            return status == .droppedOff || status == .rejected ? nil : "\(fact.waybills[0]) is not its sender's"
        default: break
        }
        if isEmpty { return nil }
        guard let session = world.proven.session, fact.authority == "badge \(session.person)", session.proven else {
            return "\(fact.door) holds \(booked) and opens by \(fact.authority)"
        }
        guard fact.purpose == .agent else { return nil }
        let isDelegated = fact.waybills.allSatisfy { waybill in
            let key = world.proven.parcels[waybill]?.recipientKey
            return key.flatMap { world.proven.delegations[$0] }?.delegate == .agent(session.person)
        }
        return isDelegated ? nil : "\(fact.door) opens for \(fact.waybills), which nobody delegated"
    }
}

/// Counts the cards by itself: the draft of the session is not asked.
struct ThreeSystems: Invariant {
    let sentence = "a shipment is accepted only with real name, inspection and screening (三项制度), and counted once"
    private var draft: String?
    private var said: Set<SessionNoted.Note> = []

    mutating func judge(_ step: Step, in world: World) -> String? {
        guard case .event(let line, _) = step else { return nil }
        switch line.event {
        case .sessionOpened, .sessionClosed, .sessionWorkChanged: (draft, said) = (nil, [])
        case .sessionNoted(let fact):
            if fact.note == .shipment || fact.note == .label { (draft, said) = (fact.value, []) }
            if draft != nil { said.insert(fact.note) }
        case .shipmentAccepted(let fact):
            defer { (draft, said) = (nil, []) }
            guard draft == fact.waybill.rawValue else { return "\(fact.waybill) is not on the counter" }
            let isMet = said.isSuperset(of: [.realName, .inspected, .screened])
            let isNamed = (try? world.profile.policy.realName.number(fact.realName)) == fact.realName
            guard isMet, isNamed, fact.screened, fact.inspectedBy == world.proven.session?.person else {
                return "\(fact.waybill) with \(said.map(\.rawValue).sorted())"
            }
        case .shipmentRejected(let fact):
            (draft, said) = (nil, [])
            let wasAccepted = world.proven.shipments[fact.waybill]?.status == .accepted
            return (fact.wasAccepted == true) == wasAccepted ? nil : "\(fact.waybill), accepted: \(wasAccepted)"
        default: break
        }
        return nil
    }
}

/// Hears what the station answers.
struct NothingLeft: Invariant {
    let sentence = "what its sender takes home again is not booked, once the station has said so"
    private var ended: [DoorName: Int] = [:]

    mutating func judge(_ step: Step, in world: World) -> String? {
        switch step {
        case .performing(.answer(let answer), _):
            guard answer.id == .dropOffEnded, case .door(let door)? = world.cabinet.place(in: answer.en) else {
                return nil
            }
            ended[door] = world.proven.door(door).cycle?.id
        case .event(let line, _):
            guard case .shipmentDroppedOff(let fact) = line.event, case .door(let door) = fact.place,
                let cycle = world.proven.door(door).cycle?.id
            else { return nil }
            return ended[door] == cycle ? "\(fact.waybill) behind \(door)" : nil
        default: break
        }
        return nil
    }
}

struct WatchedDropOff: Invariant {
    let sentence = "nobody is let to leave a shipment while a camera that covers it does not work"

    func judge(_ step: Step, in world: World) -> String? {
        guard case .event(let line, _) = step, case .doorUnlockRequested(let fact) = line.event,
            fact.purpose == .dropOff, fact.attempt == 1
        else { return nil }
        let covering = world.profile.cameras.filter { world.profile.coverage[$0]?.contains(.outbound) ?? true }
        let blind = covering.filter { world.proven.cameras[$0]?.online != true }
        guard blind.isEmpty, !covering.isEmpty else { return "\(fact.door) for \(fact.waybills), blind: \(blind)" }
        return nil
    }
}
