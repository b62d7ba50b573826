import LockerDomain
import StationBooks

/// What the county announces: the lines of a manifest, before and after their parcels.
enum Manifests {
    /// Announces every good line of a manifest.
    ///
    /// - Parameter unread: lines that could not be read at all.
    /// - Returns: what is wrong with the others, within `Limits.commandReasonCharactersMax`; `nil` when all were taken.
    static func expect(
        _ entries: [ManifestEntry],
        _ unread: [ManifestFault],
        manifest: String,
        in turn: inout Turn
    ) -> String? {
        let count = entries.count + unread.count
        guard count <= Limits.manifestEntriesMax, turn.books.parcels.count + entries.count <= Limits.parcelsMax else {
            return "more parcels than this station keeps: \(count)"
        }
        guard ManifestEntry.isManifestID(manifest) else {
            return "the id of the manifest is not 1 to \(Limits.manifestIDCharactersMax) letters, digits and hyphens"
        }
        var faults = unread.map(\.description)
        for entry in entries {
            if let fault = entry.fault {
                faults.append(fault.description)
            } else if let fault = expect(entry, manifest: manifest, in: &turn) {
                faults.append(fault)
            }
        }
        return reason(faults, of: count)
    }

    private static func reason(_ faults: [String], of count: Int) -> String? {
        guard let first = faults.first else { return nil }
        guard faults.count > 1 else { return String(first.prefix(Limits.commandReasonCharactersMax)) }
        var reason = "\(faults.count) of \(count) lines are not taken, the others are: \(first)"
        for fault in faults.dropFirst() {
            // Room is left for how many more there are.
            guard reason.count + fault.count <= Limits.commandReasonCharactersMax - 16 else { break }
            reason += "; " + fault
        }
        return String(reason.prefix(Limits.commandReasonCharactersMax))
    }

    /// A manifest never takes back what happened here: a parcel that is in, or just going out, stays where it is, and
    /// one that has been collected or has left is not expected again because its line was sent twice. What went back
    /// and comes again is in another bag or run.
    ///
    /// - Returns: why the two numbers of the line are not made one parcel; `nil` when they are, or when it has one
    /// alone.
    static func expect(_ line: ManifestEntry, manifest: String, in turn: inout Turn) -> String? {
        var entry = line
        entry.waybill = line.waybill.ofWhole
        // First, so that the line is about the one parcel; what nobody has heard of gets its other number behind.
        let fault = Joins.join(entry, manifest: manifest, in: &turn)
        entry.waybill = turn.books.parcels.name(of: entry.waybill)
        announce(entry, manifest: manifest, in: &turn)
        guard fault == nil, let formerly = entry.formerly, turn.books.parcels.contains(entry.waybill),
            turn.books.parcels.name(of: formerly) != entry.waybill
        else { return fault }
        return Joins.join(entry, manifest: manifest, in: &turn)
    }

    private static func announce(_ line: ManifestEntry, manifest: String, in turn: inout Turn) {
        var entry = line
        let known = turn.books.parcels[entry.waybill]
        let hasParts = turn.books.parcels.parts(of: entry.waybill).contains(where: \.isHere)
        if let known {
            if known.isHere { fillIn(known, from: entry, manifest: manifest, in: &turn) }
            if known.isHere || known.status == .inParts && hasParts {
                return Numbers.fillInParts(of: entry, manifest: manifest, in: &turn)
            }
            guard known.status == .expected || isAnother(entry, than: known) || isSentAgain(entry, known, in: turn)
            else { return }
        }
        guard Unlocking.openingUnderWay(for: entry.waybill, in: turn) == nil else { return }
        let announced = known.flatMap { $0.status == .expected ? $0 : nil }
        let wanted = max(entry.n, announced?.n ?? 0)
        entry.n = Intake.lowestFreeN(entry.waybill, wanted: wanted, in: turn)
        // The code of its other number was announced.
        if let announced, announced.codeOf != nil { entry.n = announced.n }
        // Whose it is, and the code that opens what came of it so far, stays.
        if let announced, hasParts {
            entry.n = announced.n
            entry.recipientKey = announced.recipientKey ?? entry.recipientKey
        }
        let parties = parties(of: entry, in: turn)
        turn.emit(
            .parcelExpected(
                ParcelExpected(entry: entry, parties: parties, direction: .inbound, manifest: manifest)
            )
        )
        Numbers.fillInParts(of: entry, manifest: manifest, in: &turn)
    }

    /// Whether what has left or was not found comes once more: a line sent twice names the same bag and run.
    private static func isSentAgain(_ entry: ManifestEntry, _ known: Parcel, in turn: borrowing Turn) -> Bool {
        switch known.status {
        case .returned, .missing, .lost: isAnotherBagOrRun(entry, known)
        case .inParts:
            // As its parts: all of them are gone.
            !turn.books.parcels.parts(of: known.waybill).contains { $0.isHere || $0.status == .collected }
                && isAnotherBagOrRun(entry, known)
        case .expected, .received, .stored, .withAgent, .collected, .refused, .retrieved: false
        }
    }

    /// Cards and scanners know capitals alone: the same number in small letters is the same bag.
    private static func isAnotherBagOrRun(_ entry: ManifestEntry, _ known: Parcel) -> Bool {
        entry.bag.map(ParcelBook.bagNumber) != known.bag.map(ParcelBook.bagNumber)
            || entry.run?.uppercased() != known.announcedRun?.uppercased()
    }

    static func parties(of entry: ManifestEntry, in turn: borrowing Turn) -> Parties {
        var parties = turn.settings.parties(brand: entry.brand)
        if entry.operatorName != Parties.noOperator { parties.operatorName = entry.operatorName }
        parties.cooperationMode = entry.cooperation ?? parties.cooperationMode
        return parties
    }

    /// The same number for somebody else is another parcel.
    private static func isAnother(_ entry: ManifestEntry, than known: Parcel) -> Bool {
        entry.isForAnother(than: known.hasCountysKey ? known.recipientKey : nil, lastFour: known.lastFour)
    }

    /// The manifest came after its parcel: what the intake could not know is filled in, and the code that it carries
    /// works as long as no other was announced to anybody.
    private static func fillIn(
        _ known: Parcel,
        from entry: ManifestEntry,
        manifest: String,
        in turn: inout Turn
    ) {
        var entry = entry
        let wanted = entry.n
        let isInHand = known.status == .received && known.movedFrom == nil
        entry.n = isInHand ? max(known.n, wanted) : known.n
        var filled = known
        filled.fill(from: entry, parties(of: entry, in: turn))
        if filled != known { expectLate(entry, filled, manifest: manifest, in: &turn) }
        let parts = turn.books.parcels.parts(of: known.waybill)
        let isNoticed = known.hold.noticed || parts.contains(where: \.hold.noticed)
        guard !isInHand, known.status == .stored || known.status == .received, wanted > known.n, !isNoticed
        else { return }
        Numbers.reissue(filled, n: wanted, codeOf: known.codeOf, in: &turn)
    }

    static func expectLate(_ entry: ManifestEntry, _ filled: Parcel, manifest: String, in turn: inout Turn) {
        turn.emit(
            .parcelExpected(
                ParcelExpected(
                    entry: entry,
                    parties: filled.parties,
                    direction: .inbound,
                    manifest: manifest,
                    late: true
                )
            )
        )
    }
}
