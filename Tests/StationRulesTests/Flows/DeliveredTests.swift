import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("An agent has brought it home")
struct DeliveredTests: Parcels {
    private var cabinet = Cabinet()

    /// Two parcels of a villager with a phone and one of another lie with the agent.
    private mutating func take(_ count: Int = 3, otherPhone: String? = "13912340000") {
        let entries = [
            ManifestEntry(one, of: "k1", phone: "13812345678"), ManifestEntry(two, of: "k1", phone: "13812345678"),
            ManifestEntry(three, of: "k2", phone: otherPhone),
        ].suffix(count)
        cabinet.announce(Array(entries))
        cabinet.begin(.courier, proven: false)
        for entry in entries { _ = cabinet.deposit(entry.waybill) }
        cabinet.end()
        if count > 1 { cabinet.delegateToAgent(one) }
        cabinet.delegateToAgent(three)
        cabinet.begin(.agent)
        cabinet.card(.take)
        while let door = cabinet.pulses.first { cabinet.openAndShut(door) }
        #expect(entries.allSatisfy { cabinet.status($0.waybill) == .withAgent })
    }

    @Test("the last four digits name all that the agent has of one recipient", arguments: [true, false])
    mutating func lastFour(byKeys: Bool) {
        take()
        cabinet.card(.delivered)
        #expect(cabinet.answers == [.askRecipient])
        if byKeys {
            cabinet.type("5678")
        } else {
            for digit in [5, 6, 7, 8] { cabinet.card(.digit(digit)) }
            cabinet.card(.next)
        }
        let facts = cabinet.events.compactMap { $0.payload as? ParcelCollected }
        #expect(facts.map(\.waybill) == [one, two] && cabinet.answers == [.delivered])
        #expect(facts.allSatisfy { $0.by == .delegate && $0.evidence == .stated })
        #expect(facts.allSatisfy { $0.delegate == .agent(TestKeys.person(.agent)) })
        #expect(cabinet.status(three) == .withAgent)
        cabinet.type("5678")
        #expect(cabinet.answers == [.notDelegated])
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("the digits of two people deliver nothing")
    mutating func twoPeople() {
        take(otherPhone: "15012345678")
        cabinet.card(.delivered)
        cabinet.type("5678")
        #expect(cabinet.types == [.scanRejected] && cabinet.answers == [.severalPeople])
    }

    @Test("NEXT says that the only parcel is there, unless somebody else comes first", arguments: [true, false])
    mutating func onlyOne(isNext: Bool) {
        take(1)
        cabinet.card(.delivered)
        #expect(cabinet.answers == [.askDelivered])
        if !isNext { cabinet.card(.survey) }
        cabinet.card(.next)
        #expect(cabinet.status(three) == (isNext ? .collected : .withAgent))
        #expect(cabinet.answers == [isNext ? .delivered : .nothingFollows])
        cabinet.card(.next)
        #expect(!cabinet.types.contains(.parcelCollected))
    }
}
