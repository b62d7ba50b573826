import LockerDomain
import PortFakes
import SimulatedDevices
import StationPorts
import Synchronization
import Testing

@Suite("Simulated doors take turns as the real ones do")
struct SimulatedDoorsTests {
    private let clock = VirtualClock()
    private let doors: SimulatedDoors

    init() throws {
        doors = SimulatedDoors(doors: ["A01", "A02"], clock: clock, shutMilliseconds: 5_000)
        _ = try doors.start { _ in }
    }

    private func order(_ door: DoorName, _ cycle: Int, _ milliseconds: Int64) {
        let isTaken = doors.pulse(PulseOrder(door: door, cycle: cycle, milliseconds: milliseconds))
        #expect(isTaken)
    }

    private var begun: [String] { doors.pulses.map { "\($0.door).\($0.cycle)" } }

    private func wait(until uptime: Int64) {
        while clock.now().uptime < uptime { clock.advance(by: 10) }
    }

    @Test("a ready door overtakes one whose coil has to cool")
    func overtakes() {
        for cycle in 1...3 { order("A01", cycle, 1_000) }
        order("A02", 1, 200)
        wait(until: 2_590)
        #expect(begun == ["A01.1", "A01.2"])
        wait(until: 2_600)
        #expect(begun == ["A01.1", "A01.2", "A02.1"])
        wait(until: 9_990)
        #expect(begun.count == 3)
        wait(until: 10_000)
        #expect(begun == ["A01.1", "A01.2", "A02.1", "A01.3"])
    }

    @Test("an order that comes while another waits for its coil begins at once")
    func comesLater() {
        for cycle in 1...3 { order("A01", cycle, 1_000) }
        wait(until: 5_000)
        #expect(begun == ["A01.1", "A01.2"])
        order("A02", 1, 200)
        #expect(begun == ["A01.1", "A01.2", "A02.1"])
        wait(until: 10_000)
        #expect(begun == ["A01.1", "A01.2", "A02.1", "A01.3"])
    }

    @Test("the rest counts from where a late pulse really ended")
    func late() {
        order("A01", 1, 200)
        order("A02", 1, 200)
        clock.advance(by: 450)
        #expect(doors.isQuiet)
        clock.advance(by: 299)
        #expect(begun == ["A01.1"])
        clock.advance(by: 1)
        #expect(begun == ["A01.1", "A02.1"])
    }

    @Test("no pulse begins before the one before has ended, however late the clock calls")
    func oneAtATime() throws {
        let ended = Mutex(0)
        let doors = SimulatedDoors(doors: ["A01", "A02", "A03"], clock: clock, shutMilliseconds: 100)
        _ = try doors.start { report in
            if case .pulseEnded = report { ended.withLock { $0 += 1 } }
        }
        for step in 0..<600 {
            let door = DoorName(rawValue: "A0\(step * 7 % 3 + 1)")
            _ = doors.pulse(PulseOrder(door: door, cycle: step, milliseconds: Int64(step * 31 % 400)))
            clock.advance(by: Int64(step * 7_919 % 1_613))
            #expect(doors.pulses.count - ended.withLock { $0 } <= 1)
        }
        #expect(ended.withLock { $0 } > 100)
    }

    @Test("no more wait than the limit, and nothing is pulsed after a stop")
    func limit() {
        order("A01", 0, 200)
        for cycle in 1...Limits.pulseOrdersMax { order("A02", cycle, 200) }
        #expect(!doors.pulse(PulseOrder(door: "A02", cycle: 0, milliseconds: 200)))
        doors.stop()
        #expect(doors.isQuiet)
        wait(until: 2_000)
        #expect(begun == ["A01.0"])
        #expect(!doors.pulse(PulseOrder(door: "A01", cycle: 1, milliseconds: 200)))
    }
}
