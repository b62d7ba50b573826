import CLinux
import Glibc
import LinuxSupport
import LockerDomain
import StationPorts

/// What the thread "doors" does: one pulse at a time, and between pulses the sensors.
final class DoorsWorker {
    private var lines: DoorLines
    private let mailbox: DoorsMailbox
    private let report: @Sendable (DoorReport) -> Void
    private var polls: [pollfd] = []
    /// Sensor behind each entry of `polls` after the first.
    private var polled: [Int] = []
    private var suspectsDueAt: Int64 = .max

    init(lines: DoorLines, mailbox: DoorsMailbox, report: @escaping @Sendable (DoorReport) -> Void) {
        self.lines = lines
        self.mailbox = mailbox
        self.report = report
    }

    /// Runs until the mailbox is stopped; then everything is off and released.
    func run() {
        mailbox.isRealTime = PosixThread.becomeRealTime(priority: 10)
        while !mailbox.isStopping {
            if let order = mailbox.removeUndrivable({ lines.locks[$0]?.line == nil }) {
                let reason = lines.locks[order.door]?.fault ?? "no such door in the wiring"
                report(.pulseEnded(order.door, cycle: order.cycle, fault: reason))
            } else if let order = mailbox.begin(now: Monotonic.milliseconds) {
                let fault = drive(order)
                mailbox.ended(now: Monotonic.milliseconds + 1)
                report(.pulseEnded(order.door, cycle: order.cycle, fault: fault))
            } else {
                retrySwitchOff()
                readDueSensors()
                wait()
            }
        }
        for door in lines.locks.keys { _ = switchOff(door) }
        lines.locks = [:]
        lines.sensors = []
        mailbox.done.signal()
    }

    /// One pulse. No sensor is read meanwhile: a bus that hangs must not keep a coil on. Returns what went wrong.
    private func drive(_ order: PulseOrder) -> String? {
        guard let line = lines.locks[order.door]?.line else { return "no such door in the wiring" }
        let start = Monotonic.nanoseconds
        let end = start + PulseGovernor.capped(order.milliseconds) * 1_000_000
        if let code = line.set(true) {
            // It may be on all the same: what was asked for and what was done are two things on a bus.
            _ = switchOff(order.door)
            return "the coil cannot be switched on (\(GPIOError.text(code))): check the board's power and cable"
        }
        var fault: String?
        while !mailbox.isStopping, mailbox.wake.wait(untilNanoseconds: end) { mailbox.wake.clear() }
        if mailbox.isStopping {
            fault = "cut short after \((Monotonic.nanoseconds - start) / 1_000_000) ms: lockerd stops"
        } else if line.isActive == true {
            lines.locks[order.door]?.readsOn = true
        } else if lines.locks[order.door]?.readsOn == true, line.isActive == false {
            fault = "the output read off while it was switched on: short circuit or a broken board"
        }
        return switchOff(order.door) ?? fault
    }

    /// Switches a coil off and looks whether it is. What is not proven is tried again later, for ever.
    private func switchOff(_ door: DoorName) -> String? {
        guard let lock = lines.locks[door], let line = lock.line else { return nil }
        var fault: String?
        for attempt in 0..<3 {
            if attempt > 0 { Monotonic.sleep(milliseconds: 2) }
            if let code = line.set(false) {
                fault = "the coil cannot be switched off (\(GPIOError.text(code))): cut its power"
            } else if lock.readsOff, line.isActive == true {
                fault = "the output still reads on after it was switched off: cut its power"
            } else {
                fault = nil
                break
            }
        }
        lines.locks[door]?.isSuspect = fault != nil
        if fault != nil { suspectsDueAt = Monotonic.milliseconds + SensorSettling.checkMilliseconds }
        return fault
    }

    private func retrySwitchOff() {
        guard Monotonic.milliseconds >= suspectsDueAt else { return }
        suspectsDueAt = .max
        for (door, lock) in lines.locks where lock.isSuspect { _ = switchOff(door) }
    }

    /// Reads the sensors whose time has come, until a pulse is due.
    private func readDueSensors() {
        for index in lines.sensors.indices {
            let now = Monotonic.milliseconds
            guard lines.sensors[index].settling.nextReadAt <= now else { continue }
            let hadEdges = lines.sensors[index].line.drain()
            let level = lines.sensors[index].present
            if let settled = lines.sensors[index].settling.read(level, edges: hadEdges, at: now) {
                report(.level(lines.sensors[index].door, settled))
            }
            if let start = mailbox.nextStart(now: now), start <= now { return }
        }
    }

    /// Sleeps until an order, an edge, or the next thing that is due.
    private func wait() {
        let nanoseconds = Monotonic.nanoseconds
        let now = nanoseconds / 1_000_000
        var due = min(now + SensorSettling.checkMilliseconds, suspectsDueAt, mailbox.nextStart(now: now) ?? .max)
        polls.removeAll(keepingCapacity: true)
        polled.removeAll(keepingCapacity: true)
        polls.append(pollfd(fd: mailbox.wake.reader, events: Int16(POLLIN), revents: 0))
        for (index, sensor) in lines.sensors.enumerated() {
            due = min(due, sensor.settling.nextReadAt)
            // While a contact bounces its edges wake nobody: it is read when its rest is over.
            guard let descriptor = sensor.descriptor, !sensor.settling.isSettling else { continue }
            polls.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
            polled.append(index)
        }
        guard lk_poll(&polls, UInt32(polls.count), due * 1_000_000 - nanoseconds) > 0 else { return }
        if polls[0].revents != 0 { mailbox.wake.clear() }
        let after = Monotonic.milliseconds
        for (entry, index) in polled.enumerated() {
            let events = Int32(polls[entry + 1].revents)
            guard events != 0 else { continue }
            // A broken descriptor would be ready for ever; the line is still read twice a second.
            if events & (POLLERR | POLLHUP | POLLNVAL) != 0 { lines.sensors[index].descriptor = nil }
            lines.sensors[index].settling.edge(at: after)
        }
    }
}
