import LockerDomain
import StationBooks

/// What the county counts and knows of parcels and shipments, from the events alone and by its own rules.
///
/// This code does not ship, and that is its purpose: it is a second, independent account of what events mean. The
/// invariants compare it with the station's state, so that a mistake in the one is not repeated by the other. It must
/// call neither the station's `apply` nor the books of `CountyReceiver`.
struct Ledger: Sendable {
    struct Entry: Sendable {
        var standing: Parcel.Status
        var n: UInt32
        /// The number that its code is made of, when that is another than its own.
        var codeOf: Waybill?
        var place: Place?
        var isAnnounced = false
        /// The villager that the manifest names.
        var recipientKey: String?
        /// The journal of the station that told it last.
        var era = 0

        /// Whether the station answers for it.
        var isHere: Bool {
            switch standing {
            case .received, .stored, .withAgent, .refused, .retrieved: true
            case .expected, .inParts, .collected, .returned, .lost, .missing: false
            }
        }

        var isInside: Bool { standing == .stored || standing == .refused }
    }

    struct Sent: Sendable {
        var standing: Shipment.Status
        var place: Place?
        var n: UInt32 = 0
        var era = 0

        var isHere: Bool { standing != .handedOver && standing != .returned }
        var isInside: Bool { place != nil && isHere && standing != .onCounter }
    }

    private(set) var parcels: [Waybill: Entry] = [:]
    private(set) var shipments: [Waybill: Sent] = [:]
    /// Numbers of the parts of a number, announced or not.
    private var parts: [Waybill: Set<Waybill>] = [:]
    /// Journals that the station has lost so far.
    private(set) var era = 0
    /// Counter of the next support code that nobody has used.
    private(set) var supportNext: UInt32 = 0
    /// Events of each kind.
    private(set) var counts: [EventType: Int] = [:]
    /// Sum of all fees, in fen.
    var fen = 0
    /// Villagers who have taken back what was given to others.
    private(set) var takenBack: Set<String> = []
    /// Numbers that belong together, of which the station has written about some after a loss and got others back: what it
    /// makes of them the county cannot know.
    private(set) var mixed: Set<Waybill> = []
    /// Numbers that were joined.
    private var links: [[Waybill]] = []

    mutating func enter(_ event: Event) {
        counts[event.type, default: 0] += 1
        // A part may be back at its place by any of them.
        defer { if let waybill = event.placedWaybill { fulfil(waybill) } }
        switch event {
        case .stationJournalReplaced(let fact):
            if let counter = fact.supportCounter { supportNext = counter }
            // One that forked goes on with the books that it has, and so does one whose state is whole.
            if fact.reason == .damaged, fact.stateKept != true { era += 1 }
        case .stationBooksRecovered(let fact): if fact.incarnation == nil { recall() }
        case .delegateWithdrawn(let fact): if fact.replaced != true { takenBack.insert(fact.recipientKey) }
        case .supportCodeUsed(let fact): supportNext = max(supportNext, fact.counter + 1)
        case .auditDifference(let fact):
            guard let waybill = fact.waybill else { return }
            guard let place = fact.door.map(Place.door) ?? fact.shelf.map(Place.shelf) else { return }
            if fact.finding == .missing { miss(waybill, at: place) }
            if fact.finding == .found { find(waybill, at: place) }
        case .shipmentDroppedOff, .shipmentAccepted, .shipmentStored, .shipmentHandedOver, .shipmentRejected,
            .shipmentTakenOut, .shipmentReturned:
            enterShipment(event)
        default: enterParcel(event)
        }
    }

