import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("Shipments left behind a door")
struct DropOffTests {
    private var cabinet = Cabinet()
    private let ship: Waybill = "SF7444404156506"
    private let other: Waybill = "YT8962646785389"

    @Test("left under a camera: stored with a code to take it back")
    mutating func left() {
        cabinet.send(.camera("front", .good))
        cabinet.card(.dropOff)
        #expect(cabinet.answers == [.dropOffHow])
        cabinet.scan(ship.rawValue)
        #expect(cabinet.event(DoorUnlockRequested.self)?.purpose == .dropOff)
        #expect(cabinet.event(DoorUnlockRequested.self)?.authority == "sender")
        cabinet.openAndShut("A02")
        #expect(cabinet.types == [.doorClosed, .shipmentDroppedOff])
        #expect(cabinet.words.contains(cabinet.takeBackCode(of: ship)))
        #expect(cabinet.state.door("A02").contents == .occupied)
        #expect(cabinet.state.shipments[ship]?.status == .droppedOff)
        #expect(!"\(cabinet.journal)".contains(cabinet.takeBackCode(of: ship)))
        cabinet.dropOff(ship)
        #expect(cabinet.answers == [.alreadyStored])
    }

    @Test("not without a camera that works and covers it")
    mutating func camera() {
        cabinet.card(.dropOff)
        #expect(cabinet.reason == .camera && cabinet.answers == [.cameraDown])
        cabinet.send(.camera("front", .good))
        cabinet.card(.dropOff)
        for _ in 1...Limits.cameraMissesMax { cabinet.send(.camera("front", .missed(reason: "no answer"))) }
        cabinet.scan(ship.rawValue)
        #expect(cabinet.reason == .camera)
        cabinet.rebuild { $0.coverage = ["front": [.deposit, .pickup]] }
        cabinet.send(.camera("front", .good))
        cabinet.card(.dropOff)
        #expect(cabinet.reason == .camera)
        cabinet.rebuild { $0.policy.cameraGate = false }
        cabinet.card(.dropOff)
        #expect(cabinet.answers == [.dropOffHow])
        cabinet.rebuild { $0.policy.dropOff = false }
        cabinet.card(.dropOff)
        #expect(cabinet.answers == [.askKeeper])
        cabinet.rebuild {
            $0.policy.dropOff = true
            $0.policy.filedArea = ["99"]
        }
        cabinet.card(.dropOff)
        #expect(cabinet.answers == [.outOfArea])
    }

    @Test("its sender takes it back by the code, once")
    mutating func takenBack() {
        cabinet.dropOff(ship)
        let code = cabinet.takeBackCode(of: ship)
        cabinet.type(code)
        #expect(cabinet.event(DoorUnlockRequested.self)?.purpose == .senderPickup)
        cabinet.openAndShut("A02")
        #expect(cabinet.event(ShipmentReturned.self)?.evidence == .sensor)
        #expect(cabinet.answers == [.givenBack])
        #expect(cabinet.state.door("A02").contents == .empty)
        cabinet.type(code)
        #expect(cabinet.answers == [.wrongCode])
    }

    @Test("the keeper takes it out with the PIN, looks at it and accepts it")
    mutating func accepted() {
        cabinet.dropOff(ship)
        let code = cabinet.takeBackCode(of: ship)
        cabinet.begin(.keeper, proven: false)
        cabinet.card(.outbound)
        cabinet.card(.door("A02"))
        #expect(cabinet.reason == .needsPIN)
        cabinet.begin(.keeper)
        cabinet.card(.door("A02"))
        cabinet.openAndShut("A02")
        #expect(cabinet.event(ShipmentTakenOut.self)?.person == TestKeys.person(.keeper))
        #expect(cabinet.answers == [.shipmentSteps])
        for step in ["VLK1:REALNAME", "RN-2026-0001", "VLK1:INSPECTED", "VLK1:SCREENED", "VLK1:ACCEPT"] {
            cabinet.scan(step)
        }
        #expect(cabinet.answers == [.shipmentAccepted])
        cabinet.type(code)
        #expect(cabinet.answers == [.wrongCode])
    }

