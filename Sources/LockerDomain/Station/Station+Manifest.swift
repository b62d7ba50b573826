extension Station {
    /// A manifest never takes back what happened here: a parcel that is in, or just going out, stays where it is, and one
    /// that has been collected or has left is not expected again because its line was sent twice. What went back and comes
    /// again is in another bag or run.
    mutating func expect(_ entry: ManifestEntry, manifest: String) {
        if let known = state.parcels[entry.waybill] {
            if known.isHere { return fillIn(known, from: entry, manifest: manifest) }
            guard known.status == .expected || isAnother(entry, than: known) || isSentAgain(entry, known) else {
                return
            }
        }
        guard openingUnderWay(for: entry.waybill) == nil else { return }
        var entry = entry
        let announced = state.parcels[entry.waybill].flatMap { $0.status == .expected ? $0.n : nil }
        entry.n = lowestFreeN(entry.waybill, wanted: max(entry.n, announced ?? 0))
        emit(
            .parcelExpected(
                ParcelExpected(entry: entry, parties: parties(of: entry), direction: .inbound, manifest: manifest)
            )
        )
    }

    /// Whether what has left or was not found comes once more: a line sent twice names the same bag and run.
    private func isSentAgain(_ entry: ManifestEntry, _ known: Parcel) -> Bool {
        switch known.status {
        case .returned, .missing, .lost:
            // Cards and scanners know capitals alone: the same number in small letters is the same bag.
            entry.bag.map(ParcelBook.bagNumber) != known.bag.map(ParcelBook.bagNumber)
                || entry.run?.uppercased() != known.announcedRun?.uppercased()
        case .expected, .received, .stored, .withAgent, .collected, .refused, .retrieved: false
        }
    }

    private func parties(of entry: ManifestEntry) -> Parties {
        var parties = settings.parties(brand: entry.brand)
        parties.operatorName = entry.operatorName
        parties.cooperationMode = entry.cooperation ?? parties.cooperationMode
        return parties
    }

    /// The same number for somebody else is another parcel.
    private func isAnother(_ entry: ManifestEntry, than known: Parcel) -> Bool {
        if known.hasCountysKey { return known.recipientKey != entry.recipientKey }
        guard let old = known.lastFour, let new = Parcel.lastFour(of: entry.phoneMasked) else { return false }
        return old != new
    }

    /// The manifest came after its parcel: what the intake could not know is filled in, and the code that it carries
    /// works as long as nobody was told another.
    private mutating func fillIn(_ known: Parcel, from entry: ManifestEntry, manifest: String) {
        var entry = entry
        let wanted = entry.n
        let isInHand = known.status == .received && known.movedFrom == nil
        entry.n = isInHand ? max(known.n, wanted) : known.n
        var filled = known
        filled.fill(from: entry, parties(of: entry))
        if filled != known {
            emit(
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
        guard !isInHand, known.status == .stored || known.status == .received, wanted > known.n, !known.hold.noticed,
            let key = credentials?.codeKey
        else { return }
        emit(
            .parcelCodeReissued(
                ParcelCodeReissued(
                    waybill: known.waybill,
                    parties: filled.parties,
                    direction: .inbound,
                    n: wanted,
                    keyID: key.id,
                    by: "county"
                )
            )
        )
    }
}

extension Parcel {
    /// Takes from a manifest what nobody knew when the parcel came in. What was seen or typed here stays.
    mutating func fill(from entry: ManifestEntry, _ parties: Parties) {
        if !announced {
            self.parties = parties
            size = entry.size
            chilled = entry.chilled
        }
        announced = true
        n = max(n, entry.n)
        // The county's key is the same at all its stations and for all parcels of the recipient.
        if !hasCountysKey, let key = entry.recipientKey { (recipientKey, isKeyTyped) = (key, nil) }
        phoneMasked = phoneMasked ?? entry.phoneMasked
        if consent == .unknown { consent = entry.consent }
        senderAgreement = senderAgreement || entry.senderAgreement
        reach = reach ?? entry.reach
        run = run ?? entry.run
        announcedRun = announcedRun ?? entry.run
        bag = bag ?? entry.bag
        hamlet = hamlet ?? entry.hamlet
        station = station ?? entry.station
    }
}