    private mutating func enterParcel(_ event: Event) {
        switch event {
        case .parcelExpected(let fact):
            let entry = fact.entry
            if fact.late == true {
                if parcels[entry.waybill]?.recipientKey == nil {
                    parcels[entry.waybill]?.recipientKey = entry.recipientKey
                }
                parcels[entry.waybill]?.n = entry.n
                parcels[entry.waybill]?.isAnnounced = true
                return fulfil(entry.waybill)
            }
            expect(entry)
        case .parcelReceived(let fact): set(fact.waybill, .received, code: (fact.codeOf, fact.n), place: nil)
        case .parcelStored(let fact):
            set(fact.waybill, .stored, code: (fact.codeOf, fact.n), place: fact.place)
        case .parcelJoined(let fact): join(fact)
        case .parcelRelocated(let fact): set(fact.waybill, .stored, place: fact.place)
        case .parcelHandedToAgent(let fact): set(fact.waybill, .withAgent, place: fact.place)
        case .parcelCollected(let fact):
            fen += fact.fee?.fen ?? 0
            set(fact.waybill, .collected, place: fact.place)
        case .parcelRefused(let fact): set(fact.waybill, .refused, place: fact.place)
        case .parcelLost(let fact): set(fact.waybill, .lost, place: nil)
        case .parcelRetrieved(let fact): set(fact.waybill, .retrieved, place: fact.place)
        case .parcelReturned(let fact): set(fact.waybill, .returned, place: nil)
        case .parcelCodeReissued(let fact): reissue(fact)
        default: break
        }
    }

    private mutating func expect(_ entry: ManifestEntry) {
        let known = parcels[entry.waybill]
        parcels[entry.waybill] = Entry(
            standing: .expected,
            n: entry.n,
            codeOf: known?.standing == .expected ? known?.codeOf : nil,
            isAnnounced: true,
            recipientKey: entry.recipientKey,
            era: era
        )
        fulfil(entry.waybill)
    }

    /// What was announced as one waits for no more when the last of its parts is in.
    private mutating func fulfil(_ waybill: Waybill) {
        let number = ChildParcel(waybill)?.stem ?? waybill
        guard let all = parts[number], let whole = parcels[number], whole.isAnnounced, whole.era == era,
            whole.standing == .expected || whole.standing == .received
        else { return }
        let came = all.filter { parcels[$0].map { $0.era == era && hasCome($0, with: whole, number) } ?? false }
        let counts = came.map { ChildParcel($0)?.count ?? 1 }
        guard let count = counts.max(), came.count >= count else { return }
        parcels[number]?.standing = .inParts
        parcels[number]?.place = nil
    }

    /// What had left before the announcement came is another delivery: it had another code.
    private func hasCome(_ part: Entry, with whole: Entry, _ number: Waybill) -> Bool {
        switch part.standing {
        case .expected, .received: false
        case .stored, .withAgent, .refused, .retrieved, .missing, .inParts: true
        case .collected, .returned, .lost: part.codeOf == whole.codeOf ?? number && part.n == whole.n
        }
    }

    /// What lies at the station, else what was announced last, goes on under the number on its label.
    private mutating func join(_ fact: ParcelJoined) {
        links.append([fact.waybill, fact.formerly])
        let known = [parcels[fact.waybill], parcels.removeValue(forKey: fact.formerly)].compactMap { $0 }
        let open = known.filter { $0.standing != .returned && $0.standing != .lost }
        guard var entry = open.first(where: \.isHere) ?? open.first else { return }
        entry.recipientKey = entry.recipientKey ?? open.compactMap(\.recipientKey).first
        (entry.n, entry.codeOf, entry.era) = (fact.n, fact.codeOf, era)
        parcels[fact.waybill] = entry
    }

    /// The code of what was announced as one is that of all its parts.
    private mutating func reissue(_ fact: ParcelCodeReissued) {
        parcels[fact.waybill]?.n = fact.n
        parcels[fact.waybill]?.codeOf = fact.codeOf
        for part in parts[fact.waybill] ?? [] where parcels[part]?.codeOf == fact.codeOf ?? fact.waybill {
            parcels[part]?.n = fact.n
        }
    }

    // MARK: After a loss

    /// Another board: it knows nothing of what was before.
    mutating func forget() { era += 1 }

    /// The station knows again what was before. What it took for something else meanwhile it has as that.
    private mutating func recall() {
        let (old, now) = (parcels, era)
        guard old.values.contains(where: { $0.era != now }) || shipments.values.contains(where: { $0.era != now })
        else {
            return
        }
        mixed.formUnion(mixture { old[$0]?.era == now })
        for waybill in old.keys where shipments[waybill]?.era != now { parcels[waybill]?.era = now }
        for waybill in shipments.keys where old[waybill]?.era != now { shipments[waybill]?.era = now }
    }

