import Foundation
import LockerDomain
import PortFakes
import SQLiteJournal
import StationBooks
import StationEngine
import StationPorts
import SyncWire
import Testing

extension Card {
    private var backup: JournalBackup { JournalBackup(path: path) { Digest.sha256Bytes($0) } }

    /// Brings a copy on another medium up to date, as an hourly backup does.
    func backUp(to medium: String) throws {
        let copy = "\(medium)/copy.sqlite"
        let isThere = FileManager.default.fileExists(atPath: copy)
        switch try backup.plan(for: isThere ? copy : nil, checksAll: true).plan {
        case .none: break
        case .append: _ = try backup.append(to: copy) {}
        case .full: _ = try backup.copy(to: copy) {}
        }
    }

    /// Puts the copy in the place of the journal, as `lockerd --restore` does. The board is off.
    func restore(from medium: String) throws {
        let staged = "\(folder)/staged.sqlite"
        try FileManager.default.copyItem(atPath: "\(medium)/copy.sqlite", toPath: staged)
        _ = try RestoredJournal.check(staged) { Digest.sha256Bytes($0) }
        _ = try RestoredJournal.place(staged, at: path)
        try reopen()
    }
}

/// DESIGN 4.9, "backup put on a new board", with the real backup and the real county.
@Suite("A backup is put back")
struct BackupTests {
    private let one = Site.one
    private let two = Site.two

    private func medium() throws -> String {
        let path = NSTemporaryDirectory() + "medium-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    private func isUnknown(_ state: StationState) -> Bool {
        Bench.settings.doors.allSatisfy { state.door($0.name).contents == .unknown }
    }

    @Test("on a new board: it enrols anew, closes the journal as restored, and what came after the backup comes back")
    func newBoard() async throws {
        let medium = try medium()
        defer { try? FileManager.default.removeItem(atPath: medium) }
        try await KeyedCounty.serving { county in
            let site = try await Site(county)
            try site.card.backUp(to: medium)
            await site.deposit(self.one)
            try await site.synced()
            // The second one adds to the first.
            try site.card.backUp(to: medium)
            let end = await site.bench.engine.head()
            await site.deposit(self.two)
            #expect(try await site.collect(self.one) == [.takeOut])
            try await site.synced()
            let card = try Card()
            try card.restore(from: medium)
            try await site.boot(on: card, enrolling: true)
            let fact = try #require(try await site.newest())
            #expect(fact.reason == .restored)
            #expect(fact.lastSequence == EventLine.text(ofSequence: end.sequence))
            #expect(fact.recoverAfter?.hasSuffix("/" + EventLine.text(ofSequence: end.sequence)) == true)
            #expect(fact.lostFirst == nil)
            try await site.recovered()
            #expect(await site.state.parcels[self.one]?.status == .collected, "it went out after the backup")
            #expect(await self.isUnknown(site.state), "until an audit")
            #expect(try await site.collect(self.two) == [.takeOut])
            let state = await site.state
            try await site.restarted(start: false)
            #expect(await site.state == state, "a replay gives the same, and closes nothing again")
            #expect(await site.bench.engine.journalDamage() == nil)
        }
    }

    @Test("without a link nothing is silently as it was: no door is free, and codes send to the keeper")
    func noLink() async throws {
        let medium = try medium()
        defer { try? FileManager.default.removeItem(atPath: medium) }
        try await KeyedCounty.serving { county in
            let site = try await Site(county)
            await site.deposit(self.one)
            try await site.synced()
            try site.card.backUp(to: medium)
            await site.deposit(self.two)
            await site.bench.engine.stop(reason: "test")
            // The same board with its keys; the backup is a parcel older than it.
            let card = site.card
            try card.restore(from: medium)
            try await site.boot(on: card)
            #expect(try await site.newest()?.reason == .restored)
            #expect(await self.isUnknown(site.state))
            #expect(await site.state.isDoubtful)
            // One is in the backup and may have left since; of the other the station knows nothing. Both say: the keeper.
            #expect(try await site.collect(self.one) == [.codeAmbiguous])
            #expect(try await site.collect(self.two) == [.askKeeper])
            // What was never sent, and is in no backup, is gone; what the county has comes back when the link does.
            try await site.recovered()
            #expect(try await site.collect(self.one) == [.takeOut])
            #expect(await self.isUnknown(site.state))
        }
    }

    @Test("a power cut before the first event of the restored station changes nothing of that")
    func cutAtTheStart() async throws {
        let medium = try medium()
        defer { try? FileManager.default.removeItem(atPath: medium) }
        try await KeyedCounty.serving { county in
            let site = try await Site(county)
            await site.deposit(self.one)
            try await site.synced()
            try site.card.backUp(to: medium)
            let card = try Card(keys: site.card.keys)
            try card.restore(from: medium)
            try await site.boot(on: card, start: false)
            #expect(await site.bench.engine.journalDamage()?.contains("backup") == true)
            try await site.boot(on: card, start: false)
            #expect(await site.bench.engine.journalDamage()?.contains("backup") == true)
            try await site.boot(on: card)
            #expect(try await site.newest()?.reason == .restored)
            try await site.recovered()
            #expect(try await site.collect(self.one) == [.takeOut])
        }
    }

    @Test("what the backup holds and the county does not is sent by the new board")
    func unsent() async throws {
        let medium = try medium()
        defer { try? FileManager.default.removeItem(atPath: medium) }
        try await KeyedCounty.serving { county in
            let site = try await Site(county)
            await site.deposit(self.one)
            // Never sent by the board that dies now.
            try site.card.backUp(to: medium)
            let card = try Card()
            try card.restore(from: medium)
            try await site.boot(on: card, enrolling: true)
            try await site.recovered()
            #expect(await site.state.parcels[self.one]?.status == .stored)
            #expect(try await site.collect(self.one) == [.takeOut])
        }
    }
}
