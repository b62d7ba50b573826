import LockerDomain
import StationBooks

/// Every kind of input, and where it is decided.
enum Deciding {
    static func decide(_ input: Input, in turn: inout Turn) {
        switch input {
        case .started(let version, let levels, let sign):
            Lifecycle.start(version: version, levels: levels, after: sign, in: &turn)
        case .stopping(let reason): Lifecycle.stop(reason, in: &turn)
        case .text(let text, let source): Reading.read(text, from: source, in: &turn)
        case .level(let door, let level): Levels.sensed(level, at: door, in: &turn)
        case .pulseEnded(let door, let cycle, let fault): Pulses.ended(door, cycle: cycle, fault: fault, in: &turn)
        case .interrupted(let door): Steps.interrupted(door, in: &turn)
        case .timer(let key): fire(key, in: &turn)
        case .scanner(let report): Devices.reported(report, in: &turn)
        case .camera(let name, let reading): Devices.read(name, reading, in: &turn)
        case .command(let command): Commands.carryOut(command, in: &turn)
        case .clockChanged(let before, let after, let jump, let user):
            let fact = ClockChanged(before: before, after: after, jumpMilliseconds: jump, by: user)
            turn.emit(.stationClockChanged(fact))
        case .storage(let storage): Lifecycle.changed(storage, in: &turn)
        case .keysRead(let credentials): Lifecycle.use(credentials, in: &turn)
        case .enrolled(let credentials, let by):
            Lifecycle.use(credentials, in: &turn)
            turn.emit(.stationConfigChanged(ConfigChanged(item: "enrolment", by: by)))
        case .journalReplaced(let fact): turn.emit(.stationJournalReplaced(fact))
        case .booksRecovered(let fact, let lines): Lifecycle.recover(fact, lines, in: &turn)
        case .journalPruned(let fact): turn.emit(.stationJournalPruned(fact))
        }
    }

    private static func fire(_ key: TimerKey, in turn: inout Turn) {
        switch key {
        case .openWait(let door, let cycle, let attempt):
            Pulses.openWaitOver(door, cycle: cycle, attempt: attempt, in: &turn)
        case .leftOpen(let door, let cycle): Levels.leftOpen(door, cycle: cycle, in: &turn)
        case .assumed(let door, let cycle):
            guard turn.books.door(door).cycle?.id == cycle else { return }
            Steps.assumeStep(at: door, in: &turn)
        case .sessionIdle(let id):
            guard let session = turn.session, session.id == id else { return }
            Sessions.close(session, .idle, in: &turn)
        case .housekeeping: Holds.lookAtHolds(in: &turn)
        case .repeats: Bounces.writeRows(in: &turn)
        }
    }
}
