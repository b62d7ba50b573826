public import LockerDomain

extension StatusReply {
    /// The station at a glance.
    public func lines(style: TextStyle) -> [String] {
        var pairs = TextPairs()
        pairs.add("Station 站点", "\(station), version \(version)\(simulated ? ", simulated" : "")")
        pairs.add(
            "Time 时间",
            "\(time.short) (clock: \(clock.rawValue)), up \(DurationText.of(milliseconds: uptimeMilliseconds))",
            isTrouble: !clock.isDated
        )
        guard !incarnation.isEmpty else {
            pairs.add("Storage 存储", storage.words, isTrouble: storage != .ok)
            pairs.add("Journal 日志", "not open: nothing is known of parcels and doors (打不开)", isTrouble: true)
            addFaults(to: &pairs)
            return pairs.lines(style: style)
        }
        if let clockTrouble { pairs.add("Clock 时钟", clockTrouble, isTrouble: true) }
        if enrolled {
            pairs.add("Enrolled 登记", "yes")
        } else {
            pairs.add("Enrolled 登记", "no: no deposits; lockerctl enrol TOKEN", isTrouble: true)
        }
        if let link, enrolled { pairs.add("Link 连接", link.summary, isTrouble: link.isTrouble) }
        pairs.add("Storage 存储", storage.words, isTrouble: storage != .ok)
        pairs.add("Journal 日志", "\(incarnation), last event \(lastSequence)")
        if let session {
            pairs.add("At work 在岗", "\(session.role.rawValue) \(session.person)\(session.proven ? ", PIN typed" : "")")
        }
        pairs.add("Doors 格口", doorWords)
        if shelf.total > 0 { pairs.add("Shelf 货架", "\(shelf.total) places: \(shelf.free) free") }
        addParcels(to: &pairs)
        if let supportCounter { pairs.add("Support 客服", "codes count from \(supportCounter)") }
        if typingLockedMilliseconds > 0 {
            pairs.add(
                "Typing",
                "locked for \(DurationText.of(milliseconds: typingLockedMilliseconds))",
                isTrouble: true
            )
        }
        addDevices(to: &pairs)
        addFaults(to: &pairs)
        pairs.add("Hotline 热线", hotline)
        return pairs.lines(style: style)
    }

    private func addFaults(to pairs: inout TextPairs) {
        for (index, fault) in faults.enumerated() { pairs.add(index == 0 ? "Faults 故障" : "", fault, isTrouble: true) }
    }

    private func addParcels(to pairs: inout TextPairs) {
        pairs.add(
            "Parcels 包裹",
            "\(parcels.stored) waiting (待取), \(parcels.received) received, \(parcels.expected) expected (预报)"
        )
        if parcels.withAgents > 0 { pairs.add("", "\(parcels.withAgents) with agents (代取)") }
        if parcels.retrieved > 0 { pairs.add("", "\(parcels.retrieved) on their way back (退回)") }
        if parcels.missing > 0 { pairs.add("", "\(parcels.missing) missing", isTrouble: true) }
        if parcels.toRetrieve > 0 {
            let words = "\(parcels.toRetrieve) to take back, \(parcels.overdue) overdue (滞留)"
            pairs.add("Tasks 取回", words, isTrouble: true)
        }
        var shipped = ["\(shipments.waiting) wait for a run (待运)"]
        if shipments.droppedOff > 0 { shipped.append("\(shipments.droppedOff) dropped off (待验)") }
        if shipments.onCounter > 0 { shipped.append("\(shipments.onCounter) on the counter") }
        if shipments.rejected > 0 { shipped.append("\(shipments.rejected) for their senders (待退)") }
        pairs.add("Shipments 寄件", shipped.joined(separator: ", "))
        let here = run.map { ", \($0) is here" } ?? ""
        let today = runToday.map { $0 ? "one came today" : "none today (今天还没来)" } ?? "unknown: the clock is not set"
        pairs.add("Runs 班次", today + here, isTrouble: runToday != true)
    }

    private var doorWords: String {
        var words = ["\(doors.total): \(doors.free) free (空)"]
        if doors.freeChilled > 0 { words.append("\(doors.freeChilled) cold free (冷藏空)") }
        words.append("\(doors.occupied) occupied")
        if doors.contentsUnknown > 0 { words.append("\(doors.contentsUnknown) unknown") }
        if doors.outOfService > 0 { words.append("\(doors.outOfService) out of service (停用)") }
        if doors.open > 0 { words.append("\(doors.open) open") }
        return words.joined(separator: ", ")
    }

    private func addDevices(to pairs: inout TextPairs) {
        if scanners.isEmpty { pairs.add("Scanners", "none seen", isTrouble: true) }
        for (index, scanner) in scanners.enumerated() {
            let words = [scanner.name, scanner.role?.rawValue, scanner.usb, scanner.attached ? "attached" : "detached"]
            pairs.add(
                index == 0 ? "Scanners" : "",
                words.compactMap { $0 }.joined(separator: " ") + (scanner.fault.map { ": \($0)" } ?? ""),
                isTrouble: !scanner.attached || scanner.fault != nil
            )
        }
        for (index, camera) in cameras.enumerated() {
            let verdict = camera.online.map { $0 ? "online" : "offline" } ?? "unknown"
            let since = camera.since.map { " since \($0.short)" } ?? ""
            pairs.add(
                index == 0 ? "Cameras" : "",
                "\(camera.name) \(verdict)\(since)\(camera.reason.map { ": \($0)" } ?? "")",
                isTrouble: camera.online == false
            )
        }
    }
}

extension Storage {
    /// What the journal can take, in words.
    public var words: String {
        switch self {
        case .ok: "ok"
        case .reserve: "nearly full: pickups only"
        case .failed: "failed: nothing can be written, only the mechanical key opens"
        }
    }
}
