import HostSupport
import LockerDomain
import LockerTestKit
import Synchronization
import Testing

extension SystemdTests {
    @Suite("Who feeds the watchdog")
    struct WatchdogTests {
        /// Uptime as the test says it is.
        private final class Time: Sendable {
            private let milliseconds = Mutex<Int64>(1_000_000)
            var now: Int64 { milliseconds.withLock { $0 } }
            func advance(_ step: Int64) { milliseconds.withLock { $0 += step } }
        }

        private let socket: DatagramReceiver
        private let time = Time()
        private let watchdog: Watchdog

        init() throws {
            let socket = try DatagramReceiver()
            let manager = SystemdTests.with(["NOTIFY_SOCKET": socket.name]) { ServiceManager() }
            self.socket = socket
            watchdog = Watchdog(manager, uptime: { [time] in time.now })
        }

        private static let extended = "EXTEND_TIMEOUT_USEC=\(ServiceLimits.openingStallSeconds * 1_000_000)"

        @Test("while an engine is open there is no beat before it has come round, whoever looks and however long")
        func engine() async {
            watchdog.ready()
            let (asked, ask) = AsyncStream.makeStream(of: Void.self)
            let (answered, answer) = AsyncStream.makeStream(of: Void.self)
            watchdog.begin(
                .engine {
                    ask.yield()
                    for await _ in answered { break }
                }
            )
            #expect(socket.all() == ["READY=1"])
            let watchdog = watchdog
            async let look: Void = watchdog.look()
            for await _ in asked { break }
            time.advance(600_000)
            #expect(socket.all() == [])
            answer.yield()
            await look
            #expect(socket.all() == ["WATCHDOG=1"])
        }

        @Test(
            "an engine that goes from one commit to the next without a rest says itself that it goes on, once a second"
        )
        func progress() {
            watchdog.ready()
            watchdog.begin(.engine {})
            _ = socket.all()
            watchdog.progressed()
            #expect(socket.all() == ["WATCHDOG=1"])
            time.advance(ServiceLimits.watchdogTurnMilliseconds - 1)
            watchdog.progressed()
            #expect(socket.all() == [])
            time.advance(1)
            for _ in 1...1_000 { watchdog.progressed() }
            #expect(socket.all() == ["WATCHDOG=1"])
            time.advance(20_000)
            watchdog.progressed()
            #expect(socket.all() == ["WATCHDOG=1"], "behind a commit of 20 s")
        }

        @Test("a start that reads a long journal is given more time as long as it reads, and no watchdog counts yet")
        func start() async {
            watchdog.begin(.opening)
            for _ in 1...10 {
                time.advance(ServiceLimits.openingStallSeconds * 1_000)
                await watchdog.look()
                watchdog.progressed()
            }
            #expect(socket.all() == Array(repeating: Self.extended, count: 10))
            time.advance(ServiceLimits.openingStallSeconds * 1_000 + 1)
            await watchdog.look()
            #expect(socket.all() == [], "it hangs")
        }

        @Test("who reads a long journal asks for more time, once a second, although the task that looks gets no core")
        func startOnOneCore() {
            watchdog.begin(.opening)
            for _ in 1...4 {
                watchdog.progressed()
                time.advance(ServiceLimits.watchdogTurnMilliseconds / 2)
            }
            #expect(socket.all() == [Self.extended, Self.extended])
            watchdog.ready()
            time.advance(ServiceLimits.watchdogTurnMilliseconds)
            watchdog.progressed()
            #expect(socket.all() == ["READY=1", "WATCHDOG=1"])
        }

        @Test("once the station waits systemd watches: an opening that is tried again feeds it as long as it goes on")
        func openingAgain() async {
            watchdog.begin(.waiting)
            watchdog.ready()
            await watchdog.look()
            watchdog.progressed()
            #expect(socket.all() == ["READY=1", "WATCHDOG=1"])
            watchdog.begin(.opening)
            time.advance(60_000)
            await watchdog.look()
            #expect(socket.all() == ["WATCHDOG=1"])
            time.advance(ServiceLimits.openingStallSeconds * 1_000)
            await watchdog.look()
            #expect(socket.all() == [])
        }

        @Test("without systemd nobody looks")
        func without() async {
            let manager = SystemdTests.with(["NOTIFY_SOCKET": nil]) { ServiceManager() }
            await Watchdog(manager).run()
        }

        @Test("a task that is cancelled looks no more")
        func cancelled() async {
            let watchdog = watchdog
            let task = Task { await watchdog.run() }
            task.cancel()
            await task.value
        }
    }

    @Suite("The line for systemctl status")
    struct ServiceStatusTests {
        @Test("it tells how many parcels wait, what is missing, and the first fault")
        func running() {
            let text = ServiceStatus.running(
                parcels: 1,
                isEnrolled: false,
                isSimulated: true,
                faults: ["doors: no GPIO chip", "socket: gone"]
            )
            #expect(
                text == "1 件待取 parcel waits; 模拟 simulated: no real doors; 未登记 not enrolled: lockerctl enrol; "
                    + "故障 fault 1 of 2: doors: no GPIO chip"
            )
            let well = ServiceStatus.running(parcels: 12, isEnrolled: true, isSimulated: false, faults: [])
            #expect(well == "12 件待取 parcels wait")
            #expect(ServiceStatus.waiting(for: "disk: gone") == "等待 waits, tried again by itself: disk: gone")
        }
    }
}
