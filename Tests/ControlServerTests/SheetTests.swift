import ControlAPI
import StationPorts
import Testing

extension ControlSocketTests {
    @Suite("Control socket, enrolment sheets")
    struct SheetTests {
        private static let path = "/v1/enrol/scan"

        @Test("the reply is the body of the enrolment, and the wait has its limit")
        func token() async throws {
            let port = FakePort(sheet: { "VLE1.\($0)" })
            try await Served.run(port, roles: FakePeers.roles, peers: FakePeers(user: 0, groups: [])) {
                (served: Served) async throws in
                let (status, body) = try await served.call(Self.path, "{}")
                #expect(status == 200 && body == #"{"token":"VLE1.120000"}"#)
                #expect(try await served.call("/v1/enrol", body).status == 200)
                #expect(await port.asked.enrolments == ["VLE1.120000 by root"])
                #expect(try await served.call(Self.path, "").status == 200, "no body is needed")
            }
        }

        @Test("technicians alone", arguments: [901, 902, 903] as [UInt32])
        func roles(group: UInt32) async throws {
            try await Served.run(roles: FakePeers.roles, peers: FakePeers(groups: [group])) {
                (served: Served) async throws in
                let (status, body) = try await served.call(Self.path, "{}")
                #expect(status == (group == 903 ? 200 : 403))
                #expect(group == 903 || body.contains("lockerd-tech"))
            }
        }

        @Test("what the station refuses keeps its words")
        func refused() async throws {
            try await Served.run(FakePort(fault: ControlFault(.unavailable, "somebody else waits"))) {
                (served: Served) async throws in
                let (status, fault) = try await served.fault(Self.path, "{}")
                #expect(status == 409 && fault == Fault(.unavailable, "somebody else waits"))
            }
        }

        @Test("each reply to a caller who was watched says that its connection ends, a refusal too; no other does")
        func connectionEnds() async throws {
            try await Served.run(FakePort(fault: ControlFault(.unavailable, "somebody else waits"))) {
                (served: Served) async throws in
                let refused = try await served.connection(Self.path, "{}")
                #expect(refused.status == 409 && refused.header == "close")
                let other = try await served.connection("/v1/scan", #"{"text":"x","role":"scanner"}"#)
                #expect(other.status == 409 && other.header != "close")
            }
            try await Served.run(roles: FakePeers.roles, peers: FakePeers(groups: [903])) {
                (served: Served) async throws in
                let read = try await served.connection(Self.path, "{}")
                #expect(read.status == 200 && read.header == "close")
            }
            try await Served.run(roles: FakePeers.roles, peers: FakePeers(groups: [902])) {
                (served: Served) async throws in
                let turnedAway = try await served.connection(Self.path, "{}")
                #expect(turnedAway.status == 403 && turnedAway.header != "close")
            }
        }

        @Test("a caller who goes away waits no longer", .timeLimit(.minutes(5)))
        func gone() async throws {
            let (begins, begin) = AsyncStream.makeStream(of: Void.self)
            let (ends, end) = AsyncStream.makeStream(of: Void.self)
            let port = FakePort(sheet: { (_) async throws(ControlFault) in
                let (never, keep) = AsyncStream.makeStream(of: Void.self)
                begin.yield()
                // Only the end of the task ends it.
                for await _ in never {}
                keep.finish()
                end.yield()
                throw ControlFault(.unavailable, "nobody is there")
            })
            try await Served.run(port) { (served: Served) async throws in
                let call = Task { try await served.call(Self.path, "{}") }
                for await _ in begins { break }
                call.cancel()
                for await _ in ends { break }
                await #expect(throws: (any Error).self) { try await call.value }
            }
        }
    }
}

extension ControlSocketTests.CommandTests {
    @Test("enrol --scan asks for the sheet and enrols with what was read", arguments: [false, true])
    func scanSheet(json: Bool) async throws {
        let port = FakePort()
        try await Served.run(port) { served in
            let done = try await Command.run(
                ["enrol", "--scan", "--socket", served.path] + (json ? ["--json"] : [])
            )
            #expect(done.code == 0)
            #expect(done.output == (json ? "{\"enrolled\":true}\n" : "Enrolled (已登记).\n"))
            #expect(
                done.errors.contains("within 120 s") && done.errors.contains("扫描枪") && !done.errors.contains("VLE1")
            )
            #expect(await port.asked.enrolments.first?.hasPrefix("VLE1.t by ") == true)
        }
        let busy = FakePort(fault: ControlFault(.unavailable, "somebody else waits"))
        try await Served.run(busy) { served in
            let done = try await Command.run(["enrol", "--scan", "--socket", served.path])
            #expect(done.code == 1 && done.errors.contains("somebody else waits"))
        }
    }

    @Test(
        "the token comes in one way",
        arguments: [["enrol"], ["enrol", "t", "--scan"], ["enrol", "--scan", "--file", "f"]]
    )
    func oneWay(words: [String]) async throws {
        let done = try await Command.run(words)
        #expect(done.code == 64 && done.errors.contains("--scan"))
    }
}
