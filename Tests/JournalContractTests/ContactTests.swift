import Foundation
import GRDB
import LockerDomain
import SQLiteJournal
import StationPorts
import Testing

@Suite("Sealed phone numbers beside the journal")
struct ContactTests {
    private let one = SealedContact(waybill: "SF7444404156506", sealed: [1, 2, 3])
    private let two = SealedContact(waybill: "YT8962646785389", sealed: [4, 5])
    private let day: Int64 = 86_400_000

    private func unsent(_ subject: Subject, after waybill: Waybill? = nil, limit: Int = 9) throws -> [SealedContact] {
        try subject.contacts.unsent(after: waybill, limit: limit)
    }

    @Test("what is kept waits to be sent, in order, over a restart", arguments: Kind.allCases)
    func kept(_ kind: Kind) throws {
        var subject = try Subject(kind)
        #expect(try unsent(subject).isEmpty)
        try subject.contacts.keep(two)
        try subject.contacts.keep(one)
        try subject.reopen()
        #expect(try unsent(subject) == [one, two])
        #expect(try unsent(subject, limit: 1) == [one])
        #expect(try unsent(subject, after: one.waybill) == [two])
        #expect(try unsent(subject, after: two.waybill).isEmpty)
        #expect(try subject.contacts.waybills() == [one.waybill, two.waybill])
    }

    @Test("what the county has does not wait; a number typed anew meanwhile does", arguments: Kind.allCases)
    func sent(_ kind: Kind) throws {
        var subject = try Subject(kind)
        try subject.contacts.keep(one)
        try subject.contacts.keep(two)
        let newer = SealedContact(waybill: two.waybill, sealed: [6])
        try subject.contacts.keep(newer)
        try subject.contacts.markSent(one)
        try subject.contacts.markSent(two)
        try subject.reopen()
        #expect(try unsent(subject) == [newer])
        try subject.contacts.keep(SealedContact(waybill: one.waybill, sealed: [7]))
        #expect(try unsent(subject).count == 2)
        #expect(try subject.contacts.waybills().count == 2)
    }

    @Test(
        "thirty days after the end it is gone, sent or not; what was only over for a while stays",
        arguments: Kind.allCases
    )
    func erased(_ kind: Kind) throws {
        var subject = try Subject(kind)
        try subject.contacts.keep(one)
        try subject.contacts.keep(two)
        try subject.contacts.erase(over: [one.waybill, two.waybill], at: 100 * day)
        try subject.reopen()
        // The second one came back after ten days and left again after twenty.
        try subject.contacts.erase(over: [one.waybill], at: 110 * day)
        try subject.contacts.erase(over: [one.waybill, two.waybill], at: 120 * day)
        try subject.contacts.erase(over: [one.waybill, two.waybill], at: 130 * day - 1)
        #expect(try subject.contacts.waybills() == [one.waybill, two.waybill])
        try subject.contacts.erase(over: [one.waybill, two.waybill], at: 130 * day)
        #expect(try subject.contacts.waybills() == [two.waybill])
        try subject.contacts.erase(over: [two.waybill], at: 150 * day)
        #expect(try subject.contacts.waybills().isEmpty)
    }

    @Test(
        "a number is known again by its mark while it is kept for any parcel, over a restart, and no longer",
        arguments: Kind.allCases
    )
    func marked(_ kind: Kind) throws {
        var subject = try Subject(kind)
        let mark: [UInt8] = [7, 7]
        let first = SealedContact(waybill: one.waybill, sealed: [1], recipientKey: "r1", mark: mark)
        let second = SealedContact(waybill: two.waybill, sealed: [2], recipientKey: "r1", mark: mark)
        let other = SealedContact(waybill: "JT5261988016578", sealed: [3], recipientKey: "r2", mark: [8])
        #expect(try subject.contacts.recipientKey(markedBy: mark) == nil)
        for contact in [first, second, other] { try subject.contacts.keep(contact) }
        try subject.contacts.keep(SealedContact(waybill: "W1", sealed: [4]))
        try subject.reopen()
        #expect(try subject.contacts.recipientKey(markedBy: mark) == "r1")
        #expect(try subject.contacts.recipientKey(markedBy: [8]) == "r2")
        #expect(try subject.contacts.recipientKey(markedBy: []) == nil)
        #expect(try unsent(subject, limit: 1) == [other])
        // Typed anew it is another person's: the key before is gone with its number.
        try subject.contacts.keep(SealedContact(waybill: other.waybill, sealed: [5], recipientKey: "r3", mark: [9]))
        #expect(try subject.contacts.recipientKey(markedBy: [8]) == nil)
        try subject.contacts.erase(over: [one.waybill], at: 0)
        try subject.contacts.erase(over: [one.waybill], at: 30 * day)
        #expect(try subject.contacts.recipientKey(markedBy: mark) == "r1", "the second parcel still has it")
        try subject.contacts.erase(over: [two.waybill], at: 30 * day)
        try subject.contacts.erase(over: [two.waybill], at: 60 * day)
        #expect(try subject.contacts.recipientKey(markedBy: mark) == nil)
    }

