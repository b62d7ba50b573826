import LockerDomain
import StationBooks

/// What a line says of runs, doors, cameras and what villagers say.
struct ThingProjection {
    /// When the line was made, as well as it is known; milliseconds since 1970.
    let when: Int64
    let number: Int64

    func project<Ledger: StationLedger>(_ event: Event, into ledger: Ledger) throws(Ledger.Failure) {
        switch event {
        case .runArrived(let fact): try arrive(fact, ledger)
        case .runDeparted(let fact): try depart(fact, ledger)
        case .doorOpenFailed(let fact): try happen(.openFailed, fact.door, fact.reason, ledger)
        case .doorOpenedUnexpectedly(let fact): try happen(.openedUnexpectedly, fact.door, nil, ledger)
        case .doorSensorFault(let fact): try happen(.sensorFault, fact.door, fact.reason, ledger)
        case .doorLeftOpen(let fact): try begin(.leftOpen, fact.door.rawValue, nil, ledger)
        case .doorClosed(let fact): try end(.leftOpen, fact.door.rawValue, ledger)
        case .doorOutOfService(let fact):
            try begin(.outOfService, fact.door.rawValue, fact.reason, ledger)
            try change(fact.door, ledger) { ($0.outOfService, $0.since) = (fact.reason, $0.since ?? when) }
        case .doorBackInService(let fact):
            try end(.outOfService, fact.door.rawValue, ledger)
            try change(fact.door, ledger) { door in
                door.outOfService = nil
                if door.unknownContents == nil { door.since = nil }
            }
        case .auditDifference(let fact):
            guard let door = fact.door, fact.finding == .interrupted || fact.finding == .changedWhileOff else { return }
            try change(door, ledger) { ($0.unknownContents, $0.since) = (fact.finding.rawValue, $0.since ?? when) }
        case .auditFinished(let fact):
            try change(fact.door, ledger) { door in
                door.unknownContents = fact.contents == .unknown ? door.unknownContents : nil
                if door.outOfService == nil, door.unknownContents == nil { door.since = nil }
            }
        case .cameraOffline(let fact): try begin(.cameraOffline, fact.camera.rawValue, fact.reason, ledger)
        case .cameraOnline(let fact): try end(.cameraOffline, fact.camera.rawValue, ledger)
        case .deviceScannerFaulted(let fact): try begin(.scannerFault, fact.scanner.rawValue, fact.reason, ledger)
        case .deviceScannerAttached(let fact): try end(.scannerFault, fact.scanner.rawValue, ledger)
        case .serviceComplaintFiled(let fact):
            try ledger.keep(Voice(number: number, at: when, waybill: fact.waybill, category: fact.category))
        case .serviceSurveyAnswered(let fact):
            try ledger.keep(Voice(number: number, at: when, waybill: fact.waybill, scores: fact.scores))
        default: break
        }
    }

    private func arrive<Ledger: StationLedger>(_ fact: RunArrived, _ ledger: Ledger) throws(Ledger.Failure) {
        guard fact.again != true else { return }
        var visit = RunVisit(number: number, run: fact.run, person: fact.person, arrivedAt: when)
        (visit.route, visit.vehicle) = (fact.route, fact.vehicle)
        try ledger.keep(visit)
    }

    private func depart<Ledger: StationLedger>(_ fact: RunDeparted, _ ledger: Ledger) throws(Ledger.Failure) {
        guard var visit = try ledger.openVisit(of: fact.run) else { return }
        (visit.departedAt, visit.endedBy) = (when, number)
        (visit.parcelsIn, visit.shipmentsOut, visit.parcelsBack) = (fact.parcelsIn, fact.shipmentsOut, fact.parcelsBack)
        (visit.bags, visit.seals) = (fact.bags, fact.seals)
        (visit.route, visit.vehicle) = (fact.route ?? visit.route, fact.vehicle ?? visit.vehicle)
        try ledger.keep(visit)
    }

    private func change<Ledger: StationLedger>(
        _ name: DoorName,
        _ ledger: Ledger,
        _ change: (inout DoorStanding) -> Void
    ) throws(Ledger.Failure) {
        var door = try ledger.door(name) ?? DoorStanding(door: name)
        change(&door)
        try ledger.keep(door)
    }

    /// Something that is over as soon as it happened.
    private func happen<Ledger: StationLedger>(
        _ kind: Trouble.Kind,
        _ door: DoorName,
        _ reason: String?,
        _ ledger: Ledger
    ) throws(Ledger.Failure) {
        var trouble = Trouble(number: number, kind: kind, thing: door.rawValue, reason: reason, from: when)
        trouble.until = when
        try ledger.keep(trouble)
    }

    private func begin<Ledger: StationLedger>(
        _ kind: Trouble.Kind,
        _ thing: String,
        _ reason: String?,
        _ ledger: Ledger
    ) throws(Ledger.Failure) {
        // Told again it goes on.
        guard try ledger.openTrouble(kind, of: thing) == nil else { return }
        try ledger.keep(Trouble(number: number, kind: kind, thing: thing, reason: reason, from: when))
    }

    private func end<Ledger: StationLedger>(
        _ kind: Trouble.Kind,
        _ thing: String,
        _ ledger: Ledger
    ) throws(Ledger.Failure) {
        guard var trouble = try ledger.openTrouble(kind, of: thing) else { return }
        trouble.until = when
        try ledger.keep(trouble)
    }
}
