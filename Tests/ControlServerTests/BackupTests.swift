import ControlAPI
import LockerDomain
import StationPorts
import Testing

extension ControlSocketTests {
    @Suite("Control socket, backups")
    struct BackupTests {
        private static let path = "/v1/actions/backup"

        @Test("everybody who reads sees how they stand")
        func show() async throws {
            try await Served.run(roles: FakePeers.roles, peers: FakePeers(groups: [901])) {
                (served: Served) async throws in
                let reply = try await served.reply("/v1/backup", as: BackupReply.self)
                #expect(reply.path == "/media/stick" && reply.minutes == 60 && reply.fault == nil)
                #expect(reply.last?.done == "append" && reply.last?.position == "1.57" && reply.last?.added == 7)
                #expect(reply.last?.folder == "/media/stick/yc-beiliu-0231")
            }
        }

        @Test("keeper and technician make one", arguments: [901, 902, 903] as [UInt32])
        func roles(group: UInt32) async throws {
            try await Served.run(roles: FakePeers.roles, peers: FakePeers(groups: [group])) {
                (served: Served) async throws in
                let (status, body) = try await served.call(Self.path, "{}")
                #expect(status == (group == 901 ? 403 : 200))
                #expect(group != 901 || body.contains("lockerd-keeper"))
            }
        }

        @Test("one that failed is answered with the cause and the fix")
        func failed() async throws {
            let fault = BackupFault(.full, "/media/stick", "it needs 9 MiB, 2 MiB may be used")
            let port = FakePort(fault: ControlFault(.failed, fault.description))
            try await Served.run(port) { (served: Served) async throws in
                let (status, body) = try await served.call(Self.path, "{}")
                #expect(status == 502)
                #expect(body.contains("9 MiB") && body.contains("备份盘已满"))
            }
        }

        @Test("the words name what is to be known")
        func words() {
            var status = FakePort.backup
            let plain = Self.flat(status)
            for part in ["/media/stick", "7 events added", "1.57", "every 60 min", "dead card", "yc-beiliu-0231"] {
                #expect(plain.contains(part), "\(part) in \(plain)")
            }
            status.runningMilliseconds = 5_000
            status.fault = BackupFault(.readOnly, "/media/stick").description
            #expect(Self.flat(status).contains("under way for 5 s"))
            #expect(Self.flat(status).contains("cannot be written"))
            #expect(Self.flat(BackupStatus(path: nil, minutes: 60)).contains("switched off"))
        }

        /// Lines are broken at 80 columns.
        private static func flat(_ status: BackupStatus) -> String {
            BackupReply(status).lines(style: .plain).joined(separator: " ").split(separator: " ").joined(separator: " ")
        }
    }
}