    /// What the station has got back of a way on which its journal did not go: counted it was not.
    mutating func fold(_ events: [Event], besides told: Topics) {
        let (counts, fen) = (counts, fen)
        for event in events where event.isRecoverable && !told.contain(event) { enter(event) }
        (self.counts, self.fen) = (counts, fen)
        mixed.formUnion(mixture { told.waybills.contains($0) })
    }

    /// What the station has told of, and maybe not sent yet: which of it are parts their numbers say.
    mutating func note(_ told: Topics) {
        for waybill in told.waybills {
            if let stem = ChildParcel(waybill)?.stem { parts[stem, default: []].insert(waybill) }
        }
    }

    /// Numbers that belong together and of which some are told anew, and some are not.
    func mixture(isNew: (Waybill) -> Bool) -> Set<Waybill> {
        var found: Set<Waybill> = []
        for (stem, all) in parts {
            let known = all.union([stem]).filter { parcels[$0] != nil || isNew($0) }
            if known.contains(where: isNew), !known.allSatisfy(isNew) { found.formUnion(known) }
        }
        for link in links where link.contains(where: isNew) { found.formUnion(link) }
        // A part of what was joined, and a number joined to what has parts.
        let named = found
        for (stem, all) in parts where named.contains(stem) || !named.isDisjoint(with: all) {
            found.formUnion(all.union([stem]))
        }
        return found
    }

    private mutating func enterShipment(_ event: Event) {
        switch event {
        case .shipmentDroppedOff(let fact):
            shipments[fact.waybill] = Sent(standing: .droppedOff, place: fact.place, n: fact.n, era: era)
        case .shipmentAccepted(let fact): send(fact.waybill, .accepted, place: nil)
        case .shipmentStored(let fact): shipments[fact.waybill]?.place = fact.place
        case .shipmentHandedOver(let fact): send(fact.waybill, .handedOver, place: nil)
        case .shipmentRejected(let fact): send(fact.waybill, .rejected, place: shipments[fact.waybill]?.place)
        case .shipmentTakenOut(let fact): send(fact.waybill, .onCounter, place: nil)
        case .shipmentReturned(let fact): send(fact.waybill, .returned, place: nil)
        default: break
        }
    }

    private mutating func miss(_ waybill: Waybill, at place: Place) {
        // A station that has lost its journal takes what it finds for a parcel.
        if let sent = shipments[waybill], sent.era == era, sent.isInside, sent.place == place {
            shipments[waybill]?.place = nil
            if sent.standing == .droppedOff { shipments[waybill]?.standing = .onCounter }
        } else {
            parcels[waybill]?.standing = .missing
        }
    }

    private mutating func find(_ waybill: Waybill, at place: Place) {
        if let sent = shipments[waybill], sent.era == era, sent.isHere, parcels[waybill]?.isInside != true {
            shipments[waybill]?.place = place
            if sent.standing == .onCounter { shipments[waybill]?.standing = .droppedOff }
        } else {
            parcels[waybill]?.place = place
        }
    }

    private mutating func set(
        _ waybill: Waybill,
        _ standing: Parcel.Status,
        code: (of: Waybill?, n: UInt32)? = nil,
        place: Place?
    ) {
        let known = parcels[waybill]
        let code = code ?? (known?.codeOf, known?.n ?? 0)
        parcels[waybill] = Entry(
            standing: standing,
            n: code.n,
            codeOf: code.of,
            place: place,
            isAnnounced: known?.isAnnounced ?? false,
            recipientKey: known?.recipientKey,
            era: era
        )
        if let stem = ChildParcel(waybill)?.stem { parts[stem, default: []].insert(waybill) }
    }

    private mutating func send(_ waybill: Waybill, _ standing: Shipment.Status, place: Place?) {
        shipments[waybill] = Sent(standing: standing, place: place, n: shipments[waybill]?.n ?? 0, era: era)
    }
}
