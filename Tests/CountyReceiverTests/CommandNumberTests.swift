import CountyBooks
import CountyReceiver
import Foundation
import Hummingbird
import HummingbirdTesting
import LockerDomain
import PortFakes
import StationBooks
import SyncWire
import Testing

@Suite("Numbers of commands")
struct CommandNumberTests {
    private static let waybills = (0..<5).map { "SF744440415650\($0)" }

    private static func sheet(_ waybill: String, formerly: String = "") -> [UInt8] {
        Array("运单号,原单号,品牌,手机号\n\(waybill),\(formerly),SF,13812345678\n".utf8)
    }

    private static func ask(
        _ station: TestStation,
        _ client: any TestClientProtocol,
        after: Int = 0,
        highest: Int = 0,
        end journal: WrittenJournal? = nil
    ) async throws -> CommandList {
        let end = journal.map { CommandQuery.End(incarnation: $0.incarnation, last: $0.lines.count) }
        let query = CommandQuery(wait: 0, after: after, highest: highest, end: end)
        return try await station.send(.get, "/v1/stations/\(station.id)/commands", client, query: query.text).decoded()
    }

    private static func settle(
        _ journal: inout WrittenJournal,
        _ id: String,
        _ number: Int,
        failing reason: String? = nil
    ) {
        let why = reason.map { #","reason":"\#($0)""# } ?? ""
        journal.append(
            reason == nil ? "command.completed" : "command.failed",
            #"{"id":"\#(id)","number":\#(number)\#(why)}"#
        )
    }

    private func overview(_ county: TestCounty, _ station: TestStation) throws -> County.StationOverview {
        try #require(try county.county.overview().first { $0.station == station.id })
    }

    @Test(
        "a county from its backup gives new numbers to what it ordered under numbers that were used, in the old order"
    )
    func restored() async throws {
        try await withStation { county, station, client in
            let (desk, id) = (county.county, station.id)
            var journal = WrittenJournal(id)
            _ = try desk.loadManifest(Self.sheet(Self.waybills[0]), station: id)
            let badge = try desk.makeBadge(person: 7, role: .keeper, days: 30, pin: "246810", stations: [id])
            for command in try await station.commands(client) { Self.settle(&journal, command.id, command.number) }
            #expect(try await station.post(journal, 1...2, client).status == 200)

            let copy = county.directory + "-copy"
            try FileManager.default.copyItem(atPath: county.directory, toPath: copy)
            for waybill in Self.waybills[1...3] { _ = try desk.loadManifest(Self.sheet(waybill), station: id) }
            let lost = try await station.commands(client)
            #expect(lost.map(\.number) == [3, 4, 5])
            for command in lost { Self.settle(&journal, command.id, command.number) }
            #expect(try await station.post(journal, 3...5, client).status == 200)

            let restored = try TestCounty(directory: copy, wall: county.clock.now)
            defer { restored.remove() }
            let sent = journal
            try await restored.serving { client in
                let desk = restored.county
                _ = try desk.revokeBadge(badge.id)
                let first = try await Self.ask(station, client, after: 5, highest: 5, end: sent)
                #expect(first.commands.isEmpty && first.books?.acknowledged == 2)
                #expect(try desk.loadManifest(Self.sheet(Self.waybills[4]), station: id).command == 6)
                // Nothing is numbered anew before the county knows what was done.
                let second = try await Self.ask(station, client, after: 5, highest: 5, end: sent)
                #expect(second.commands.map(\.number) == [6])
                #expect(try await station.post(sent, 3...5, client).status == 200)
                let third = try await Self.ask(station, client, after: 5, highest: 6, end: sent)
                #expect(third.commands.map(\.number) == [6, 7, 8])
                #expect(third.commands.map(\.type) == ["manifest", "pins", "revokeBadge"])
                #expect(third.commands.allSatisfy { $0.isGenuine(desk.publicKey, station: id) })
                #expect(third.books?.acknowledged == 5)
                #expect(try await station.commands(client).map(\.number) == [6, 7, 8])
            }
        }
    }

    @Test("numberPassed brings the command under a new number and a new id, once; what hangs on its number follows")
    func passed() async throws {
        try await withStation { county, station, client in
            let (desk, id) = (county.county, station.id)
            _ = try desk.loadManifest(Self.sheet(Self.waybills[0], formerly: Self.waybills[1]), station: id)
            let old = try #require(try await station.commands(client).first)
            var journal = WrittenJournal(id)
            Self.settle(&journal, old.id, 1, failing: CommandFailed.numberPassed)
            Self.settle(&journal, old.id, 1, failing: CommandFailed.numberPassed)
            let answer: Acknowledgement = try await station.post(journal, 1...2, client).decoded()
            let new = try #require(answer.commands.first)
            #expect(answer.commands.count == 1 && new.number == 2 && new.id != old.id && new.data == old.data)
            #expect(new.isGenuine(desk.publicKey, station: id))
            let fault = #expect(throws: CountyFault.self) { try desk.reissue(Self.waybills[1], station: id) }
            #expect(fault?.description.contains("command 2, which is on its way") == true)
            #expect(try overview(county, station).commandsFailed.isEmpty)
            Self.settle(&journal, new.id, 2)
            #expect(try await station.post(journal, 3...3, client).status == 200)
            #expect(try await station.commands(client).isEmpty)
        }
    }

    @Test("that one is settled says nothing about those before it, and a failed never replaces a completed")
    func settled() async throws {
        try await withStation { county, station, client in
            let (desk, id) = (county.county, station.id)
            for waybill in Self.waybills.prefix(3) { _ = try desk.loadManifest(Self.sheet(waybill), station: id) }
            let commands = try await station.commands(client)
            var journal = WrittenJournal(id)
            Self.settle(&journal, commands[1].id, 2)
            Self.settle(&journal, commands[1].id, 2, failing: "too late")
            Self.settle(&journal, commands[2].id, 3, failing: "its data cannot be read")
            #expect(try await station.post(journal, 1...3, client).status == 200)
            #expect(try await station.commands(client).map(\.number) == [1])
            let known = try overview(county, station)
            #expect(known.commandsPending == 1 && known.commandsFailed.map(\.number) == [3])
            #expect(known.commandsFailed.first?.reason == "its data cannot be read")
            let lines = known.lines(now: county.clock.now)
            #expect(lines.contains { $0.name == "command failed 命令失败" && $0.value.contains("3 manifest") })
        }
    }

    @Test("a number far above the last one teaches nothing, and is a fault until the station names another")
    func strange() async throws {
        try await withStation { county, station, client in
            let (desk, id) = (county.county, station.id)
            let far = Limits.commandNumbersAheadMax + 1
            for highest in [far, 1 << 52] {
                _ = try await Self.ask(station, client, after: highest, highest: highest)
                #expect(try overview(county, station).commandNumberStrange == highest)
            }
            #expect(try desk.loadManifest(Self.sheet(Self.waybills[0]), station: id).command == 1)
            #expect(
                try overview(county, station).lines(now: 0).contains { $0.value.contains("CHECK: the station names") }
            )
            _ = try await Self.ask(station, client, after: 0, highest: far)
            #expect(try overview(county, station).commandNumberStrange == nil, "the county's own last is 1 now")
            #expect(try desk.loadManifest(Self.sheet(Self.waybills[1]), station: id).command == far + 1)
        }
    }

