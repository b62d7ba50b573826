import LockerDomain
import LockerTestKit
import StationBooks
import StationRules

/// One step of what somebody came for.
enum ErrandStep {
    case scan(String), card(Card), type(String), announce([ManifestEntry])
    /// Badge and PIN, where the session is not theirs already.
    case enter(Role)
    case leave
    /// The door that was pulsed last: opens, is shut, or cannot be opened at all.
    case open, shut, stuck
}

extension Walk {
    mutating func pickErrand() -> [ErrandStep] {
        let inside = cabinet.state.parcels.allInside.map(\.waybill)
        let waybill = pick(inside.isEmpty || chance(50) ? Walk.waybills : inside)
        let number = waybill.rawValue
        let inAndShut: [ErrandStep] = [.scan(number), .open, .shut]
        let role: Role = chance(70) ? .courier : .keeper
        switch Int.random(in: 0..<43, using: &random) {
        case 0...7:
            return [.enter(role), .card(.receive)] + inAndShut + [.type("1381234000\(chance(50) ? 1 : 2)"), .leave]
        case 8...10: return [.leave, .type(cabinet.code(of: waybill)), .open, .shut, .card(.next), .open, .shut]
        case 11: return [.type(cabinet.code(of: waybill)), .open, .card(.refuse), .shut]
        case 12:
            return [
                .scan(TestKeys.delegationToken(recipients[0])), .open, .shut, .card(.report(.damaged)), .scan(number),
            ]
        case 13: return [.enter(.courier), .card(.retrieve), .open, .shut, .open, .shut] + inAndShut + [.leave]
        case 14: return [.enter(.keeper), .card(.handOut), .type("000\(chance(50) ? 1 : 2)")] + inAndShut
        case 15: return [.enter(.keeper), .card(.told), .scan(number), .card(.extend), .scan(number)]
        case 16: return [.enter(.keeper), .card(.move)] + inAndShut + [.open, .shut, .card(.shelf("S1-02"))]
        case 17, 18:
            let badge = cabinet.badge(.agent, expiry: .max)
            return [.enter(.keeper), .card(.delegate(.agent)), .scan(number), .scan(badge), .enter(.agent)]
                + [.card(.take), .open, .shut, .open, .shut, .card(.delivered)] + deliveries()
        case 19:
            let other = pick(Walk.waybills).rawValue
            return [.enter(.keeper), .card(.delegate(.relative)), .scan(number), .scan(other)]
        case 20: return [.enter(.keeper), .card(.withdraw)] + villagers()
        case 21:
            let kind = pick(ParcelReport.allCases)
            return chance(60) ? [.enter(.keeper), .card(.report(kind)), .scan(number)] : []
        case 22: return [.card(.complaint(3)), .card(.survey), .type("54321")]
        case 23, 33...35: return [.leave, .card(.dropOff), .scan(number), .open, .shut]
        case 24...26, 36, 37: return atTheCounter(number)
        case 27:
            return [.enter(.courier), .card(.run("R\(number.suffix(1))")), .card(.outbound)] + handOvers() + [.leave]
        case 28: return chance(20) ? [.type(supportCode()), .open, .shut] : []
        case 29...31, 38...40: return together()
        case 42:
            let others: [ErrandStep] = [.scan(pick(Walk.waybills).rawValue), .scan(number)]
            return [.enter(.keeper), .card(.join)] + (chance(50) ? others : others.reversed())
        case 32: return [.enter(.courier), .card(.receive), .scan(number), .stuck, .open, .shut]
        default:
            return [.enter(.keeper), .card(.reason(1)), .card(.audit)] + inAndShut + [.open, .card(.empty), .shut]
        }
    }

    /// A keeper settles one door, so that the cabinet does not fill up with doors that nobody knows about.
    func settling() -> [ErrandStep] {
        let unknown = cabinet.station.settings.doors.map(\.name).filter {
            cabinet.state.door($0).contents == .unknown || cabinet.state.door($0).outOfService != nil
        }
        guard let door = unknown.first else { return [] }
        if cabinet.state.door(door).isAbnormal { return [.leave, .type(supportCode(for: door)), .open, .shut] }
        return [
            .enter(.keeper), .card(.no), .card(.reason(6)), .card(.door(door.rawValue)), .open, .card(.empty), .shut,
        ]
    }

    private mutating func atTheCounter(_ number: String) -> [ErrandStep] {
        let isGood = chance(50)
        // Mostly one that lies in a door already.
        let waiting = cabinet.state.shipments.values.filter(\.isInside).sorted { $0.waybill < $1.waybill }
        var first = ErrandStep.scan(number)
        if !waiting.isEmpty, chance(70), case .door(let door)? = pick(waiting).place {
            first = chance(30) ? .card(.next) : .card(.door(door.rawValue))
        }
        return [.enter(.keeper), .card(.outbound), first, .open, .shut, .card(.realName), .scan("RN-2026-0001")]
            + [.card(.inspected), .card(.screened), .card(.kind(.produce)), .type("1200")]
            + [.card(isGood ? .accept : .reject(.packaging)), .open, .shut]
    }

    /// Shipments that a run may take.
    private func handOvers() -> [ErrandStep] {
        cabinet.state.shipments.values.filter { $0.status == .accepted }.map(\.waybill).sorted().prefix(3)
            .map { .scan($0.rawValue) }
    }

    /// Parcels of one recipient, announced just now, through one open door.
    private mutating func together() -> [ErrandStep] {
        let owner = pick(recipients)
        let reach: Reach? = chance(50) ? .low : nil
        let coming = Walk.waybills.filter { cabinet.state.parcels[$0]?.isHere != true }.shuffled(using: &random).prefix(
            2
        )
        let entries = coming.map { waybill in
            ManifestEntry(waybill, of: owner, size: .small) { $0.reach = reach }
        }
        let scans = coming.map { ErrandStep.scan($0.rawValue) }
        return [.announce(entries), .enter(.courier), .card(.receive)] + scans.prefix(1) + [.open]
            + scans.dropFirst() + [.shut]
    }

