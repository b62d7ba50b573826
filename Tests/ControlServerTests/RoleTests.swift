import ControlAPI
import ControlServer
import Glibc
import NIOCore
import Testing

extension ControlSocketTests {
    @Suite("Control socket, who may do what")
    struct RoleTests {
        private static let scan = #"{"role":"scanner","text":"x"}"#
        private static let enrol = #"{"token":"t"}"#
        private static let reads = [
            "status", "doors", "parcels", "events", "uplink", "screen", "shipments", "promise", "report", "clock",
        ].map { "/v1/" + $0 }

        private func statuses(of peers: FakePeers) async throws -> (reads: Set<UInt>, scan: UInt, enrol: UInt) {
            var reads: Set<UInt> = []
            var scan: UInt = 0
            var enrol: UInt = 0
            try await Served.run(roles: FakePeers.roles, peers: peers) { served in
                for path in Self.reads { reads.insert(try await served.call(path).status) }
                scan = try await served.call("/v1/scan", Self.scan).status
                enrol = try await served.call("/v1/enrol", Self.enrol).status
            }
            return (reads, scan, enrol)
        }

        @Test("lockerd-view reads")
        func view() async throws {
            #expect(try await statuses(of: FakePeers(groups: [100, 901])) == ([200], 403, 403))
        }

        @Test("lockerd-keeper reads and works parcels")
        func keeper() async throws {
            #expect(try await statuses(of: FakePeers(groups: [902])) == ([200], 200, 403))
        }

        @Test("lockerd-tech, root and the daemon's own user do everything")
        func everything() async throws {
            #expect(try await statuses(of: FakePeers(groups: [903])) == ([200], 200, 200))
            #expect(try await statuses(of: FakePeers(user: 0, groups: [])) == ([200], 200, 200))
            #expect(try await statuses(of: FakePeers(user: 900, groups: [])) == ([200], 200, 200))
        }

        @Test("no role is told which group to join, even for a path that does not exist")
        func none() async throws {
            try await Served.run(roles: FakePeers.roles, peers: FakePeers(groups: [100])) { served in
                for path in Self.reads + ["/v1/nothing"] {
                    let (status, fault) = try await served.fault(path)
                    #expect(status == 403 && fault.code == .forbidden)
                    #expect(fault.message.contains("adduser uid 54321 lockerd-view"))
                }
            }
        }

        @Test("who may only read sees no list with places and people: it is the keeper's")
        func tell() async throws {
            for (group, status) in [(UInt32(901), UInt(403)), (902, 200), (903, 200)] {
                try await Served.run(roles: FakePeers.roles, peers: FakePeers(groups: [group])) { served in
                    let reply = try await served.call("/v1/tell")
                    #expect(reply.status == status)
                    #expect(status == 200 || reply.body.contains("lockerd-keeper"))
                }
            }
        }

        @Test("a missing role names its group")
        func missingRole() async throws {
            try await Served.run(roles: FakePeers.roles, peers: FakePeers(groups: [901])) {
                (served: Served) async throws in
                #expect(try await served.fault("/v1/scan", Self.scan).fault.message.contains("lockerd-keeper"))
                #expect(try await served.fault("/v1/enrol", Self.enrol).fault.message.contains("lockerd-tech"))
            }
        }

        @Test("a group that does not exist, or group 0, gives nobody a role")
        func missingGroup() async throws {
            for groups: [ControlRole: UInt32] in [[:], [.technician: 0]] {
                let roles = RoleGroups(groups: groups, ownUser: 900)
                try await Served.run(roles: roles, peers: FakePeers(groups: [0, 901, 902, 903])) {
                    (served: Served) async throws in
                    #expect(try await served.call("/v1/status").status == 403)
                }
            }
        }

        @Test("a caller who cannot be told is refused with the reason")
        func unknownCaller() async throws {
            struct Nobody: PeerSource {
                struct Gone: Error, CustomStringConvertible { var description: String { "gone" } }
                func credentials(of channel: any Channel) async throws -> PeerCredentials { throw Gone() }
            }
            try await Served.run(peers: Nobody()) { served in
                let (status, fault) = try await served.fault("/v1/status")
                #expect(status == 500 && fault.message == "the station failed: gone")
            }
        }

        @Test("the kernel tells the daemon's own user")
        func ownUser() async throws {
            try await Served.run { (served: Served) async throws in
                #expect(try await served.call("/v1/status").status == 200)
            }
        }
    }
}
