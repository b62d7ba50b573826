import LockerDomain
import StationBooks
import StationCore
import StationRules

/// The county announces tomorrow's parcels, issues badges and PINs, and now and then comes back from a backup.
struct CountyDesk: Piece {
    func plan(day: Int, midnight: Int64, in world: World) {
        if day % 30 == 0 { world.trouble(at: midnight + Span.minute) { issue($0) } }
        world.trouble(at: midnight + world.chance.timeOfDay(1, 5)) { announce($0) }
        for hour in stride(from: Int64(0), to: 24, by: 2) {
            world.trouble(at: midnight + hour * Span.hour + 6 * Span.minute) { tell($0) }
            world.trouble(at: midnight + hour * Span.hour + 7 * Span.minute) { $0.fetchCommands() }
        }
        if world.chance.happens(40), world.profile.keepsBackups {
            world.trouble(at: midnight + world.chance.timeOfDay(0, 12)) { $0.county.backUp() }
            world.trouble(at: midnight + world.chance.timeOfDay(13, 23)) { world in
                let settled = world.proven.commands
                let isBack = world.county.restore { settled.standing(of: $0.id, number: $0.number) == .open }
                if isBack { world.judge(.countyRestored) }
            }
        }
    }

    private func issue(_ world: World) {
        let staff = [
            world.issue(.courier, days: 60), world.issue(.courier, days: 3), world.issue(.keeper, days: 60),
            world.issue(.keeper, days: 60), world.issue(.agent, days: 60),
        ]
        let pins = staff.map {
            PINVerifier(badge: $0.id, salt: "00", cost: 1, blockSize: 1, parallelism: 1, hash: $0.pin)
        }
        world.county.order(.pins(pins))
        world.staff = staff
    }

    /// The county tells recipients what came for them, and the station that it did, or could not.
    private func tell(_ world: World) {
        let ledger = world.county.books.ledger
        let stored = ledger.parcels.filter { $0.value.standing == .stored }
        var notices: [Notice] = []
        for (waybill, entry) in stored.sorted(by: { $0.key < $1.key }) where world.chance.happens(700) {
            guard world.county.told.insert("\(waybill)/\(entry.n)").inserted else { continue }
            notices.append(Notice(waybill: waybill, failure: world.chance.happens(100) ? "no such phone" : nil))
        }
        if !notices.isEmpty { world.county.order(.notices(notices)) }
        guard world.chance.happens(20), let some = stored.keys.sorted().first else { return }
        if world.chance.happens(500) {
            world.county.order(.recall([some]))
        } else {
            world.county.order(.extendHold(some, hours: 24))
        }
    }

    private func consent(_ world: World) -> Consent {
        switch world.chance.count(0...19) {
        case 0: .none
        case 1...4: .unknown
        case 5...8: .senderNamedLocker
        default: .userConsent
        }
    }

    /// What is printed on the parcels of one number: some senders pack two or three under it.
    private func labels(of number: Waybill, _ world: World) -> [Waybill] {
        guard number.hasParts, world.chance.happens(500) else { return [number] }
        let count = world.chance.count(2...3)
        return (1...count).map { Waybill(rawValue: "\(number)-\($0)-\(count)-") }
    }

    /// Tomorrow's load: new parcels, some announced, some of them numbers that were here before.
    private func announce(_ world: World) {
        var entries: [ManifestEntry] = []
        for _ in 0..<world.chance.count(world.profile.parcelsPerDay) {
            let size = world.chance.pick(Size.allCases) ?? .medium
            let label = world.newLabel()
            let isAnnounced = world.chance.happens(700)
            let owner = world.chance.count(1...40)
            let items = labels(of: label, world).map { label in
                world.truth.add(label: label, owner: owner, size: size, isAnnounced: isAnnounced)
            }
            for item in items where world.chance.happens(60) {
                world.truth.flaw(item, world.chance.pick(ParcelException.allCases))
            }
            guard isAnnounced else {
                world.returned += items
                continue
            }
            // Some come in a bag that the driver scans once, some with the driver's hand-over card.
            let bag = world.chance.happens(250) ? "BAG-\(world.day)" : nil
            let run = bag == nil && world.chance.happens(150) ? "R-\(world.day)" : nil
            if let lot = bag ?? run {
                world.lots[lot, default: []] += items
            } else {
                world.returned += items
            }
            let first = world.truth.items[items[0]]
            entries.append(
                ManifestEntry(
                    waybill: items.count > 1 ? label : Waybill(rawValue: first.barcodes[first.id % 2]),
                    brand: "SF",
                    operatorName: "县邮政",
                    recipientKey: world.chance.happens(900) ? world.recipientKey(of: owner) : nil,
                    phoneMasked: "1******\(world.lastFour(of: owner))",
                    size: size,
                    chilled: world.chance.happens(70),
                    consent: consent(world),
                    senderAgreement: world.chance.happens(500),
                    reach: world.chance.happens(120) ? world.chance.pick(Reach.allCases) : nil,
                    run: run,
                    bag: bag,
                    village: world.village(of: label),
                    station: world.chance.happens(15) ? world.otherStation : nil
                )
            )
        }
        if world.chance.happens(50) { world.county.order(.unsupported(type: "dance", reason: "not known here")) }
        if !entries.isEmpty { world.county.order(.manifest(id: "m-\(world.day)", entries: entries)) }
    }
}

