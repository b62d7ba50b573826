import ControlAPI
import LockerDomain
import StationBooks
import StationPorts
import Testing

extension ControlSocketTests {
    @Suite("Control socket, the clock")
    struct ClockTests {
        private static let path = "/v1/actions/clock"
        private static let body = #"{"time":"2026-08-21 09:30"}"#
        /// 2026-08-21 09:30 in Shanghai.
        private static let wall: Int64 = 1_787_275_800_000

        @Test("everybody who reads sees what time the station goes by, what the kernel shows, and what is wrong")
        func show() async throws {
            try await Served.run(roles: FakePeers.roles, peers: FakePeers(groups: [901])) {
                (served: Served) async throws in
                let clock = try await served.reply("/v1/clock", as: ClockReply.self)
                #expect(clock.time.short == "2026-08-21 09:30:00" && clock.clock == .ntp)
                #expect(clock.offsetMilliseconds == 90_000 && clock.ntp == clock.kernel)
                #expect(clock.trouble?.contains("the earlier counts") == true)
            }
        }

        @Test("only a technician sets it, under the local user's name", arguments: [901, 902, 903] as [UInt32])
        func roles(group: UInt32) async throws {
            let port = FakePort()
            try await Served.run(port, roles: FakePeers.roles, peers: FakePeers(groups: [group])) {
                (served: Served) async throws in
                let (status, body) = try await served.call(Self.path, Self.body)
                #expect(status == (group == 903 ? 200 : 403))
                #expect(group == 903 || body.contains("lockerd-tech"))
                let asked = await port.asked.clocks
                #expect(asked == (group == 903 ? ["\(Self.wall) false by uid 54321"] : []))
            }
        }

        @Test(
            "a time is Shanghai's, or has a zone",
            arguments: [
                "2026-08-21 09:30", "2026-08-21T09:30", "2026-08-21 09:30:00", "2026-08-21T09:30:00+08:00",
                "2026-08-21T01:30:00Z", "2026-08-21T01:30Z", "2026-08-20T22:00:00.5-03:30",
            ]
        )
        func forms(text: String) throws {
            #expect(try ClockRequest(time: text).wall() == Self.wall)
        }

        @Test(
            "what is no time is named, and the station is not asked",
            arguments: [
                "", "now", "09:30", "2026-08-21", "2026-08-32 09:30", "2026-02-29 09:30", "2026-08-21 24:00",
                "2026-08-21 09:60", "2026-8-21 9:30", "2026-08-21 09:30 PM", "2026-08-21T09:30:00+25:00",
                "２０２６-08-21 09:30",
                "1787275800000",
            ]
        )
        func noTime(text: String) async throws {
            let port = FakePort()
            try await Served.run(port) { (served: Served) async throws in
                let (status, fault) = try await served.fault(Self.path, #"{"time":"\#(text)"}"#)
                #expect(status == 400 && fault.code == .invalid)
                #expect(fault.message.hasPrefix("time is \"") && fault.message.contains("2026-11-29 14:05"))
                #expect(await port.asked.clocks.isEmpty)
            }
        }

        @Test("what the station refuses keeps its words; --force is handed on")
        func refusal() async throws {
            let words = "time lies more than 45 days after the last confirmed time"
            try await Served.run(FakePort(fault: ControlFault(.invalid, words))) { (served: Served) async throws in
                let (status, fault) = try await served.fault(Self.path, Self.body)
                #expect(status == 400 && fault.message == words)
            }
            let port = FakePort()
            try await Served.run(port) { (served: Served) async throws in
                #expect(try await served.call(Self.path, #"{"force":true,"time":"2026-08-21 09:30"}"#).status == 200)
                #expect(await port.asked.clocks.first?.contains(" true by ") == true)
            }
        }

        @Test("lockerctl sets it, and a time that is none is refused with words", .enabled(if: Command.isBuilt))
        func command() async throws {
            let port = FakePort()
            try await Served.run(port) { (served: Served) async throws in
                let socket = ["--socket", served.path]
                let done = try await Command.run(["clock", "set", "2026-08-21 09:30", "--force"] + socket)
                #expect(done.code == 0 && done.output.contains("Set"), "\(done.errors)")
                #expect(await port.asked.clocks.first?.hasPrefix("\(Self.wall) true by ") == true)
                let bad = try await Command.run(["clock", "set", "half past nine"] + socket)
                #expect(bad.code == 1 && bad.errors.contains("half past nine"))
                #expect(try await Command.run(["clock", "set"] + socket).code == 64)
            }
        }
    }
}
