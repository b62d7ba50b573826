import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

/// An older card takes a door for empty behind which something lies, and the county tells of that only later.
@Suite("What comes back behind a door that an older card has filled since")
struct RecoverStrangersTests: Parcels {
    /// The station before its card was changed, and the older card.
    private var before = Cabinet()
    private var cabinet = Cabinet()

    /// The older card puts a second parcel behind the door of the first, and then gets its books back.
    private mutating func putTogether() {
        #expect(before.deposit(one) == .door("A02"))
        before.end()
        #expect(cabinet.deposit(two) == .door("A02"))
        cabinet.end()
        var fact = JournalReplaced(previous: nil, lastSequence: nil, lastHash: nil, reason: .restored)
        fact.recoverAfter = "\(Cabinet.closedIncarnation)/000000000001"
        cabinet.send(.journalReplaced(fact))
        cabinet.getBack(before.journal)
        cabinet.getNoMoreBack()
        #expect(cabinet.place(of: one) == "A02" && cabinet.place(of: two) == "A02")
    }

    private func missing() -> [Waybill] {
        cabinet.journal.compactMap { line in
            (line.event.payload as? AuditDifference).flatMap { $0.finding == .missing ? $0.waybill : nil }
        }
    }

    @Test("no code opens a door on parcels of two recipients: both need the keeper")
    mutating func codes() {
        putTogether()
        for waybill in [one, two] {
            cabinet.typeCode(of: waybill)
            #expect(cabinet.pulses.isEmpty && cabinet.answers == [.codeAmbiguous])
        }
    }

    @Test(
        "parcels of two recipients do not stay behind one door: EMPTY alone makes the second missing",
        arguments: [true, false]
    )
    mutating func audit(isOlderFirst: Bool) {
        putTogether()
        let (stays, goes) = isOlderFirst ? (one, two) : (two, one)
        cabinet.audit("A02")
        cabinet.open("A02")
        cabinet.scan(stays.rawValue)
        #expect(cabinet.answers == [.scanRest])
        cabinet.scan(goes.rawValue)
        #expect(cabinet.types == [.scanRejected] && cabinet.answers == [.anothersParcel])
        #expect(missing().isEmpty)
        cabinet.card(.empty)
        #expect(cabinet.answers == [.auditHolds] && missing() == [goes])
        #expect(cabinet.state.door("A02").contents == .occupied)
        cabinet.shut("A02")
        cabinet.end()
        cabinet.typeCode(of: stays)
        #expect(cabinet.event(DoorUnlockRequested.self)?.waybills == [stays])
        cabinet.openAndShut("A02")
        #expect(cabinet.deposit(goes) != nil && cabinet.parcel(goes)?.n == 0)
    }
}
