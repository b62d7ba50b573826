import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("Commands of the county")
struct CommandTests {
    private var cabinet = Cabinet()

    private func manifest(_ number: Int, _ entries: [ManifestEntry]) -> Input {
        .command(Command(id: "c\(number)", number: number, kind: .manifest(id: "m\(number)", entries: entries)))
    }

    private func entry(_ waybill: Waybill, n: UInt32 = 0, size: Size = .large) -> ManifestEntry {
        ManifestEntry(waybill: waybill, brand: "SF", operatorName: "县共配中心", n: n, size: size)
    }

    @Test("a manifest announces its parcels, which then get a door of their size")
    mutating func announces() {
        cabinet.send(manifest(1, [entry("SF7444404156506", n: 3)]))
        #expect(cabinet.types == [.commandReceived, .parcelExpected, .commandCompleted])
        #expect(cabinet.status("SF7444404156506") == .expected)
        #expect(cabinet.deposit("SF7444404156506") == .door("A04"))
        #expect(cabinet.state.parcels["SF7444404156506"]?.n == 3)
        #expect(cabinet.state.parcels["SF7444404156506"]?.parties.operatorName == "县共配中心")
    }

    @Test("a command is carried out once only, by its id")
    mutating func once() {
        for _ in 0..<2 {
            cabinet.send(manifest(1, [entry("SF7444404156506")]))
            cabinet.send(manifest(1, [entry("YT8962646785389")]))
            #expect(cabinet.events.isEmpty && cabinet.actions.isEmpty)
            cabinet.restart()
        }
        #expect(cabinet.journal.count { $0.event.type == .commandReceived } == 1)
        #expect(cabinet.state.commands.through == 1 && cabinet.state.commands.highest == 1)
    }

    @Test("one that waits longer than those behind it is carried out all the same")
    mutating func late() {
        for number in [1, 4, 3] { cabinet.send(manifest(number, [entry("SF7444404156506")])) }
        #expect(cabinet.state.commands.through == 1 && cabinet.state.commands.highest == 4)
        cabinet.send(manifest(2, [entry("YT8962646785389")]))
        #expect(cabinet.types == [.commandReceived, .parcelExpected, .commandCompleted])
        #expect(cabinet.state.commands.through == 4 && cabinet.state.commands.above.isEmpty)
    }

    @Test("a number that was another command's is answered with numberPassed, once, and settles nothing")
    mutating func passed() {
        for number in [1, 2, 4] { cabinet.send(manifest(number, [entry("SF7444404156506")])) }
        let before = cabinet.state.commands
        for number in [2, 4] {
            let other = Command(id: "other-\(number)", number: number, kind: .revokeBadge("00ff00ff00ff00ff"))
            cabinet.send(.command(other))
            #expect(cabinet.types == [.commandFailed])
            #expect(cabinet.event(CommandFailed.self)?.reason == CommandFailed.numberPassed)
            cabinet.send(.command(other))
            #expect(cabinet.events.isEmpty)
        }
        let after = cabinet.state.commands
        #expect(after.through == before.through && after.above == before.above && after.highest == before.highest)
        #expect(cabinet.state.revokedBadges.isEmpty)
        cabinet.send(.command(Command(id: "other-5", number: 5, kind: .revokeBadge("00ff00ff00ff00ff"))))
        #expect(cabinet.state.revokedBadges == ["00ff00ff00ff00ff"])
    }

    @Test("a manifest takes nothing back that happened here, and the code that it carries works")
    mutating func takesNothingBack() {
        _ = cabinet.deposit("SF7444404156506")
        cabinet.send(manifest(1, [entry("SF7444404156506", n: 9)]))
        #expect(cabinet.types == [.commandReceived, .parcelExpected, .parcelCodeReissued, .commandCompleted])
        #expect(cabinet.status("SF7444404156506") == .stored)
        #expect(cabinet.place(of: "SF7444404156506") == "A02")
        #expect(cabinet.state.parcels["SF7444404156506"]?.n == 9)
    }

    @Test("n never falls for a waybill, whatever the next manifest says")
    mutating func nNeverFalls() {
        cabinet.send(manifest(1, [entry("SF7444404156506", n: 3)]))
        cabinet.send(manifest(2, [entry("SF7444404156506", n: 1)]))
        #expect(cabinet.state.parcels["SF7444404156506"]?.n == 3)
        cabinet.send(manifest(3, [entry("SF7444404156506", n: 4)]))
        #expect(cabinet.state.parcels["SF7444404156506"]?.n == 4)
        _ = cabinet.deposit("SF7444404156506")
        cabinet.typeCode(of: "SF7444404156506")
        cabinet.open("A04")
        cabinet.shut("A04")
        cabinet.wait((Limits.collectedParcelDays + 1) * 86_400_000)
        cabinet.send(manifest(4, [entry("SF7444404156506", n: 4)]))
        #expect(cabinet.state.parcels["SF7444404156506"]?.n == 128)
    }

