import LockerDomain
import StationBooks
import StationRules
import Testing

@Suite("Stops, starts and lost journals")
struct RestartTests {
    private var cabinet = Cabinet()

    @Test("a start is on record and compares what the sensors say")
    mutating func start() {
        #expect(cabinet.types == [.stationStarted] + Array(repeating: .doorClosed, count: 5))
        cabinet.restart()
        #expect(cabinet.types == [.stationStarted])
    }

    private mutating func cutShort() {
        cabinet.scan(cabinet.badge(.courier))
        cabinet.scan("SF7444404156506")
        cabinet.open("A02")
        cabinet.restart()
    }

    @Test("a deposit cut short by a power cut leaves the door's contents unknown, and the next scan asks")
    mutating func interruptedDeposit() {
        cutShort()
        #expect(cabinet.event(SessionClosed.self)?.reason == .restarted)
        #expect(cabinet.event(AuditDifference.self)?.finding == .interrupted)
        #expect(cabinet.event(AuditDifference.self)?.waybill == "SF7444404156506")
        #expect(cabinet.state.door("A02").contents == .unknown)
        #expect(cabinet.state.door("A02").cycle == nil)
        #expect(cabinet.status("SF7444404156506") == .received)
        cabinet.scan(cabinet.badge(.courier))
        for waybill in ["SF7444404156506", "YT8962646785389"] {
            cabinet.scan(waybill)
            #expect(cabinet.event(ScanRejected.self)?.reason == .asksInside)
            #expect(cabinet.answers == [.askInside])
            #expect(cabinet.pulses.isEmpty)
        }
    }

    @Test("YES: the parcel is stored there on the word of a named person, and its code opens the door")
    mutating func saidYes() {
        cutShort()
        cabinet.scan("VLK1:YES")
        #expect(cabinet.answers == [.scanBadgeFirst])
        cabinet.scan(cabinet.badge(.courier))
        cabinet.scan("VLK1:YES")
        #expect(cabinet.types == [.parcelStored])
        #expect(cabinet.event(ParcelStored.self)?.evidence == .stated)
        #expect(cabinet.event(ParcelStored.self)?.place == .door("A02"))
        #expect(cabinet.state.door("A02").contents == .occupied)
        cabinet.scan("VLK1:YES")
        #expect(cabinet.event(ScanRejected.self)?.reason == .outOfContext)
        cabinet.typeCode(of: "SF7444404156506")
        #expect(cabinet.pulses == ["A02"])
    }

    @Test("NO: the door is empty on that word, and the parcel gets a door when it is scanned again")
    mutating func saidNo() {
        cutShort()
        cabinet.scan(cabinet.badge(.courier))
        cabinet.scan("VLK1:NO")
        #expect(cabinet.types == [.auditFinished])
        #expect(cabinet.event(AuditFinished.self)?.contents == .empty)
        #expect(cabinet.state.door("A02").contents == .empty)
        #expect(cabinet.status("SF7444404156506") == .received)
        #expect(cabinet.deposit("SF7444404156506") == .door("A02"))
    }

    @Test("who brings no parcels is not asked", arguments: [Role.inspector, .technician])
    mutating func othersAreNotAsked(role: Role) {
        cutShort()
        cabinet.scan(cabinet.badge(role))
        cabinet.scan("VLK1:YES")
        #expect(cabinet.event(ScanRejected.self)?.reason == .outOfContext)
        #expect(cabinet.status("SF7444404156506") == .received)
    }

    @Test("a pickup cut short leaves the parcel to its recipient")
    mutating func interruptedPickup() {
        _ = cabinet.deposit("SF7444404156506")
        cabinet.typeCode(of: "SF7444404156506")
        cabinet.restart()
        #expect(cabinet.status("SF7444404156506") == .stored)
        cabinet.typeCode(of: "SF7444404156506")
        #expect(cabinet.answers == [.takeOut])
        cabinet.open("A02")
        cabinet.shut("A02")
        #expect(cabinet.status("SF7444404156506") == .collected)
        #expect(cabinet.state.door("A02").contents == .unknown, "what happened before the cut nobody saw")
    }