    /// A parcel of a villager who let somebody take theirs.
    private func villagers() -> [ErrandStep] {
        let owner = cabinet.state.delegations.keys.min()
        let theirs = cabinet.state.parcels.values.filter { $0.recipientKey != nil && $0.recipientKey == owner }
        return theirs.map(\.waybill).min().map { [.scan($0.rawValue)] } ?? []
    }

    private func deliveries() -> [ErrandStep] {
        cabinet.state.parcels.values.filter { $0.status == .withAgent }.map(\.waybill).sorted().prefix(3)
            .map { .scan($0.rawValue) }
    }

    // MARK: Texts

    /// Whatever scanners and keypads may send, without an errand.
    mutating func randomTexts() -> [(String, ScannerRole)] {
        let waybill = pick(Walk.waybills)
        let shipment = cabinet.state.shipments[waybill]
        let scans = [
            waybill.rawValue, waybill.rawValue, cabinet.badge(pick(Role.allCases), expiry: .max),
            cabinet.badge(.courier, expiry: 1), pick(Walk.cards(for: self)).text, pick(Walk.cards(for: self)).text,
            pick(Walk.cards(for: self)).text, "BAG-\(Int.random(in: 0...3, using: &random))", "6901234567892",
            "nonsense",
            String(repeating: "7", count: 9_999), "", TestKeys.delegationToken(pick(recipients)),
            TestKeys.pickupToken(waybill, n: cabinet.state.parcels[waybill]?.n ?? 0),
        ]
        let typed = [
            cabinet.code(of: waybill), cabinet.code(of: waybill), TestKeys.code(waybill, n: shipment?.n ?? 0),
            "12345678",
            Cabinet.keeperPIN, "0001", "0002", "9999", "5", "11111", "1200", "13812340001",
            chance(5) ? supportCode() : "7731234567", "", "x",
        ]
        return scans.map { ($0, .scanner) } + typed.map { ($0, .keypad) }
    }

    /// A card of every kind.
    static func cards(for walk: Walk) -> [Card] {
        let plain: [Card] = [
            .receive, .outbound, .dropOff, .retrieve, .handOut, .told, .take, .delivered, .move, .extend, .join, .end,
            .reopen, .refuse, .next, .yes, .no, .empty, .audit, .withdraw, .order, .realName, .inspected, .screened,
            .outside,
            .reuse, .photo, .accept, .survey, .shelf("S1-02"), .reason(1), .run("R1"), .handOver("R2"), .bag("B1"),
            .seal("S1"), .nextBag, .nextSeal, .category("APPLE"), .platform("PDD"), .complaint(1), .digit(5), .digit(0),
        ]
        return plain + walk.cabinet.station.settings.doors.map { .door($0.name.rawValue) }
            + ParcelException.allCases.map { .exception($0) } + ParcelReport.allCases.map { .report($0) }
            + DelegateKind.allCases.map { .delegate($0) } + ShipmentKind.allCases.map { .kind($0) }
            + ShipmentRefusal.allCases.map { .reject($0) } + (walk.cabinet.state.cycles % 7 == 0 ? [.abnormal] : [])
    }

    private mutating func supportCode() -> String { supportCode(for: pick(cabinet.station.settings.doors).name) }

    private func supportCode(for door: DoorName) -> String {
        let requester = cabinet.state.session.flatMap { PersonNumber(wire: $0.person) }
        return TestKeys.supportCode(counter: cabinet.state.supportCounter, door: door, requester: requester)
    }

    // MARK: Commands

    var recipients: [String] { ["zhang", "li", "wang"] }

    mutating func pickCommand() -> Command.Kind {
        let waybill = pick(Walk.waybills)
        switch Int.random(in: 0..<14, using: &random) {
        case 0...4: return .manifest(id: "m", entries: Walk.waybills.filter { _ in chance(30) }.map { entry($0) })
        case 5...7: return .notices(Walk.waybills.map { Notice(waybill: $0, failure: chance(10) ? "no signal" : nil) })
        case 8: return .extendHold(waybill, hours: Int.random(in: 0...48, using: &random))
        case 9: return .recall([waybill])
        case 10: return .reissue(waybill, n: (cabinet.state.parcels[waybill]?.n ?? 0) + (chance(80) ? 1 : 0))
        case 11: return .revokeBadge(chance(20) ? TestKeys.badgeID(.inspector) : "00000000000000ff")
        default: return .unsupported(type: "dance", reason: "this version does not know it")
        }
    }

    private mutating func entry(_ waybill: Waybill) -> ManifestEntry {
        let owner = Int.random(in: 0...3, using: &random)
        return ManifestEntry(
            waybill: waybill,
            formerly: chance(4) ? pick(Walk.waybills) : nil,
            brand: "YTO",
            operatorName: "yto",
            recipientKey: owner < 3 ? recipients[owner] : nil,
            phoneMasked: owner < 2 ? Masking.phone("1381234000\(owner + 1)") : nil,
            n: UInt32.random(in: 0...3, using: &random),
            size: chance(60) ? .small : pick(Size.allCases),
            chilled: chance(10),
            consent: chance(10) ? .none : pick([.userConsent, .senderNamedLocker, .unknown]),
            senderAgreement: chance(50),
            reach: chance(5) ? .low : nil,
            run: "R\(Int.random(in: 0...3, using: &random))",
            bag: "BAG-\(Int.random(in: 0...3, using: &random))",
            station: chance(3) ? "elsewhere" : nil
        )
    }
}
