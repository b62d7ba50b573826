import LockerDomain
import StationBooks
import StationRules
import Testing

/// What every input about a door leads to, whatever the door was opened for and however far the opening has come. A
/// purpose without its row fails.
@Suite("Every opening of a door")
struct DoorTableTests {
    private static let waybill = Lives.waybill
    private static let door: DoorName = "A02"

    /// Nobody opened it.
    private static let idle = """
        .    levelOpen  levelClosed pulseOver pulseFault openWait leftOpen interrupted
        shut unexpected .           .         .          .        .        .
        open .          closed      .         .          .        left     .
        """

    /// The pulse is ordered, the door not yet seen open.
    private static let unlocking = """
        .            levelOpen levelClosed pulseOver pulseFault  openWait leftOpen interrupted
        deposit      opened    .           timer     another     again    .        cutShort
        pickup       opened    .           timer     failed      again    .        cutShort
        audit        opened    .           timer     outOfUse    again    .        cutShort
        reopen       opened    .           timer     failed      again    .        cutShort
        handOut      opened    .           timer     failed      again    .        cutShort
        agent        opened    .           timer     failed      again    .        cutShort
        retrieval    opened    .           timer     failed      again    .        cutShort
        move         opened    .           timer     failed      again    .        cutShort
        dropOff      opened    .           timer     another     again    .        cutShort
        takeOut      opened    .           timer     failed      again    .        cutShort
        shipment     opened    .           timer     another     again    .        cutShort
        senderPickup opened    .           timer     failed      again    .        cutShort
        support      opened    .           timer     failed      again    .        cutShort
        """

    /// Seen open.
    private static let opened = """
        .            levelOpen levelClosed pulseOver pulseFault openWait leftOpen interrupted
        deposit      .         stored      .         .          .        left     cutShort
        pickup       .         collected   .         .          .        left     cutShort
        audit        .         closed      .         .          .        left     cutShort
        reopen       .         closed      .         .          .        left     cutShort
        putBack      .         refused     .         .          .        left     cutShort
        handOut      .         collected   .         .          .        left     cutShort
        agent        .         withAgent   .         .          .        left     cutShort
        retrieval    .         retrieved   .         .          .        left     cutShort
        move         .         moved       .         .          .        left     cutShort
        dropOff      .         droppedOff  .         .          .        left     cutShort
        takeOut      .         takenOut    .         .          .        left     cutShort
        shipment     .         shipment    .         .          .        left     cutShort
        senderPickup .         returned    .         .          .        left     cutShort
        support      .         closed      .         .          .        left     cutShort
        """

    /// What the words stand for.
    private static let effects: [String: [EventType]] = [
        ".": [], "timer": [], "unexpected": [.doorOpenedUnexpectedly], "opened": [.doorOpened], "closed": [.doorClosed],
        "left": [.doorLeftOpen], "cutShort": [.auditDifference], "again": [.doorUnlockRequested],
        "failed": [.doorOpenFailed], "outOfUse": [.doorOpenFailed, .doorOutOfService],
        "another": [.doorOpenFailed, .doorOutOfService, .doorUnlockRequested],
        "stored": [.doorClosed, .parcelStored], "collected": [.doorClosed, .parcelCollected],
        "refused": [.doorClosed, .parcelRefused], "withAgent": [.doorClosed, .parcelHandedToAgent],
        "retrieved": [.doorClosed, .parcelRetrieved],
        "moved": [.doorClosed, .parcelReceived, .doorUnlockRequested],
        "droppedOff": [.doorClosed, .shipmentDroppedOff], "takenOut": [.doorClosed, .shipmentTakenOut, .sessionNoted],
        "shipment": [.doorClosed, .shipmentStored], "returned": [.doorClosed, .shipmentReturned],
    ]

    private static func rows(_ table: String) -> [[String]] {
        table.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    }

    @Test("the tables have a row for each purpose and the same columns")
    func complete() {
        let columns = Self.rows(Self.idle).first
        #expect(Self.rows(Self.unlocking).first == columns)
        #expect(Self.rows(Self.opened).first == columns)
        let purposes = Set(Purpose.allCases.map(\.rawValue))
        #expect(Set(Self.rows(Self.opened).dropFirst().map(\.[0])) == purposes)
        // Who refuses stands at the open door.
        #expect(Set(Self.rows(Self.unlocking).dropFirst().map(\.[0])) == purposes.subtracting(["putBack"]))
    }

    @Test("a door that nobody opened", arguments: rows(idle).dropFirst())
    func nobodyOpened(row: [String]) throws {
        var start = Cabinet()
        if row.first == "open" { start.send(.level(Self.door, .open)) }
        try look(row, start)
    }

