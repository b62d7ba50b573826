import Foundation
import GRDB
import LockerDomain
import PortFakes
import SQLiteJournal
import StationBooks
import StationCore
import StationEngine
import StationPorts
import SyncWire
import Testing

/// The rows of DESIGN 4.9 that are the station's, each on a real journal with the real county.
@Suite("What comes back to a station")
struct ComesBackTests {
    private let one = Site.one
    private let two = Site.two

    /// One parcel is in front of a snapshot, the other behind it, and the county has all of it.
    private func twoParcels(_ county: KeyedCounty) async throws -> Site {
        let site = try await Site(county)
        await site.deposit(one)
        await site.bench.engine.stop(reason: "test")
        try await site.boot(on: site.card)
        await site.deposit(two)
        try await site.synced()
        return site
    }

    private func isUnknown(_ state: StationState) -> Bool {
        Bench.settings.doors.allSatisfy { state.door($0.name).contents == .unknown }
    }

    @Test("damaged in front of an intact snapshot: nothing changes in the state")
    func inFront() async throws {
        try await KeyedCounty.serving { county in
            let site = try await self.twoParcels(county)
            let before = await site.state
            try await site.restarted(start: false) { card in
                try card.spoil("UPDATE event SET bytes = x'00' WHERE position & 1099511627775 BETWEEN 3 AND 5")
            }
            #expect(await site.bench.engine.journalDamage() == nil)
            #expect(await site.state == before)
        }
    }