    @Test(
        "while a station names a number that nobody can have given, what it passed over waits: a new number is no better"
    )
    func strangePassed() async throws {
        try await withStation { county, station, client in
            _ = try county.county.loadManifest(Self.sheet(Self.waybills[0]), station: station.id)
            let command = try #require(try await station.commands(client).first)
            let far = Limits.commandNumbersAheadMax + 2
            _ = try await Self.ask(station, client, after: far, highest: far)
            var journal = WrittenJournal(station.id)
            Self.settle(&journal, command.id, 1, failing: CommandFailed.numberPassed)
            let answer: Acknowledgement = try await station.post(journal, 1...1, client).decoded()
            #expect(answer.commands.map(\.id) == [command.id])
            // The station names another: the order is not lost.
            let list = try await Self.ask(station, client, after: 1, highest: 1, end: journal)
            #expect(list.commands.map(\.number) == [2] && list.commands.first?.data == command.data)
        }
    }

    @Test("a command that waits for an hour while the station asks is a fault; one whose station is away is none")
    func late() async throws {
        try await withStation { county, station, client in
            let (desk, id) = (county.county, station.id)
            _ = try desk.loadManifest(Self.sheet(Self.waybills[0]), station: id)
            _ = try await Self.ask(station, client)
            county.clock.advance(hours: 5)
            _ = try await Self.ask(station, client)
            #expect(try overview(county, station).commandsLate.isEmpty)
            for _ in 1...6 {
                county.clock.advance(minutes: 10)
                _ = try await Self.ask(station, client)
            }
            let known = try overview(county, station)
            #expect(known.commandsLate.map(\.number) == [1] && known.commandsLate.first?.type == "manifest")
            let line = known.lines(now: county.clock.now).first { $0.name == "command waits 命令未执行" }
            #expect(line?.value.hasPrefix("1 manifest, ordered 6 h ago") == true)
        }
    }

    @Test("a command that was over before the station did it is shown as failed")
    func over() async throws {
        try await withStation { county, station, client in
            _ = try county.county.loadManifest(Self.sheet(Self.waybills[0]), station: station.id)
            county.clock.advance(hours: CountyLimits.commandDays * 24 - 1)
            #expect(try overview(county, station).commandsFailed.isEmpty)
            county.clock.advance(hours: 2)
            #expect(try await station.commands(client).isEmpty)
            let failed = try overview(county, station).commandsFailed
            #expect(failed.map(\.number) == [1] && failed.first?.reason?.contains("over before") == true)
        }
    }

    @Test("commands that cannot be done now keep none behind them from the station")
    func manyWait() async throws {
        try await withStation { county, station, client in
            let (desk, id) = (county.county, station.id)
            for number in 0..<24 { _ = try desk.loadManifest(Self.sheet("SF74444041\(10_000 + number)"), station: id) }
            let first = try await Self.ask(station, client).commands.map(\.number)
            #expect(first.count == CountyLimits.commandsPerAnswerMax && first == first.sorted())
            #expect(Array(first.prefix(15)) == Array(1...15))
            _ = try desk.recall(["SF7444404110000"], station: id)
            let second = try await Self.ask(station, client, highest: 24).commands
            #expect(second.count == CountyLimits.commandsPerAnswerMax && second.last?.number == 25)
        }
    }

    @Test(
        "what is no question is refused",
        arguments: ["end=aa.3", "end=\(String(repeating: "a", count: 32))", "highest=-1"]
    )
    func malformed(query: String) async throws {
        try await withStation { _, station, client in
            let answer = try await station.send(.get, "/v1/stations/\(station.id)/commands", client, query: query)
            #expect(answer.problem == .malformed)
        }
    }
}