/// A van comes once or twice a day.
struct CourierRounds: Piece {
    func plan(day: Int, midnight: Int64, in world: World) {
        for _ in 0..<world.chance.count(1...2) {
            world.trouble(at: midnight + world.chance.timeOfDay(7, 18)) { come($0) }
        }
    }

    private func come(_ world: World) {
        guard let badge = world.person(.courier), !world.isHere(badge) else { return }
        // The early visit finds only some of the load in the van.
        let share = world.chance.count(300...1_000)
        let load = world.returned.filter { _ in world.chance.happens(share) }
        world.returned.removeAll { load.contains($0) }
        let roughness = world.profile.roughness
        let manners = Courier.Manners(
            garbles: 6 * roughness,
            doubles: 60,
            forgets: 4 * roughness,
            shutsLate: 150,
            walksOff: 200,
            typesPhone: 60,
            walk: world.chance.within(1_500...20_000)
        )
        Courier(world, badge: badge, load: load, manners: manners).come()
    }
}

/// People fetch what lies there for them: most within two days, some never.
struct RecipientVisits: Piece {
    func plan(day: Int, midnight: Int64, in world: World) {
        world.trouble(at: midnight + 6 * Span.hour) { world in visits(world, from: 6, to: 12) }
        world.trouble(at: midnight + 12 * Span.hour) { world in visits(world, from: 0, to: 11) }
    }

    private func visits(_ world: World, from: Int64, to: Int64) {
        let roughness = world.profile.roughness
        var time = world.clock.now
        for item in world.truth.items where world.chance.happens(350) {
            guard case .at = item.location, !item.isShipment, !item.isRefused else { continue }
            let manners = Recipient.Manners(
                mistypes: 120,
                guesses: 30,
                leavesOpen: 20 * roughness,
                forgetsParcel: 8 * roughness,
                forgetsScan: 10 * roughness,
                triesAgain: 60,
                usesToken: 150,
                refuses: 40,
                sends: 60,
                speaks: 120
            )
            // Two come together, one types and one scans.
            if !world.chance.happens(100) { time = world.clock.now + world.chance.timeOfDay(0, to - from) }
            world.trouble(at: time) { world in
                Recipient(world, item: item.id, manners: manners).come()
            }
        }
    }
}

/// The shopkeeper goes round in the evening.
struct KeeperRounds: Piece {
    func plan(day: Int, midnight: Int64, in world: World) {
        for _ in 0..<world.chance.count(1...2) {
            world.trouble(at: midnight + world.chance.timeOfDay(9, 22)) { world in
                guard let badge = world.person(.keeper), !world.isHere(badge) else { return }
                Keeper(world, badge: badge, looksAtAll: world.chance.happens(200)).come()
            }
        }
    }
}

/// Those who guess codes, scan whatever lies about, and borrow the mechanical key.
struct Strangers: Piece {
    func plan(day: Int, midnight: Int64, in world: World) {
        for _ in 0..<world.chance.count(0...4) {
            world.trouble(at: midnight + world.chance.timeOfDay(0, 24)) { guess($0) }
        }
        if world.chance.happens(100 * world.profile.roughness) {
            world.trouble(at: midnight + world.chance.timeOfDay(0, 24)) { world in
                guard let door = world.chance.pick(world.cabinet.names) else { return }
                world.openByKey(door, takes: world.chance.happens(500))
            }
        }
    }

    private func guess(_ world: World) {
        let texts = [
            world.chance.digits(8), world.chance.digits(6), world.chance.digits(4), "6901234567892",
            "VLK1:EMPTY", "VLK1:DOOR:A01", "VLK1:END", "VLK1:DIGIT:3", "VLK1:OUTSIDE", "VLK1:KIND:PRODUCE",
            "https://example.cn/?k=v", "", "\u{1}", "１２３４５６７８",
            "9" + world.chance.digits(107), String(repeating: "A", count: 600), world.newLabel().rawValue,
        ]
        for _ in 0..<world.chance.count(1...7) {
            let isTyped = world.chance.happens(600)
            let source = TextSource(device: isTyped ? "1-2" : "1-1", role: isTyped ? .keypad : .scanner)
            let text = isTyped ? world.chance.digits(8) : world.chance.pick(texts) ?? ""
            world.after(world.chance.within(0...30_000)) { $0.post(Post(.text(text, from: source))) }
        }
    }
}