    @Test("a door whose pulse was ordered", arguments: rows(unlocking).dropFirst())
    func pulseOrdered(row: [String]) throws {
        try look(row, Self.cabinet(try #require(Purpose(rawValue: row[0])), isOpen: false), .unlocking)
    }

    @Test("a door that was seen open", arguments: rows(opened).dropFirst())
    func seenOpen(row: [String]) throws {
        try look(row, Self.cabinet(try #require(Purpose(rawValue: row[0])), isOpen: true), .open)
    }

    private func look(_ row: [String], _ start: Cabinet, _ phase: DoorCycle.Phase? = nil) throws {
        let cycle = start.state.door(Self.door).cycle
        try #require(cycle?.phase == phase)
        if phase != nil { #expect(cycle?.purpose.rawValue == row[0]) }
        let columns = try #require(Self.rows(Self.idle).first)
        try #require(row.count == columns.count)
        for (name, word) in zip(columns, row).dropFirst() {
            var cabinet = start
            cabinet.wait(1_000)
            cabinet.send(try #require(Self.input(name, cycle)))
            #expect(cabinet.types == Self.effects[word], "\(row[0]), \(name)")
            let isTimed = cabinet.actions.contains { if case .timer(.openWait, _) = $0 { true } else { false } }
            #expect(isTimed == (word == "timer"), "\(row[0]), \(name)")
            #expect(cabinet.replayed == cabinet.state, "\(row[0]), \(name)")
        }
    }

    private static func input(_ name: String, _ cycle: DoorCycle?) -> Input? {
        switch name {
        case "levelOpen": .level(door, .open)
        case "levelClosed": .level(door, .closed)
        case "pulseOver": .pulseEnded(door, cycle: cycle?.id ?? 1, fault: nil)
        case "pulseFault": .pulseEnded(door, cycle: cycle?.id ?? 1, fault: "line busy")
        case "openWait": .timer(.openWait(door, cycle: cycle?.id ?? 1, attempt: cycle?.attempt ?? 1))
        case "leftOpen": .timer(.leftOpen(door, cycle: cycle?.id ?? 0))
        case "interrupted": .interrupted(door)
        default: nil
        }
    }

    /// Door A02 just opened for the purpose, by what people do.
    private static func cabinet(_ purpose: Purpose, isOpen: Bool) -> Cabinet {
        var cabinet = start(purpose)
        open(for: purpose, &cabinet)
        if isOpen, purpose != .putBack { cabinet.open(door) }
        return cabinet
    }

    private static func start(_ purpose: Purpose) -> Cabinet {
        switch purpose {
        case .deposit, .dropOff: Cabinet()
        case .takeOut, .senderPickup: ShipmentTableTests.cabinet(.droppedOff)
        case .shipment: ShipmentTableTests.cabinet(.onCounter)
        default: Lives.cabinet(.stored)
        }
    }

    private static func open(for purpose: Purpose, _ cabinet: inout Cabinet) {
        switch purpose {
        case .deposit:
            cabinet.begin(.courier)
            cabinet.scan(waybill.rawValue)
        case .pickup, .putBack:
            cabinet.typeCode(of: waybill)
            guard purpose == .putBack else { return }
            cabinet.open(door)
            cabinet.card(.refuse)
        case .audit: cabinet.audit(door)
        case .reopen:
            cabinet.collect(waybill)
            cabinet.typeCode(of: waybill)
        case .handOut, .move, .retrieval:
            cabinet.begin(.keeper)
            cabinet.card(purpose == .handOut ? .handOut : purpose == .move ? .move : .retrieve)
            cabinet.scan(waybill.rawValue)
        case .agent:
            cabinet.delegateToAgent(waybill)
            cabinet.begin(.agent)
            cabinet.card(.take)
        case .dropOff:
            cabinet.send(.camera("front", .good))
            cabinet.card(.dropOff)
            cabinet.scan(waybill.rawValue)
        case .takeOut:
            cabinet.begin(.keeper)
            cabinet.card(.outbound)
            cabinet.card(.door(door.rawValue))
        case .shipment:
            cabinet.begin(.keeper)
            cabinet.card(.outbound)
            cabinet.scan(waybill.rawValue)
            cabinet.card(.reject(.forbidden))
        case .senderPickup: cabinet.type(cabinet.takeBackCode(of: waybill))
        case .support:
            cabinet.type(cabinet.supportCode(door, for: "", counter: 0))
        }
    }
}
