import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

/// What an answer asks for is taken from the person who was asked: nobody is sent from one refusal to the next.
@Suite("Every card that an answer asks for")
struct AskedCardTests {
    private static let one: Waybill = "SF7444404156506"
    private static let two: Waybill = "YT8962646785389"
    private static let ship: Waybill = "YT8962646785390"

    /// What the answer asks to be scanned next.
    private static func asked(by id: Answer.ID) -> [String] {
        let cards: [Card] =
            switch id {
            case .auditOpened, .askShelfEmpty: [.empty]
            case .openDoorFirst: [.door("A01")]
            case .auditFailed: [.door("A05")]
            case .auditStuck: [.door("A05"), .next]
            case .whichDoor, .auditShut, .reasonNoted: [.door("A02")]
            case .askChecklist, .scanReceive: [.receive]
            case .askInside, .askInsideOf: [.yes, .no]
            case .scanRest: [.empty]
            case .askReason: [.reason(6)]
            case .refuseHow, .refuseSeveral: [.refuse]
            case .endFirst: [.end, .outbound]
            case .endSession: [.end]
            case .scanOutbound: [.outbound]
            case .scanAudit: [.audit]
            case .digits, .surveyNext, .askDelivered, .scanShipmentOrNext: [.next]
            default: []
            }
        let parcels: [Waybill] =
            switch id {
            case .welcome, .scanParcels, .scanParcel, .exceptionNoted, .scanShipment: [two, "YT8962646785399"]
            default: []
            }
        return cards.map(\.text) + parcels.map(\.rawValue)
    }

    /// Answers that send a person away from what they scanned.
    private static let refusals: Set<Answer.ID> = [
        .notForYou, .unknownCode, .scanBadgeFirst, .doorUnknown, .endFirst, .endSession, .openDoorFirst, .scanAudit,
    ]

    private typealias Scene = @Sendable (inout Cabinet, Role) -> Void

    /// How a station and its person may stand when something is scanned.
    private static let scenes: [Scene] = [
        { $0.begin($1, proven: false) },
        { $0.begin($1) },
        { cabinet, role in
            cabinet.begin(role)
            cabinet.card(.reason(6))
            cabinet.card(.door("A02"))
            cabinet.open("A02")
        },
        { cabinet, role in
            cabinet.begin(role)
            cabinet.card(.door("A05"))
            cabinet.pulseEnds("A05", fault: "stuck")
        },
        { cabinet, role in
            cabinet.begin(role)
            cabinet.card(.audit)
            for door in cabinet.pulses { cabinet.pulseEnds(door, fault: "stuck") }
        },
        { cabinet, role in
            cabinet.begin(role)
            cabinet.card(.retrieve)
            cabinet.openAndShut("A02")
            cabinet.open("A03")
        },
        { cabinet, role in
            cabinet.begin(role)
            cabinet.card(.take)
            cabinet.openAndShut("A02")
        },
        { cabinet, role in
            cabinet.begin(role)
            cabinet.card(.outbound)
        },
        // A deposit that a stop cut short.
        { cabinet, role in
            cabinet.begin(.courier)
            cabinet.scan("YT8962646785399")
            for door in cabinet.pulses { cabinet.open(door) }
            cabinet.restart()
            cabinet.begin(role)
        },
    ]

    private static func filled() -> Cabinet {
        var cabinet = Cabinet()
        cabinet.givePINs()
        cabinet.bring(ManifestEntry(one, of: "k1", phone: "13812345678"), ManifestEntry(two, of: "k2"))
        cabinet.delegateToAgent(one)
        cabinet.command(.recall([one, two]))
        cabinet.dropOff(ship)
        return cabinet
    }

    private static let scans: [String] =
        (Card.plainCards.filter { $0 != .end }
        + [
            .door("A01"), .door("A02"), .door("A05"), .shelf("S1-01"), .reason(1), .run("R1"), .handOver("R1"),
            .bag("B1"), .seal("S1"), .category("PEARS"), .platform("PDD"), .complaint(1), .digit(1), .exception(.fresh),
            .report(.damaged), .report(.lost), .delegate(.agent), .delegate(.relative), .kind(.produce),
            .reject(.forbidden),
        ]).map(\.text) + [one, two, ship, "YT8962646785398"].map(\.rawValue)

    @Test("is taken from whom it was asked for, in every work of every role", arguments: Role.allCases)
    func taken(role: Role) {
        let start = Self.filled()
        for (number, scene) in Self.scenes.enumerated() {
            var before = start
            scene(&before, role)
            for text in Self.scans {
                var cabinet = before
                cabinet.scan(text)
                follow(cabinet, text, "scene \(number), \(role) scanned \(text)")
            }
        }
    }

    private func follow(_ cabinet: Cabinet, _ text: String, _ story: String) {
        for id in cabinet.answers {
            for next in Self.asked(by: id) {
                var later = cabinet
                for door in cabinet.pulses {
                    later.open(door)
                    // Of a door that stood open already only the time tells.
                    later.openWaitEnds(door)
                }
                later.scan(next)
                // Digits that are not complete yet are no code.
                let refusals = id == .digits ? Self.refusals.subtracting([.unknownCode]) : Self.refusals
                #expect(refusals.isDisjoint(with: later.answers), "\(story), was told \(id), scanned \(next)")
            }
            guard id == .needsPIN, cabinet.state.session?.proven == false else { continue }
            var later = cabinet
            later.type(Cabinet.keeperPIN)
            later.scan(text)
            #expect(
                Set([Answer.ID.needsPIN, .notForYou]).isDisjoint(with: later.answers),
                "\(story), was told \(id), typed the PIN"
            )
        }
    }

    @Test("stands in this table as soon as an answer names one", arguments: Answer.ID.allCases)
    func named(id: Answer.ID) {
        let names = Set(Card.plainCards.map { $0.text.dropFirst(Card.prefix.count) })
            .union(["DOOR", "SHELF", "REASON", "REPORT", "DELEGATE"])
        let words = Answer(id, "").en.split { !$0.isLetter }
        guard words.contains(where: { names.contains($0) }) else { return }
        #expect(!Self.asked(by: id).isEmpty)
    }

    @Test("of a recipient at an open door, and of the keeper at a shelf place, is taken")
    func others() {
        var cabinet = Cabinet(doors: [DoorSettings(name: "A02", size: .medium)])
        cabinet.bringTogether(Self.one, Self.two, of: "k1")
        cabinet.typeCode(of: Self.one)
        for door in cabinet.pulses { cabinet.open(door) }
        cabinet.card(.refuse)
        #expect(cabinet.answers == [.refuseSeveral])
        for door in cabinet.state.doors.busy { cabinet.shut(door) }
        cabinet.card(.refuse)
        #expect(cabinet.answers == [.scanParcel])

        cabinet = Cabinet(doors: [])
        cabinet.bring(ManifestEntry(Self.one))
        cabinet.begin(.keeper)
        cabinet.card(.reason(6))
        cabinet.card(.shelf("S1-01"))
        #expect(cabinet.answers == [.askShelfEmpty])
        cabinet.card(.empty)
        #expect(cabinet.answers == [.auditEmpty])
    }
}
