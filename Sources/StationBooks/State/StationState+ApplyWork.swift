package import LockerDomain

extension StationState {
    // MARK: Sessions

    mutating func workChanged(_ fact: SessionWorkChanged) {
        guard var session, session.id == fact.session else { return }
        let before = session.work.isForOne ? session.workBefore : session.work
        session.workBefore = fact.work.isForOne ? before : nil
        session.work = fact.work
        session.queue = fact.doors
        session.villager = nil
        session.awaits = nil
        session.exception = nil
        session.draft = nil
        self.session = session
    }

    mutating func noted(_ fact: SessionNoted) {
        guard var session, session.id == fact.session else { return }
        session.awaits = nil
        switch fact.note {
        case .checked: session.checked = true
        case .exception:
            let exception = fact.value.flatMap(ParcelException.init(rawValue:))
            session.exception = fact.waybill == nil ? exception : nil
            if let waybill = fact.waybill { parcels.change(waybill) { $0.exception = exception } }
        case .reason: session.reason = fact.value.flatMap { Int($0) }
        case .villager: session.villager = fact.value.map(Waybill.init(rawValue:))
        case .bag:
            // A seal closes one bag: the next bag has its own.
            if session.bag != nil, session.bag != fact.value { session.seal = nil }
            session.bag = fact.value
            note(fact.value, in: \.bags)
        case .seal:
            session.seal = fact.value
            note(fact.value, in: \.seals)
        case .shipment: session.draft = fact.value.map { ShipmentDraft(waybill: Waybill(rawValue: $0)) }
        case .label:
            labels += 1
            session.draft = fact.value.map { ShipmentDraft(waybill: Waybill(rawValue: $0)) }
        case .awaits: session.awaits = fact.value.flatMap(SessionNoted.Note.init(rawValue:))
        case .kind, .category, .platform, .order, .realName, .inspected, .screened, .outside, .reuse, .photo,
            .weightGrams:
            session.draft?.take(fact.note, fact.value)
        }
        self.session = session
    }

    private mutating func note(_ number: String?, in list: WritableKeyPath<Run, [String]>) {
        guard let number, var run, !run[keyPath: list].contains(number), run[keyPath: list].count < Limits.runBagsMax
        else { return }
        run[keyPath: list].append(number)
        self.run = run
    }

    // MARK: Runs

    mutating func applyRun(_ event: Event, at now: Moment) {
        switch event {
        case .runArrived(let fact):
            var run = Run(id: fact.run, person: fact.person)
            run.how = fact.how
            (run.route, run.vehicle) = (fact.route, fact.vehicle)
            if fact.again == true, let session,
                let index = runComingBack(fact.how == .card ? fact.run : nil, session, at: now)
            {
                let before = lastRuns.remove(at: index)
                if before.id == fact.run {
                    run.how = before.how
                    (run.route, run.vehicle) = (fact.route ?? before.route, fact.vehicle ?? before.vehicle)
                }
            }
            run.role = session?.role
            run.session = session?.id
            run.seen = now.wall
            self.run = run
            if fact.how == .implied, fact.again != true { impliedRuns += 1 }
            if now.clock.isDated { lastRunDay = now.shanghaiDay }
        case .runDeparted(let fact):
            sawRun(at: now)
            let recent = lastRuns.filter { $0.id != fact.run && isRecent($0, at: now) }
            lastRuns = Array((recent + (run.map { [$0] } ?? [])).suffix(Limits.lastRunsMax))
            run = nil
        default: break
        }
    }

    /// Which of the runs that left a moment ago is here again: the same courier after a pause, the card of the same run, or
    /// a card and a badge of which each alone named one van. The subsidy counts runs, so it is not counted twice.
    package func runComingBack(_ card: String?, _ session: Session, at now: Moment) -> Int? {
        // A day has its own runs, whatever came before midnight.
        guard !isRunOfAnotherDay(at: now) else { return nil }
        let recent = lastRuns.indices.filter { isRecent(lastRuns[$0], at: now) }
        guard let card else {
            return recent.last { lastRuns[$0].person == session.person }
                ?? recent.last { lastRuns[$0].role == .keeper }
        }
        return recent.last { lastRuns[$0].id == card }
            ?? recent.last {
                lastRuns[$0].how == .implied && (lastRuns[$0].person == session.person || session.role == .keeper)
            }
    }