    @Test("rejected it goes behind a door, and the same code gives it back")
    mutating func rejected() {
        cabinet.dropOff(ship)
        cabinet.begin(.keeper)
        cabinet.card(.outbound)
        cabinet.card(.door("A02"))
        cabinet.openAndShut("A02")
        cabinet.card(.reject(.forbidden))
        #expect(cabinet.types == [.shipmentRejected, .doorUnlockRequested])
        cabinet.openAndShut("A02")
        #expect(cabinet.types == [.doorClosed, .shipmentStored])
        cabinet.end()
        cabinet.type(cabinet.takeBackCode(of: ship))
        cabinet.openAndShut("A02")
        #expect(cabinet.state.shipments[ship]?.status == .returned)
    }

    @Test("rejected with no free door it stays at the counter, and is given back there")
    mutating func rejectedWithoutDoor() {
        cabinet = Cabinet(doors: [DoorSettings(name: "A02", size: .medium)])
        cabinet.dropOff(ship)
        cabinet.begin(.keeper)
        cabinet.card(.outbound)
        cabinet.card(.door("A02"))
        cabinet.openAndShut("A02")
        cabinet.send(.level("A02", .open))
        cabinet.card(.reject(.packaging))
        #expect(cabinet.answers == [.keepAtCounter])
        cabinet.scan(ship.rawValue)
        #expect(cabinet.answers == [.givenBack])
        #expect(cabinet.event(ShipmentReturned.self)?.place == nil)
    }

    @Test("a door that sticks gives way to another, a full station says so")
    mutating func stuckAndFull() {
        cabinet = Cabinet(doors: [DoorSettings(name: "A02", size: .medium), DoorSettings(name: "A03", size: .medium)])
        cabinet.send(.camera("front", .good))
        cabinet.card(.dropOff)
        cabinet.scan(ship.rawValue)
        cabinet.pulseEnds("A02", fault: "stuck")
        #expect(cabinet.state.door("A02").outOfService != nil)
        #expect(cabinet.pulses == ["A03"])
        cabinet.openAndShut("A03")
        #expect(cabinet.state.shipments[ship]?.place == .door("A03"))
        cabinet.dropOff(other)
        #expect(cabinet.reason == .full)
    }

    @Test("who waits too long with the label starts again")
    mutating func tooLate() {
        cabinet.send(.camera("front", .good))
        cabinet.card(.dropOff)
        cabinet.wait(Limits.followUpMilliseconds)
        cabinet.scan(ship.rawValue)
        #expect(cabinet.answers == [.scanBadgeFirst])
    }

    @Test("the card is for villagers, not for a session")
    mutating func inSession() {
        cabinet.send(.camera("front", .good))
        cabinet.begin(.courier)
        cabinet.card(.dropOff)
        #expect(cabinet.reason == .outOfContext)
        #expect(cabinet.answers == [.endFirst])
        #expect(!cabinet.actions.contains { if case .timer = $0 { true } else { false } }, "nobody is at work")
    }

    @Test("a digit before the label chooses the size, by key or by card", arguments: [true, false])
    mutating func size(byKeys: Bool) {
        cabinet.send(.camera("front", .good))
        cabinet.card(.dropOff)
        for digit in [9, 3] {
            if byKeys {
                cabinet.type("\(digit)")
            } else {
                cabinet.card(.digit(digit))
                cabinet.card(.next)
            }
            #expect(cabinet.answers == [digit == 3 ? .dropOffSize : .dropOffHow])
        }
        cabinet.scan(ship.rawValue)
        #expect(cabinet.pulses == ["A04"])
    }