    @Test("numbers have a limit, and what is kept already can still be changed", arguments: Kind.allCases)
    func limit(_ kind: Kind) throws {
        let subject = try Subject(kind)
        if kind == .sqlite {
            // As many commits would take the disk a minute.
            try DatabaseQueue(path: subject.scratch.journal).write { database in
                for number in 0..<ContactLimits.contactsMax {
                    try database.execute(
                        sql: "INSERT INTO contact (waybill, sealed) VALUES (?, x'00')",
                        arguments: ["W\(number)"]
                    )
                }
            }
        } else {
            for number in 0..<ContactLimits.contactsMax {
                try subject.contacts.keep(SealedContact(waybill: Waybill(rawValue: "W\(number)"), sealed: [0]))
            }
        }
        let fault = #expect(throws: ContactFault.self) { try subject.contacts.keep(one) }
        #expect(fault?.description.contains("20000 phone numbers") == true)
        try subject.contacts.keep(SealedContact(waybill: "W7", sealed: [9]))
        #expect(try subject.contacts.waybills().count == ContactLimits.contactsMax)
    }

    @Test("an erased number is in no file at once, or within a day, also where no event follows")
    func noTrace() throws {
        let scratch = try Scratch()
        let secret = [UInt8]("sealed-and-to-be-forgotten".utf8)
        do {
            let journal = try SQLiteJournal(path: scratch.journal, reserveBytes: 4_096)
            let outbox = try SQLiteOutbox(path: scratch.journal)
            try outbox.keep(SealedContact(waybill: one.waybill, sealed: secret))
            _ = try journal.beginIncarnation(id: String(repeating: "a", count: 32)) { _ in
                lines(1, 1...Limits.checkpointEvents)
            }
            #expect(journal.maintain(keeping: nil) == .ok)
            #expect(try holds(scratch, secret))
            try outbox.erase(over: [one.waybill], at: 0)
            try outbox.erase(over: [one.waybill], at: 30 * day)
            #expect(try !holds(scratch, secret))
            #expect(try !holds(scratch, secret, "-wal"))
            #expect(journal.maintain(keeping: nil) == .ok)
            #expect(try Scratch.size(scratch.journal + "-wal") == Limits.walRoomBytes)
            // The second one of a day goes out of the file, and out of the log when the day is over.
            try outbox.keep(SealedContact(waybill: one.waybill, sealed: secret))
            try outbox.erase(over: [one.waybill], at: 30 * day)
            try outbox.erase(over: [one.waybill], at: 60 * day)
            #expect(try !holds(scratch, secret, "-wal"))
            try outbox.keep(SealedContact(waybill: one.waybill, sealed: secret))
            try outbox.erase(over: [one.waybill], at: 30 * day + 1)
            try outbox.erase(over: [one.waybill], at: 60 * day + 1)
            #expect(try !holds(scratch, secret))
            #expect(try holds(scratch, secret, "-wal"))
            try outbox.erase(over: [], at: 61 * day)
            #expect(try !holds(scratch, secret, "-wal"))
        }
        #expect(try !holds(scratch, secret))
    }

    private func holds(_ scratch: Scratch, _ secret: [UInt8], _ suffix: String = "") throws -> Bool {
        try Data(contentsOf: URL(filePath: scratch.journal + suffix)).range(of: Data(secret)) != nil
    }

    @Test("a journal of the version before has the table after it was opened, and all its events")
    func migrated() throws {
        let scratch = try Scratch()
        let first = String(repeating: "a", count: 32)
        do {
            let journal = try SQLiteJournal(path: scratch.journal, reserveBytes: 4_096)
            _ = try journal.beginIncarnation(id: first)
            try journal.append(lines(1, 1...5))
        }
        try DatabaseQueue(path: scratch.journal).write { database in
            try database.execute(sql: "DROP TABLE contact")
            try database.execute(sql: "DELETE FROM grdb_migrations WHERE identifier LIKE '2026-11 %contacts'")
        }
        let journal = try SQLiteJournal(path: scratch.journal, reserveBytes: 4_096)
        let outbox = try SQLiteOutbox(path: scratch.journal)
        try outbox.keep(one)
        #expect(try outbox.unsent(after: nil, limit: 9) == [one])
        #expect(try journal.head().last == line(1, 5))
    }
}