    @Test("a manifest beyond the limits fails whole")
    mutating func tooMany() {
        let many = (0...Limits.manifestEntriesMax).map { entry(Waybill(rawValue: "YT\(1_000_000_000_000 + $0)")) }
        cabinet.send(manifest(1, many))
        #expect(cabinet.types == [.commandReceived, .commandFailed])
        #expect(cabinet.state.parcels.isEmpty)
        #expect(cabinet.state.commands.through == 1)
    }

    @Test("PIN verifiers replace those before, go to the keystore and not to the journal")
    mutating func pins() {
        let verifier = PINVerifier(
            badge: TestKeys.badgeID(.keeper),
            salt: "00",
            cost: 2,
            blockSize: 8,
            parallelism: 1,
            hash: "111111"
        )
        cabinet.send(.command(Command(id: "c1", number: 1, kind: .pins([verifier]))))
        #expect(cabinet.types == [.commandReceived, .stationConfigChanged, .commandCompleted])
        #expect(cabinet.actions == [.keepPINs([verifier])])
        #expect(cabinet.journal.allSatisfy { !"\($0.event)".contains("111111") })
        cabinet.scan(cabinet.badge(.keeper))
        cabinet.type(Cabinet.keeperPIN)
        #expect(cabinet.answers == [.pinWrong])
        cabinet.type("111111")
        #expect(cabinet.answers == [.pinRight])
        let many = (0...Limits.pinVerifiersMax).map { index in
            PINVerifier(badge: "\(index)", salt: "", cost: 2, blockSize: 8, parallelism: 1, hash: "")
        }
        cabinet.send(.command(Command(id: "c2", number: 2, kind: .pins(many))))
        #expect(cabinet.types == [.commandReceived, .commandFailed])
        #expect(cabinet.actions.isEmpty)
    }

    @Test("a command of an unknown type fails and is not tried again")
    mutating func unsupported() {
        let kind = Command.Kind.unsupported(type: "dance", reason: "this version does not know it")
        cabinet.send(.command(Command(id: "c1", number: 1, kind: kind)))
        #expect(cabinet.types == [.commandReceived, .commandFailed])
        #expect(cabinet.event(CommandReceived.self)?.type == "dance")
        #expect(cabinet.event(CommandFailed.self)?.reason == "this version does not know it")
        cabinet.send(.command(Command(id: "c1", number: 1, kind: kind)))
        #expect(cabinet.events.isEmpty)
    }
}

@Suite("Scanners and cameras")
struct DeviceTests {
    private var cabinet = Cabinet()

    @Test("a camera is offline after three misses in a row, online at the first answer")
    mutating func camera() {
        for expected: [EventType] in [[], [], [.cameraOffline], []] {
            cabinet.send(.camera("front", .missed(reason: "no answer")))
            #expect(cabinet.types == expected)
        }
        cabinet.send(.camera("front", .good))
        #expect(cabinet.types == [.cameraOnline])
        cabinet.send(.camera("front", .missed(reason: "no answer")))
        cabinet.send(.camera("front", .good))
        cabinet.send(.camera("front", .missed(reason: "no answer")))
        cabinet.send(.camera("front", .missed(reason: "no answer")))
        #expect(cabinet.events.isEmpty)
        cabinet.send(.camera("back", .good))
        #expect(cabinet.events.isEmpty)
    }

    @Test("a scanner's plug and fault are each on record once")
    mutating func scanner() {
        let attached = Input.scanner(.attached("1-1", role: .scanner, usb: "05f9:2214", serial: "SN1"))
        for (input, type): (Input, EventType) in [
            (attached, .deviceScannerAttached), (.scanner(.detached("1-1")), .deviceScannerDetached),
            (.scanner(.faulted("1-1", reason: "busy")), .deviceScannerFaulted), (attached, .deviceScannerAttached),
        ] {
            cabinet.send(input)
            #expect(cabinet.types == [type])
            cabinet.send(input)
            #expect(cabinet.events.isEmpty)
        }
        #expect(cabinet.state.scanners["1-1"]?.fault == nil)
    }
}