    @Test("a door that was opened while the station was off is not trusted")
    mutating func openedWhileOff() {
        _ = cabinet.deposit("SF7444404156506")
        cabinet.now.uptime = 0
        cabinet.station = Station(
            settings: cabinet.station.settings,
            state: cabinet.replayed,
            credentials: cabinet.credentials
        )
        cabinet.send(
            .started(version: "test", levels: ["A01": .closed, "A02": .open, "A03": .closed, "A04": .closed])
        )
        #expect(
            cabinet.types == [
                .stationStarted, .sessionClosed, .auditDifference, .doorOpenedUnexpectedly, .doorSensorFault,
            ]
        )
        #expect(cabinet.event(AuditDifference.self)?.finding == .changedWhileOff)
        #expect(cabinet.state.door("A02").contents == .unknown)
        #expect(cabinet.state.door("A05").level == .unknown)
    }

    @Test("after a journal was lost nothing is deposited behind a door that nobody looked behind")
    mutating func journalLost() {
        cabinet.send(
            .journalReplaced(JournalReplaced(previous: nil, lastSequence: nil, lastHash: nil, reason: .damaged))
        )
        cabinet.scan(cabinet.badge(.courier))
        cabinet.scan("SF7444404156506")
        #expect(cabinet.pulses.isEmpty)
        cabinet.scan("VLK1:END")
        cabinet.audit("A03")
        cabinet.open("A03")
        cabinet.scan("VLK1:EMPTY")
        cabinet.shut("A03")
        cabinet.scan(cabinet.badge(.courier))
        cabinet.scan("YT8962646785389")
        #expect(cabinet.pulses == ["A03"])
    }

    @Test("a replaced journal makes every door unknown")
    mutating func replaced() {
        for (reason, place) in [
            (JournalReplaced.Reason.forked, Place.shelf("S1-01")), (.restored, .shelf("S1-01")),
            (.damaged, .shelf("S1-01")),
        ] {
            cabinet = Cabinet()
            cabinet.send(
                .journalReplaced(JournalReplaced(previous: "00", lastSequence: "1", lastHash: "00", reason: reason))
            )
            #expect(cabinet.deposit("SF7444404156506") == place)
        }
    }

    @Test("a parcel whose place may be older than the door is handed out only after the keeper looked")
    mutating func doubtful() {
        _ = cabinet.deposit("SF7444404156506")
        cabinet.send(
            .journalReplaced(JournalReplaced(previous: "00", lastSequence: "1", lastHash: "00", reason: .restored))
        )
        cabinet.typeCode(of: "SF7444404156506")
        #expect(cabinet.event(PickupFailed.self)?.reason == .contentsUnknown)
        #expect(cabinet.pulses.isEmpty)
        #expect(cabinet.state.codeLock.wrongToday == 0)
        cabinet.audit("A02")
        cabinet.open("A02")
        cabinet.scan("SF7444404156506")
        cabinet.shut("A02")
        cabinet.typeCode(of: "SF7444404156506")
        #expect(cabinet.answers == [.takeOut])
    }

    @Test("what could not be written down is settled as after a power cut")
    mutating func unwritten() {
        cabinet.scan(cabinet.badge(.courier))
        cabinet.scan("SF7444404156506")
        cabinet.send(.interrupted("A02"))
        #expect(cabinet.event(AuditDifference.self)?.finding == .interrupted)
        #expect(cabinet.state.door("A02").cycle == nil)
        cabinet.send(.interrupted("A02"))
        #expect(cabinet.events.isEmpty)
    }

    @Test("a stop ends the session and is on record")
    mutating func stop() {
        cabinet.scan(cabinet.badge(.courier))
        cabinet.send(.stopping(reason: "asked"))
        #expect(cabinet.types == [.sessionClosed, .stationStopped])
        #expect(cabinet.answers.isEmpty)
        #expect(cabinet.station.isIdle)
    }

    @Test("scanners and cameras are unknown after a start until they report")
    mutating func devices() {
        cabinet.send(.scanner(.attached("1-1", role: .scanner, usb: "05f9:2214", serial: nil)))
        cabinet.send(.camera("front", .good))
        cabinet.restart()
        #expect(cabinet.state.scanners["1-1"]?.attached == false)
        #expect(cabinet.state.cameras["front"]?.online == nil)
        cabinet.send(.scanner(.attached("1-1", role: .scanner, usb: "05f9:2214", serial: nil)))
        #expect(cabinet.types == [.deviceScannerAttached])
        cabinet.send(.camera("front", .good))
        #expect(cabinet.types == [.cameraOnline])
    }
}
