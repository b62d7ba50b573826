import LockerDomain
import PortFakes
import StationBooks
import StationCore
import StationPorts
import SyncWire

/// What the county has of a lost journal comes back page by page, as the uplink's own loop asks for it (DESIGN 4.9). All
/// chance is apart: worlds that lose nothing stay what they are.
extension World {
    static let recovers = "what the county has of a lost journal comes back in the end"
    static let keepsBeside = "what the county gave back is kept beside the event that tells it"

    /// Begins to ask when something is missing, and nobody asks yet.
    func wantBooks() {
        guard machine.isRunning, recovery?.run != machine.run, let core = machine.core, let wanted = core.recoveryWanted
        else { return }
        // The first board of a new station: the answer is known, and no trip of a message is played.
        if !wanted.isLoss, county.books.chains.isEmpty, (try? core.booksAreWhole(at: moment)) != nil { return }
        let recovery = Recovery(
            run: machine.run,
            end: core.log.position,
            pageLines: recoveryChance.count(20...400)
        )
        self.recovery = recovery
        // The county may not answer for hours, while people come. What another board left is asked for at once.
        let isSlow = wanted.isLoss && recoveryChance.happens(500)
        later(isSlow ? Span.minute...9 * Span.hour : 500...20_000, recovery)
    }

    private func later(_ milliseconds: ClosedRange<Int64>, _ recovery: Recovery) {
        let pause = recoveryChance.within(milliseconds)
        after(isClosing ? min(pause, Span.minute) : pause, run: recovery.run) { world in
            if world.recovery === recovery { world.goOn(recovery) }
        }
    }

    private func goOn(_ recovery: Recovery) {
        guard let core = machine.core, let wanted = core.recoveryWanted else {
            self.recovery = nil
            return
        }
        let isLost = !isClosing && recoveryChance.happens(80)
        guard link.isUp, disk.acknowledged >= recovery.end, !isLost else {
            recovery.course = nil
            return later(5_000...60_000, recovery)
        }
        // Nothing is asked of a disk that takes nothing; the shipped loop tries and fails, and waits as long.
        guard mood == .well, machine.storage == .ok else { return later(5_000...60_000, recovery) }
        do {
            if recovery.course == nil {
                let list = county.books.incarnations(at: WireTime.text(clock.now))
                recovery.course = try RecoveryCourse(wanted, list, in: journal)
            }
            // As the engine does it: what waits comes first.
            drain()
            guard machine.run == recovery.run else { return }
            guard let question = recovery.course?.question else { return try finish(recovery, core) }
            try foldIn(question, recovery, core)
            guard machine.run == recovery.run else { return }
            afterTurn()
            // Some boards lose their power just then.
            if !isClosing, recoveryChance.happens(30) {
                crash(recoveryChance.happens(500) ? .power : .program, at: "while the county's copy comes back")
            }
        } catch {
            log.note(clock.now, .word("the recovery failed: \(error)"))
            recovery.course = nil
            guard machine.run == recovery.run else { return }
            afterTurn()
        }
        later(50...5_000, recovery)
    }

    private func foldIn(
        _ question: RecoveryCourse.Question,
        _ recovery: Recovery,
        _ core: TurnCore<WorldHands>
    ) throws {
        let answer = county.books.page(question, limit: recovery.pageLines)
        let isLast = answer.map { $0.last == county.books.count(of: $0.incarnation) } ?? true
        guard let page = try recovery.course?.take(answer), let given = rules.givenBack(page, isLast),
            let tail = recovery.course?.tail
        else { return }
        try core.recover(given, besides: tail, at: moment)
    }

    private func finish(_ recovery: Recovery, _ core: TurnCore<WorldHands>) throws {
        let generation = core.log.incarnation.generation
        if recovery.course?.end == .takeOver, rules.takesOver {
            let shared = recovery.course?.shared
            try core.replaceIncarnation(generation, reason: .restored, shared: shared, at: moment)
            closed = generation
        } else {
            try core.booksAreWhole(at: moment)
        }
        guard machine.run == recovery.run else { return }
        self.recovery = nil
        afterTurn()
    }

    // MARK: What is proven

    /// Takes into the books that the durable events prove what lies beside an event.
    func proveRecovered(_ line: EventLine, at position: Position) {
        guard case .stationBooksRecovered(let fact) = line.event, fact.kept > 0 else { return }
        let kept = disk.recovered[position] ?? []
        let lines = kept.compactMap { try? EventLine(decoding: $0) }
        guard lines.count == fact.kept else {
            return fail(Self.keepsBeside, "\(position): \(lines.count) lines beside it, it names \(fact.kept)")
        }
        proven.recover(lines.map { RecoveredEvent($0.event, at: $0.time) })
        var topics = Topics()
        for line in lines { topics.add(line.event) }
        cameBack.formUnion(topics.waybills)
    }

    /// What is put somewhere anew is no matter of the county's copy any more.
    func forgetReturn(_ event: Event) {
        switch event {
        case .parcelStored(let fact): cameBack.remove(fact.waybill)
        case .parcelRelocated(let fact): cameBack.remove(fact.waybill)
        case .shipmentDroppedOff(let fact): cameBack.remove(fact.waybill)
        case .shipmentStored(let fact): cameBack.remove(fact.waybill)
        default: break
        }
    }

    /// All is back. What was never sent is lost for good, and some of it was about these places.
    func excuseWhatIsLost() {
        for door in cabinet.names where proven.booked(behind: door) != Set(truth.inside(.door(door)).map(\.booked)) {
            excuse(.door(door), .journalLost)
        }
        for shelf in cabinet.shelf {
            let booked = proven.parcels(at: .shelf(shelf)).map(\.waybill)
            if Set(booked) != Set(truth.inside(.shelf(shelf)).map(\.booked)) { excuse(.shelf(shelf), .journalLost) }
        }
    }

    // MARK: A new board

    /// The board burns with card and keys. Its successor is enrolled, and knows nothing; the cardboard is where it was.
    func changeBoard() {
        guard machine.isRunning, link.isUp, !county.books.chains.isEmpty else { return }
        crash(.power, at: "and the board is changed")
        journal.change { disk in
            let reserve = disk.reserveLinesMax
            disk = Disk()
            disk.reserveLinesMax = reserve
        }
        let spells = keystore.blindSpells
        let credentials = keystore.credentials
        keystore = Keystore()
        (keystore.blindSpells, keystore.credentials) = (spells, credentials)
        keystore.keep(county, entropy)
        // Enrolment brings them.
        try? keystore.keys.keep(pins: verifiers)
        (oldCopy, isTurnedBack, closed) = (nil, false, nil)
        (proven, cameBack) = (StationState(), [])
        // Until the county has answered the new board takes all doors for empty.
        for door in cabinet.names { excuse(.door(door), .journalLost) }
        for shelf in cabinet.shelf { excuse(.shelf(shelf), .journalLost) }
        beginAnew()
    }
}