    @Test("damaged behind it: the state up to there stands, right codes work, and the rest comes back")
    func behind() async throws {
        try await KeyedCounty.serving { county in
            let site = try await self.twoParcels(county)
            let last = await site.bench.engine.head().sequence
            let stored = try #require(
                try site.card.outbox.lines(after: JournalPosition(generation: 1, sequence: 0), limit: 500, bytes: .max)
                    .first { line in
                        guard case .parcelReceived(let fact)? = try? EventLine(decoding: line.bytes).event else {
                            return false
                        }
                        return fact.waybill == self.two
                    }
            ).position.sequence
            try await site.restarted { card in
                try card.spoil("DELETE FROM event WHERE position = ?", [1 << 40 + Int64(stored)])
            }
            let fact = try #require(try await site.newest())
            #expect(fact.reason == .damaged)
            #expect(fact.lostFirst == nil, "the county has acknowledged all of it")
            #expect(fact.recoverAfter?.hasSuffix("/" + EventLine.text(ofSequence: stored - 1)) == true)
            #expect(fact.lastSequence == EventLine.text(ofSequence: last), "what is intact behind it stays")
            #expect(await self.isUnknown(site.state))
            #expect(try await site.collect(self.two) == [.askKeeper])
            #expect(try await site.collect(self.one) == [.takeOut])
            try await site.recovered()
            #expect(await self.isUnknown(site.state))
            #expect(try await site.collect(self.two) == [.takeOut])
            #expect(await site.state.parcels[self.one]?.status == .collected, "it is not stored once more")
            let state = await site.state
            try await site.restarted(start: false)
            #expect(await site.state == state, "a replay gives the same")
        }
    }

    @Test("codes that fit nothing while the books are doubtful lock for two minutes, and do not count for the day")
    func doubtful() async throws {
        try await KeyedCounty.serving { county in
            let site = try await self.twoParcels(county)
            try await site.restarted { card in
                try card.spoil("DELETE FROM event WHERE position > (SELECT max(position) - 3 FROM event)")
            }
            for round in 1...9 {
                for number in 1...4 { #expect(await site.bench.type("0000000\(number)") == [.askKeeper], "\(round)") }
                #expect(await site.bench.type("00000005") == [.locked])
                #expect(await site.state.codeLock.length == Limits.codeLockMilliseconds)
                await site.bench.advance(Limits.codeLockMilliseconds)
            }
            #expect(await site.state.codeLock.wrongToday == 0)
            try await site.recovered()
            #expect(await site.bench.type("00000001") == [.wrongCode])
            #expect(await site.state.codeLock.wrongToday == 1)
        }
    }

    @Test("a WAL that is gone: the mark shows it, no door is free, and the county's copy comes back")
    func lostWAL() async throws {
        try await KeyedCounty.serving { county in
            let site = try await Site(county)
            // What is on the card now is what the checkpoint has kept.
            let kept = await site.bench.engine.head().sequence
            await site.deposit(self.one)
            try await site.synced()
            try await site.restarted { card in
                try card.spoil("DELETE FROM event WHERE position > ?", [1 << 40 + Int64(kept)])
            }
            #expect(try await site.newest()?.reason == .damaged)
            #expect(await self.isUnknown(site.state), "not free: a parcel is inside")
            try await site.recovered()
            #expect(try await site.collect(self.one) == [.takeOut])
        }
    }

    @Test("what the county never had is named as lost, and a mark that lags takes nothing away")
    func lostUnsent() async throws {
        try await KeyedCounty.serving { county in
            let site = try await Site(county)
            let sent = await site.bench.engine.head().sequence
            await site.deposit(self.one)
            let last = await site.bench.engine.head().sequence
            try await site.restarted { card in
                try card.spoil("DELETE FROM event WHERE position > ?", [1 << 40 + Int64(sent)])
            }
            let fact = try #require(try await site.newest())
            #expect(fact.lostFirst == EventLine.text(ofSequence: sent + 1))
            #expect(fact.lostLast == EventLine.text(ofSequence: last))
            try await site.recovered()
            #expect(await site.state.parcels[self.one] == nil)
            #expect(await self.isUnknown(site.state))
        }
    }

    @Test("a file that cannot be read: the snapshot is saved out of it, its codes work, the rest comes back")
    func unreadable() async throws {
        try await KeyedCounty.serving { county in
            let site = try await self.twoParcels(county)
            let fact = try site.card.setAside()
            #expect(fact.recoverAfter != nil)
            try await site.boot(on: site.card, replaced: fact)
            #expect(try await site.collect(self.one) == [.takeOut])
            #expect(try await site.collect(self.two) == [.askKeeper])
            try await site.recovered()
            #expect(try await site.collect(self.two) == [.takeOut])
            let state = await site.state
            try await site.restarted(start: false)
            #expect(await site.state == state)
        }
    }

    @Test("a journal that is gone: no door is free, and all that the county has comes back")
    func gone() async throws {
        try await KeyedCounty.serving { county in
            let site = try await self.twoParcels(county)
            #expect(try await site.collect(self.two) == [.takeOut])
            try await site.synced()
            let fact = JournalReplaced(previous: nil, lastSequence: nil, lastHash: nil, reason: .damaged)
            try await site.boot(on: Card(keys: site.card.keys), replaced: fact)
            #expect(await self.isUnknown(site.state))
            #expect(try await site.collect(self.one) == [.askKeeper])
            try await site.recovered()
            #expect(await self.isUnknown(site.state))
            #expect(await site.state.parcels[self.two]?.status == .collected)
            #expect(try await site.collect(self.one) == [.takeOut])
        }
    }

    @Test("an older card: what came after it comes back, what it wrote itself stands")
    func oldCard() async throws {
        try await KeyedCounty.serving { county in
            let site = try await Site(county)
            await site.deposit(self.one)
            try await site.synced()
            let old = try Card(keys: site.card.keys, copying: site.card)
            await site.deposit(self.two)
            #expect(try await site.collect(self.one) == [.takeOut])
            try await site.synced()
            try await site.boot(on: old)
            let bench = site.bench
            try await site.synced { await bench.engine.head().generation == 2 }
            try await site.recovered()
            #expect(await site.state.parcels[self.one]?.status == .collected)
            #expect(await self.isUnknown(site.state))
            #expect(try await site.collect(self.two) == [.takeOut])
        }
    }

    @Test("a new board with nothing but a token: the doors are contents unknown, and the parcels come back")
    func newBoard() async throws {
        try await KeyedCounty.serving { county in
            let site = try await self.twoParcels(county)
            try await site.boot(on: Card(), enrolling: true)
            #expect(await self.isUnknown(site.state))
            for waybill in [self.one, self.two] { #expect(try await site.collect(waybill) == [.takeOut]) }
        }
    }

    @Test("a board that comes back after another one stood in its place recovers what that one did")
    func boardBack() async throws {
        try await KeyedCounty.serving { county in
            let site = try await self.twoParcels(county)
            let first = site.card
            try await site.boot(on: Card(), enrolling: true)
            #expect(try await site.collect(self.one) == [.takeOut])
            try await site.synced()
            try await site.boot(on: first, enrolling: true)
            #expect(await site.state.parcels[self.one]?.status == .collected)
            #expect(await self.isUnknown(site.state), "the other board may have put something behind them")
            #expect(try await site.collect(self.two) == [.takeOut])
        }
    }

    @Test("an enrolment anew on the same board closes nothing")
    func enrolledAgain() async throws {
        try await KeyedCounty.serving { county in
            let site = try await Site(county)
            await site.deposit(self.one)
            try await site.synced()
            try await site.boot(on: site.card, enrolling: true)
            #expect(await site.bench.engine.head().generation == 1)
            #expect(try await site.collect(self.one) == [.takeOut])
        }
    }

    @Test("a backup on a new board holds the journal and its key, enrols anew, and recovers what came after it")
    func backup() async throws {
        try await KeyedCounty.serving { county in
            let site = try await Site(county)
            await site.deposit(self.one)
            try await site.synced()
            let backup = try Card(copying: site.card)
            await site.deposit(self.two)
            try await site.synced()
            try await site.boot(on: backup, enrolling: true)
            let bench = site.bench
            try await site.synced { await bench.engine.head().generation == 2 }
            try await site.recovered()
            for waybill in [self.one, self.two] { #expect(try await site.collect(waybill) == [.takeOut]) }
        }
    }

    // MARK: Snapshots

    @Test("a snapshot that somebody wrote is not used: the one before it is, else the journal")
    func forged() async throws {
        try await KeyedCounty.serving { county in
            let site = try await self.twoParcels(county)
            await site.bench.engine.stop(reason: "test")
            try await site.boot(on: site.card)
            await site.bench.engine.stop(reason: "test")
            #expect(try site.card.value("SELECT count(*) FROM snapshot") == 2)
            let before = await site.state
            let bytes: Data = try #require(
                try site.card.value("SELECT bytes FROM snapshot ORDER BY position DESC LIMIT 1")
            )
            let json = String(decoding: bytes.dropFirst(32), as: UTF8.self)
                .replacing(#""highest":0"#, with: #""highest":9007199254740992"#)
            let forged = Data(Digest.sha256Bytes(Array(json.utf8)) + Array(json.utf8))
            for all in [false, true] {
                try await site.restarted(start: false) { card in
                    let newest = "position = (SELECT max(position) FROM snapshot)"
                    try card.spoil("UPDATE snapshot SET bytes = ?\(all ? "" : " WHERE " + newest)", [forged])
                }
                #expect(await site.state == before)
                #expect(await site.bench.engine.journalDamage() == nil)
            }
        }
    }
}