    /// Whether the run on the books, or the last one, is of another day.
    package func isRunOfAnotherDay(at now: Moment) -> Bool { now.clock.isDated && lastRunDay != now.shanghaiDay }

    package func isRecent(_ run: Run, at now: Moment) -> Bool {
        guard let seen = run.seen else { return false }
        return (0...Limits.sameRunMilliseconds).contains(now.wall - seen)
    }

    /// Something is done for the run by the person who brought it, in the same session or, after a power cut, soon after;
    /// what others do meanwhile says nothing of it.
    mutating func sawRun(at now: Moment) {
        guard let session, let run, run.person == session.person, run.session == session.id || isRecent(run, at: now)
        else { return }
        self.run?.seen = now.wall
    }

    // MARK: Shipments

    mutating func applyShipment(_ event: Event, at now: Moment) {
        switch event {
        case .shipmentDroppedOff(let fact):
            shipments[fact.waybill] = Shipment(
                waybill: fact.waybill,
                parties: fact.parties,
                status: .droppedOff,
                place: fact.place,
                n: fact.n,
                keyID: nil,
                changed: now.wall,
                size: fact.size
            )
            closed[fact.waybill] = nil
            wentIn(fact.waybill, at: fact.place, fact.evidence)
        case .shipmentAccepted(let fact):
            let known = shipments[fact.waybill]
            shipments[fact.waybill] = Shipment(
                waybill: fact.waybill,
                parties: fact.parties,
                status: .accepted,
                place: nil,
                n: known?.n ?? 0,
                keyID: nil,
                changed: now.wall,
                takenFrom: fact.place,
                takenOutAt: fact.doorOpenedAt,
                size: known?.size
            )
            session?.leaveCounter()
        case .shipmentStored(let fact):
            change(fact.waybill, at: now) { $0.place = fact.place }
            wentIn(fact.waybill, at: fact.place, fact.evidence)
        case .shipmentHandedOver(let fact):
            // One that an audit found behind a door was taken out unseen.
            let place = shipments[fact.waybill]?.place
            change(fact.waybill, at: now) {
                $0.status = .handedOver
                $0.place = nil
            }
            if let place { wentOut(fact.waybill, from: place, .scanned) }
            run?.shipmentsOut += 1
            sawRun(at: now)
            note(fact.bag, in: \.bags)
            note(fact.seal, in: \.seals)
        case .shipmentRejected(let fact):
            if shipments[fact.waybill] == nil {
                shipments[fact.waybill] = Shipment(
                    waybill: fact.waybill,
                    parties: fact.parties,
                    status: .rejected,
                    place: nil,
                    n: 0,
                    keyID: nil,
                    changed: now.wall
                )
            }
            change(fact.waybill, at: now) { $0.status = .rejected }
            session?.leaveCounter()
        case .shipmentTakenOut(let fact): takenOut(fact, at: now)
        case .shipmentReturned(let fact): returned(fact, at: now)
        default: break
        }
    }

    private mutating func takenOut(_ fact: ShipmentTakenOut, at now: Moment) {
        change(fact.waybill, at: now) {
            $0.status = .onCounter
            $0.place = nil
            $0.takenFrom = fact.place
            $0.takenOutAt = fact.doorOpenedAt
        }
        wentOut(fact.waybill, from: fact.place, fact.evidence)
    }

    private mutating func returned(_ fact: ShipmentReturned, at now: Moment) {
        let isAssumed = fact.evidence == .assumed
        change(fact.waybill, at: now) {
            $0.status = .returned
            $0.place = nil
            // Brought again it came over the counter.
            $0.takenFrom = nil
            $0.takenOutAt = nil
            $0.reusableUntil = isAssumed ? now.wall + Limits.assumedReuseMilliseconds : nil
            $0.leftFrom = isAssumed ? fact.place : nil
        }
        guard let place = fact.place else { return }
        wentOut(fact.waybill, from: place, fact.evidence)
    }

    private mutating func change(_ waybill: Waybill, at now: Moment, _ body: (inout Shipment) -> Void) {
        guard var shipment = shipments[waybill] else { return }
        body(&shipment)
        shipment.changed = now.wall
        shipments[waybill] = shipment
    }
}
