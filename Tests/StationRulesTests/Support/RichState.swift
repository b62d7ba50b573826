import LockerDomain
import StationBooks
import StationRules

/// A state in which no field is as in an empty one; made by hand, so that only a change of the layout changes it.
enum RichState {
    private static let time = Cabinet.newYear
    private static let parties = Parties(brand: "YTO", operatorName: "yto", agent: "shop", cooperationMode: .shared)

    static var state: StationState {
        var state = StationState()
        fillDoors(&state)
        fillParcels(&state)
        fillShipments(&state)
        fillPeople(&state)
        state.scanners["1-1"] = .init(role: .scanner, usb: "05f9:2214", attached: true, fault: nil)
        state.scanners["1-2"] = .init(role: .keypad, usb: nil, attached: false, fault: "claimed by another program")
        state.cameras["front"] = .init(online: true, reason: nil, since: time)
        state.cameras["back"] = .init(online: false, reason: "no answer", since: time)
        for number in [1, 3] { state.commands.settle("c\(number)", number: number) }
        state.cycles = 41
        state.sessions = 3
        state.trustedTime = time
        state.contentsLost = true
        state.sweptDay = 20_454
        state.supportCounter = 5
        state.closed["ZT10000001"] = .init(n: 128, day: 20_450)
        return state
    }

    private static func fillDoors(_ state: inout StationState) {
        for (number, purpose) in Purpose.allCases.enumerated() {
            var door = DoorState(contents: Contents.allCases[number % 3], level: DoorLevel.allCases[number % 3])
            door.openedAt = time + Int64(number)
            door.heldUntil = Int64(number)
            door.cycle = DoorCycle(
                id: number + 1,
                purpose: purpose,
                waybills: ["YT8962646785389", "SF7444404156506"],
                attempt: 1 + number % 3,
                phase: number % 2 == 0 ? .unlocking : .open,
                authority: number % 2 == 0 ? .code : .badge("0000000000000402"),
                isDoubtful: number % 4 == 0
            )
            state.doors[DoorName(rawValue: "D\(number)")] = door
        }
        let atRest = DoorState(contents: .empty, level: .unknown)
        (state.doors["A01"], state.doors["A02"]) = (atRest, atRest)
        state.doors["A01"]?.outOfService = .abnormal
        state.doors["A02"]?.asksInside = "YT8962646785389"
        state.doors["A02"]?.asksAboutShipment = true
    }

    private static func fillParcels(_ state: inout StationState) {
        for (number, status) in Parcel.Status.allCases.enumerated() {
            var parcel = Parcel(
                waybill: Waybill(rawValue: "YT896264678538\(number)"),
                parties: parties,
                size: Size.allCases[number % 4],
                n: UInt32(number),
                status: status,
                announced: number % 2 == 0,
                changed: time + Int64(number)
            )
            parcel.chilled = number % 2 == 0
            parcel.reach = Reach.allCases[number % 3]
            parcel.keyID = "630dcd2966c43366"
            parcel.recipientKey = "k1"
            parcel.phoneMasked = "1******5678"
            parcel.place = number % 2 == 0 ? .door("D1") : .shelf(ShelfPlace(shelf: "S1", number: number))
            parcel.reusableUntil = 1
            parcel.releasedUntil = 2
            parcel.isDoubtful = number % 3 == 0
            parcel.releasedBy = .token
            parcel.isForDelegate = true
            parcel.consent = Consent.allCases[number % 4]
            parcel.senderAgreement = true
            parcel.run = "R1"
            parcel.bag = "B7"
            parcel.hamlet = "河东组"
            parcel.station = "yc-beiliu-0231"
            parcel.exception = ParcelException.allCases[number % 4]
            parcel.hold.began = time
            parcel.hold.noticed = true
            parcel.hold.noticeFailed = true
            parcel.hold.extraHours = 24
            parcel.hold.reminders = 2
            parcel.hold.lastNotice = time
            parcel.hold.isOverdue = number % 2 == 0
            parcel.hold.isRecalled = true
            parcel.storedAt = time
            parcel.holder = "0000000000000410"
            parcel.reopenUntil = 3
            parcel.reopens = 1
            parcel.movedFrom = .shelf("S1-02")
            state.parcels[parcel.waybill] = parcel
        }
    }

    private static func fillShipments(_ state: inout StationState) {
        for (number, status) in Shipment.Status.allCases.enumerated() {
            let waybill = Waybill(rawValue: "SF744440415650\(number)")
            state.shipments[waybill] = Shipment(
                waybill: waybill,
                parties: parties,
                status: status,
                place: number % 2 == 0 ? .door("D2") : nil,
                n: UInt32(127 + number),
                keyID: number % 2 == 0 ? "630dcd2966c43366" : nil,
                changed: time
            )
        }
    }

    private static func fillPeople(_ state: inout StationState) {
        state.delegations["k1"] = Delegation(delegate: .agent("0000000000000410"), until: time)
        state.delegations["k2"] = Delegation(delegate: .relative("k3"), until: time + 1)
        state.withdrawals["k4"] = time
        state.revokedBadges = ["0000000000000001"]
        state.pinLock.wrongCode(at: Moment(wall: time, uptime: 5_000, clock: .ntp))
        state.lastRuns = [Run(id: "R0", person: "p", bags: [], seals: [], parcelsIn: 1, shipmentsOut: 0)]
        state.run = Run(id: "R1", person: "p", bags: ["B7"], seals: ["S9"], parcelsIn: 3, shipmentsOut: 2)
        state.lastRunDay = 20_454
        state.countyBooks = .asking
        state.impliedRuns = 2
        state.labels = 3
        var session = Session(id: 3, role: .keeper, person: "0000000000000402", badge: "0000000000000002")
        session.proven = true
        session.wrongPINs = 1
        session.auditing = "D2"
        session.work = .outbound
        session.queue = ["A01", "A02"]
        session.checked = true
        session.exception = .fresh
        session.reason = 4
        session.villager = "YT8962646785389"
        var draft = ShipmentDraft(waybill: "SF7444404156506")
        for note in SessionNoted.Note.allCases { draft.take(note, note == .kind ? "produce" : "12") }
        session.draft = draft
        session.awaits = .realName
        session.bag = "B7"
        session.seal = "S9"
        session.lastDoor = "D3"
        state.session = session
        let now = Moment(wall: time, uptime: 0, clock: .ntp)
        state.lastMoment = now
        let off = StationStarted(version: "1", doors: 5, shelfPlaces: 2, darkSince: time, darkClock: .ntp)
        _ = state.darkness.take(.stationStarted(off), at: Moment(wall: 5_000, uptime: 5_000, clock: .none))
        for _ in 0..<3 { state.codeLock.wrongCode(at: now) }
        state.codeLock.lock(milliseconds: 120_000, at: now)
        state.codeLock.wrongCode(at: now)
    }
}
