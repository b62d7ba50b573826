import LockerDomain
import StationBooks

/// The end of a step at a door: seen, assumed where no sensor shows it (DESIGN rule 8), or cut short.
enum Steps {
    /// A step at a door is over. Stored and collected mean: the door was seen open and then closed, or the step is
    /// marked as assumed (DESIGN rule 8).
    /// - Parameter goingOn: `false` when nothing more is opened for the person.
    static func complete(
        _ cycle: DoorCycle,
        at door: DoorName,
        evidence: Evidence,
        goingOn: Bool = true,
        in turn: inout Turn
    ) {
        let flow = cycle.purpose.flow
        remember(cycle, at: door, in: &turn)
        let step = Step(door: door, authority: cycle.authority, evidence: evidence, isFollowed: goingOn)
        for waybill in cycle.waybills { flow.completed(waybill, step, in: &turn) }
        if goingOn, flow.leadsQueue, leadsQueue(cycle, at: door, in: turn) { WorkQueue.openNext(in: &turn) }
    }

    /// Whether the session opened this door last: what somebody else shuts, or shut late, opens no further door for it.
    static func leadsQueue(_ cycle: DoorCycle, at door: DoorName, in turn: borrowing Turn) -> Bool {
        guard let session = turn.session else { return false }
        return session.lastDoor == door && cycle.authority == .badge(session.person)
    }

    /// What was taken from the door that was shut last, while somebody may still say that nothing was.
    private static func remember(_ cycle: DoorCycle, at door: DoorName, in turn: inout Turn) {
        guard let person = cycle.authority.person, cycle.purpose.flow.isTaking else { return }
        turn.recent.lastTaken = Recent.Taking(
            door: door,
            waybills: cycle.waybills,
            person: person,
            isMove: cycle.purpose == .move,
            until: turn.now.uptime + Limits.nothingInsideMilliseconds
        )
    }

    /// The step was cut short: nobody can vouch for what is behind the door (DESIGN rules 5, 8).
    static func interrupted(_ door: DoorName, in turn: inout Turn) {
        guard let cycle = turn.books.door(door).cycle else { return }
        for waybill in cycle.waybills.isEmpty ? [nil] : cycle.waybills.map(Optional.some) {
            turn.emit(.auditDifference(AuditDifference(door: door, waybill: waybill, finding: .interrupted)))
        }
    }

    // MARK: Doors without a working sensor

    /// A scan is the next thing that happens: every step that waits at a place without a sensor is over (rule 8). Only
    /// a person who refuses, found nothing or puts nothing in goes on with the same step. Returns whether END ended a
    /// step of the person at work, and so not yet the session.
    static func end(before scan: Scan, in turn: inout Turn) -> Bool {
        switch scan {
        case .card(let card) where goesOnWithStep(card, in: turn): return false
        // A person who ends the session, or comes instead, opens no further door of a batch.
        case .card(.end): return assumeOpenSteps(goingOn: false, in: &turn)
        case .token: assumeOpenSteps(goingOn: false, in: &turn)
        case .enter, .card, .otherCard, .typed, .label: assumeOpenSteps(in: &turn)
        }
        return false
    }

    /// Whether the card goes on with the step at a door without a sensor, instead of ending it.
    private static func goesOnWithStep(_ card: Card, in turn: borrowing Turn) -> Bool {
        switch card {
        case .refuse, .no: true
        case .door: turn.questions[WhichDoor.self] != nil
        default: false
        }
    }

    /// Returns whether a step of the person at work was among those that ended.
    @discardableResult
    private static func assumeOpenSteps(goingOn: Bool = true, in turn: inout Turn) -> Bool {
        guard !turn.books.doors.busy.isEmpty else { return false }
        let person = turn.session.map { Authority.badge($0.person) }
        var isOwn = false
        for door in turn.books.doors.busy.sorted() where !Unlocking.canSeeStep(at: door, in: turn) {
            let before = turn.books.door(door).cycle
            assumeStep(at: door, goingOn: goingOn, in: &turn)
            if before?.authority == person, turn.books.door(door).cycle?.id != before?.id { isOwn = true }
        }
        return isOwn
    }

    static func assumeStep(at door: DoorName, goingOn: Bool = true, in turn: inout Turn) {
        guard let cycle = turn.books.door(door).cycle, cycle.purpose != .audit,
            !Unlocking.canSeeStep(at: door, in: turn)
        else { return }
        guard cycle.purpose != .reopen, cycle.purpose != .support else { return interrupted(door, in: &turn) }
        complete(cycle, at: door, evidence: .assumed, goingOn: goingOn, in: &turn)
    }
}