    @Test("a second door has the size that was asked for, when the first one sticks and when it is not taken")
    mutating func sizeAgain() {
        cabinet = Cabinet(doors: [
            DoorSettings(name: "A02", size: .medium), DoorSettings(name: "A04", size: .large),
            DoorSettings(name: "A05", size: .large),
        ])
        cabinet.send(.camera("front", .good))
        cabinet.card(.dropOff)
        cabinet.type("3")
        cabinet.scan(ship.rawValue)
        #expect(cabinet.pulses == ["A04"])
        cabinet.pulseEnds("A04", fault: "stuck")
        #expect(cabinet.pulses == ["A05"])
        cabinet.openAndShut("A05")
        #expect(cabinet.event(ShipmentDroppedOff.self)?.size == .large)
        cabinet.begin(.keeper)
        cabinet.card(.outbound)
        cabinet.card(.door("A05"))
        cabinet.openAndShut("A05")
        cabinet.card(.reject(.packaging))
        #expect(cabinet.pulses == ["A05"])
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("END before the label gives it up")
    mutating func cancelled() {
        cabinet.send(.camera("front", .good))
        cabinet.card(.dropOff)
        cabinet.end()
        #expect(cabinet.answers == [.goodbye])
        cabinet.scan(ship.rawValue)
        #expect(cabinet.answers == [.scanBadgeFirst])
    }

    @Test("NO at the open door gives it up: nothing is left, and the door is free once it is shut")
    mutating func notPutIn() {
        cabinet.send(.camera("front", .good))
        cabinet.card(.dropOff)
        cabinet.scan(ship.rawValue)
        cabinet.card(.no)
        #expect(cabinet.answers == [.scanBadgeFirst], "the door is not open yet")
        cabinet.open("A02")
        cabinet.card(.no)
        #expect(cabinet.types == [.doorPurposeChanged])
        #expect(cabinet.event(DoorPurposeChanged.self)?.notPutIn == ship)
        #expect(cabinet.answers == [.dropOffEnded])
        cabinet.card(.refuse)
        #expect(cabinet.answers == [.refuseHow], "no recipient stands there")
        cabinet.shut("A02")
        #expect(cabinet.types == [.doorClosed])
        #expect(cabinet.state.shipments[ship] == nil)
        #expect(cabinet.state.door("A02").contents == .empty && cabinet.state.door("A02").cycle == nil)
        #expect(cabinet.replayed == cabinet.state)
        cabinet.dropOff(ship)
        #expect(cabinet.state.shipments[ship]?.place == .door("A02"))
    }

    @Test("given up where no sensor sees it, the door is unknown until somebody looks")
    mutating func notPutInBlind() {
        cabinet.dropOffUnseen(ship)
        cabinet.card(.no)
        #expect(cabinet.types == [.doorPurposeChanged])
        #expect(cabinet.state.shipments[ship] == nil)
        #expect(cabinet.state.door("B01").contents == .unknown && cabinet.state.door("B01").cycle == nil)
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("with two senders at open doors nobody can see whose NO it is")
    mutating func notPutInByWhom() {
        cabinet.send(.camera("front", .good))
        for (waybill, door) in [(ship, "A02"), (other, "A03")] as [(Waybill, DoorName)] {
            cabinet.card(.dropOff)
            cabinet.scan(waybill.rawValue)
            cabinet.open(door)
        }
        cabinet.card(.no)
        #expect(cabinet.reason == .outOfContext && cabinet.answers == [.askKeeper])
        cabinet.shut("A02")
        cabinet.card(.no)
        cabinet.shut("A03")
        #expect(cabinet.state.shipments[ship]?.status == .droppedOff && cabinet.state.shipments[other] == nil)
    }

    @Test("who has no code, for want of a screen, has it back from the keeper")
    mutating func withdrawn() {
        cabinet.dropOff(ship)
        cabinet.begin(.keeper)
        cabinet.card(.outbound)
        cabinet.card(.door("A02"))
        cabinet.openAndShut("A02")
        cabinet.card(.reject(.sender))
        #expect(cabinet.types == [.shipmentRejected, .shipmentReturned])
        #expect(cabinet.answers == [.givenBack])
        #expect(cabinet.state.shipments[ship]?.status == .returned)
    }
}
