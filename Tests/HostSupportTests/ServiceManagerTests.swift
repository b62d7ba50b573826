import Foundation
import Glibc
import HostSupport
import LockerDomain
import LockerTestKit
import Testing

extension SystemdTests {
    @Suite("Talking to systemd")
    struct ServiceManagerTests {
        @Test(
            "ready, alive, starting, the line of the status and stopping are one datagram each",
            arguments: [true, false]
        )
        func datagrams(_ isAbstract: Bool) throws {
            let socket = try DatagramReceiver(isAbstract: isAbstract)
            let manager = with(["NOTIFY_SOCKET": socket.name]) { ServiceManager() }
            #expect(manager.isThere)
            manager.ready()
            manager.alive()
            manager.starting(forSeconds: 120)
            manager.status("12 件待取\nparcels wait")
            manager.stopping()
            #expect(
                socket.all() == [
                    "READY=1", "WATCHDOG=1", "EXTEND_TIMEOUT_USEC=120000000", "STATUS=12 件待取 parcels wait",
                    "STOPPING=1",
                ]
            )
        }

        @Test("a long line of the status is cut")
        func longStatus() throws {
            let socket = try DatagramReceiver()
            with(["NOTIFY_SOCKET": socket.name]) { ServiceManager() }.status(String(repeating: "x", count: 100_000))
            #expect(socket.nextBytes()?.count == "STATUS=".utf8.count + ServiceLimits.statusBytesMax)
        }

        @Test(
            "without systemd, or with a socket that is gone or too long, nothing happens",
            arguments: [nil, "", "/nowhere/notify", "/" + String(repeating: "x", count: 300)]
        )
        func without(_ name: String?) {
            with(["NOTIFY_SOCKET": name, "WATCHDOG_USEC": nil]) {
                let manager = ServiceManager()
                manager.ready()
                manager.alive()
                manager.status("x")
                #expect(manager.pingMilliseconds == nil)
                #expect(manager.isThere == (name?.isEmpty == false))
            }
        }

        @Test(
            "the watchdog is fed six times in its interval",
            arguments: [("30000000", 5_000), ("1", 1), ("0", nil), ("-4", nil), ("soon", nil), ("", nil)]
        )
        func watchdog(_ row: (text: String, milliseconds: Int64?)) {
            with(["WATCHDOG_USEC": row.text, "WATCHDOG_PID": nil]) {
                #expect(ServiceManager().pingMilliseconds == row.milliseconds)
            }
        }

        @Test("a watchdog that is another process's is not fed", arguments: [true, false])
        func otherProcess(_ isOurs: Bool) {
            with(["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "\(getpid() + (isOurs ? 0 : 1))"]) {
                #expect(ServiceManager().pingMilliseconds == (isOurs ? 5_000 : nil))
            }
        }

        @Test("of the unit's 30 s a commit may take 20 s just before a beat is due, with seconds to spare")
        func longCommit() {
            let watchdog: Int64 = 30_000
            #expect(ServiceManager.pingMilliseconds(ofWatchdog: watchdog) + 20_000 <= watchdog - 5_000)
        }

        private func with<Value>(_ variables: [String: String?], _ work: () throws -> Value) rethrows -> Value {
            try SystemdTests.with(variables, work)
        }
    }
}
