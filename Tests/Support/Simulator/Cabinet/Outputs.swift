import LockerDomain
import StationCore
import StationRules

/// The thread "doors" as far as coils go: the shipped queue in its memory, and what it has switched on.
struct Outputs {
    var queue = PulseQueue()
    /// Doors whose coils carry current. More than one is a fire.
    var energised: [DoorName] = []
    /// The earliest wake-up that is planned for a pulse that has to wait.
    var wakeAt: Int64?
    /// Sensors whose time came while a coil was on; none is read meanwhile.
    var unread: [DoorName] = []

    /// Nothing is on, nothing waits.
    var isQuiet: Bool { energised.isEmpty && queue.isEmpty }
}

extension World {
    /// How late the thread may wake to switch a coil off.
    private static var lateMillisecondsMax: Int64 { 20 }

    /// As the port: the order waits its turn, or is refused because too many wait.
    @discardableResult
    func order(_ order: PulseOrder) -> Bool {
        guard outputs.queue.add(order) else { return false }
        judge(.ordered(order))
        pulseNext()
        return true
    }

    /// The program is gone: every output is off, the orders are forgotten.
    func switchOff() {
        outputs = Outputs()
        judge(.outputsOff)
    }

    private func pulseNext() {
        while machine.isRunning, failure == nil, let order = rules.beginPulse(&outputs.queue, clock.now) {
            energise(order)
        }
        guard machine.isRunning, let start = outputs.queue.nextStart(now: clock.now), start < outputs.wakeAt ?? .max
        else { return }
        outputs.wakeAt = start
        after(max(1, start - clock.now), run: machine.run) { world in
            if world.outputs.wakeAt == start { world.outputs.wakeAt = nil }
            world.pulseNext()
        }
    }

    private func energise(_ order: PulseOrder) {
        let length = rules.driven(order.milliseconds)
        outputs.energised.append(order.door)
        log.note(clock.now, .word("coil of \(order.door) on for \(length) ms, cycle \(order.cycle)"))
        judge(.energised(order, milliseconds: length))
        after(length + chance.within(0...Self.lateMillisecondsMax), run: machine.run) { $0.release(order) }
        if crashes(at: .whileEnergised) { return }
        after(chance.within(40...max(40, min(length, 180)))) { $0.spring(order.door) }
    }

    private func release(_ order: PulseOrder) {
        outputs.energised.removeAll { $0 == order.door }
        rules.pulseEnded(&outputs.queue, clock.now)
        judge(.released(order))
        post(Post(.pulseEnded(order.door, cycle: order.cycle, fault: nil)))
        pulseNext()
        readSensors()
    }

    /// The bolt gives way, unless it sticks; the spring needs no power any more.
    private func spring(_ door: DoorName) {
        guard var real = cabinet.doors[door] else { return }
        guard real.stuckPulses == 0 else {
            real.stuckPulses -= 1
            cabinet.doors[door] = real
            return
        }
        move(door, open: true)
    }
}
