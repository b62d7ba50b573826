import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("What a session lets its person do")
struct SessionRulesTests: Parcels {
    private var cabinet = Cabinet()
    private let ship: Waybill = "YT8962646785390"

    private static let wordCards: [Card] =
        [
            .door("A02"), .door("A01"), .shelf("S1-01"), .reason(1), .run("R1"), .handOver("R1"), .bag("B1"),
            .seal("S1"), .category("PEARS"), .platform("PDD"), .complaint(1), .digit(1),
        ] + ParcelException.allCases.map { .exception($0) } + ParcelReport.allCases.map { .report($0) }
        + DelegateKind.allCases.map { .delegate($0) } + ShipmentKind.allCases.map { .kind($0) }
        + ShipmentRefusal.allCases.map { .reject($0) }

    /// A parcel that goes back and may be fetched by an agent, another one, and a shipment, each behind a door.
    private mutating func fill() {
        cabinet.bring(ManifestEntry(one, of: "k1", phone: "13812345678"), ManifestEntry(two, of: "k1"))
        cabinet.delegateToAgent(one)
        cabinet.command(.recall([one]))
        cabinet.dropOff(ship)
        cabinet.announce([ManifestEntry("YT8962646785391", run: "R1")])
    }

    private var occupied: Set<DoorName> {
        Set(cabinet.state.doors.filter { $0.value.contents == .occupied }.map(\.key))
    }

    @Test(
        "every card is answered and on record for every role; without the PIN no occupied door opens",
        arguments: [Role.courier, .keeper, .technician, .inspector, .agent, nil]
    )
    mutating func everyCard(role: Role?) {
        fill()
        if let role { cabinet.begin(role, proven: false) }
        let filled = cabinet
        let occupied = occupied
        #expect(occupied == ["A02", "A03", "A04"])
        for card in Card.plainCards + Self.wordCards {
            cabinet = filled
            for text in [card.text, one.rawValue, ship.rawValue, "VLK1:NEXT", "VLK1:REOPEN"] {
                cabinet.scan(text)
                #expect(!cabinet.events.isEmpty && !cabinet.answers.isEmpty, "\(card) then \(text)")
                #expect(occupied.isDisjoint(with: cabinet.pulses), "\(card) then \(text)")
            }
            cabinet.type("5678")
            #expect(!cabinet.events.isEmpty && !cabinet.answers.isEmpty, "\(card) then last four")
            #expect(occupied.isDisjoint(with: cabinet.pulses), "\(card) then last four")
        }
    }

    @Test("an inspector opens nothing in any work, also with a PIN")
    mutating func inspector() {
        fill()
        cabinet.begin(.inspector)
        #expect(cabinet.state.session?.proven == true)
        let filled = cabinet
        for card in Card.plainCards + Self.wordCards where card != .end && card != .dropOff {
            cabinet = filled
            for text in [card.text, one.rawValue, ship.rawValue, "YT8962646785399", "VLK1:NEXT", "VLK1:REOPEN"] {
                cabinet.scan(text)
                #expect(cabinet.pulses.isEmpty, "\(card) then \(text)")
            }
        }
    }

    @Test("with the PIN each role does its own work and no other", arguments: Role.allCases)
    mutating func works(role: Role) {
        fill()
        cabinet.begin(role)
        let filled = cabinet
        for card in Card.plainCards + Self.wordCards {
            guard let work = card.work else { continue }
            cabinet = filled
            cabinet.card(card)
            let isRefused = cabinet.answers.contains(.notForYou)
            #expect(isRefused == !work.roles.contains(role), "\(work) by \(role)")
            #expect((cabinet.state.session?.work == work) == (work.roles.contains(role) || work == .receive), "\(work)")
        }
    }

    @Test("a withdrawn badge opens no session and ends the one it has")
    mutating func revoked() {
        cabinet.begin(.courier)
        cabinet.command(.revokeBadge(TestKeys.badgeID(.courier)))
        #expect(cabinet.types.contains(.sessionClosed))
        #expect(cabinet.state.session == nil)
        cabinet.scan(cabinet.badge(.courier))
        #expect(cabinet.event(SessionRefused.self)?.reason == .revoked)
        cabinet.restart()
        cabinet.scan(cabinet.badge(.courier))
        #expect(cabinet.answers == [.badgeRefused])
        cabinet.scan(cabinet.badge(.keeper))
        #expect(cabinet.state.session?.role == .keeper)
    }

    /// The county's record says that the training of a person has just run out.
    private mutating func recordTraining(of role: Role) {
        var pin = TestKeys.pin(role, "")
        pin.trainedUntil = UInt32(Cabinet.newYear / 1_000)
        cabinet.command(.pins([pin]))
    }

    @Test("whose safety training has run out works no more, but an inspector comes in", arguments: Role.allCases)
    mutating func untrained(role: Role) {
        recordTraining(of: role)
        cabinet.scan(cabinet.badge(role))
        let isRefused = role != .inspector
        #expect(cabinet.event(SessionRefused.self)?.reason == (isRefused ? .untrained : nil))
        #expect(cabinet.answers == [isRefused ? .untrained : .hello])
    }

    @Test(
        "a record of a training that has run out ends the session of its person",
        arguments: [Role.courier, .inspector]
    )
    mutating func untrainedMeanwhile(role: Role) {
        cabinet.scan(cabinet.badge(role))
        recordTraining(of: role)
        #expect((cabinet.state.session == nil) == (role == .courier))
        #expect(cabinet.answers == (role == .courier ? [.untrained] : []))
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("of whom the county sent no record the training is not known, and no PIN is right")
    mutating func withoutRecord() {
        cabinet.command(.pins([]))
        cabinet.scan(cabinet.badge(.keeper))
        #expect(cabinet.state.session != nil)
        cabinet.type(Cabinet.keeperPIN)
        #expect(cabinet.answers == [.pinWrong])
        #expect(cabinet.state.session?.proven == false)
    }

    @Test(
        "keeper, technician and agent are asked for the PIN, a courier for a waybill, an inspector for nothing",
        arguments: zip(Role.allCases, [Answer.ID.welcome, .askPIN, .askPIN, .hello, .askPIN])
    )
    mutating func asksPIN(role: Role, answer: Answer.ID) {
        cabinet.scan(cabinet.badge(role))
        #expect(cabinet.answers == [answer])
    }

    @Test("END ends any work", arguments: [Card.receive, .outbound, .told, .audit, .delegate(.agent)])
    mutating func end(card: Card) {
        cabinet.begin(.keeper)
        cabinet.card(card)
        cabinet.end()
        #expect(cabinet.event(SessionClosed.self)?.reason == .ended)
        #expect(cabinet.state.session == nil)
        #expect(cabinet.answers.last == .goodbye)
    }

    @Test("another work forgets what the last one asked")
    mutating func forgets() {
        fill()
        cabinet.begin(.keeper)
        cabinet.card(.delegate(.agent))
        cabinet.scan(one.rawValue)
        cabinet.card(.exception(.fresh))
        cabinet.card(.outbound)
        cabinet.card(.told)
        let session = cabinet.state.session
        #expect(session?.villager == nil && session?.exception == nil && session?.draft == nil)
    }
}
