import LockerDomain
import StationBooks

/// What came as several parcels under one announced number (子母件, DESIGN 4.4).
extension Station {
    // MARK: What a number means

    /// The parcel or shipment that a scanned number means. The number of what came in parts means the part that the
    /// person is at: asked for, being taken from the shelf, inside, else any that is here.
    func meant(by number: Waybill) -> Waybill {
        let name = state.parcels.name(of: number)
        let parts = state.parcels.parts(of: name)
        guard !parts.isEmpty, state.parcels[name]?.isInside != true, state.shipments[name] == nil else { return name }
        let asked = (dialogue.refusal?.parcels ?? []) + (dialogue.report?.parcels ?? [])
        let audited = state.session.flatMap { auditedDoor(of: $0) }
        let ranked: [(Parcel) -> Bool] = [
            { asked.contains($0.waybill) },
            { audited != nil && $0.isInside && $0.place == audited.map(Place.door) },
            { $0.status == .stored && $0.releasedUntil > now.wall && $0.releasedBy != .badge },
            { $0.isInside && openingUnderWay(for: $0.waybill) == nil },
            \.isInside,
            { $0.isHere && $0.status != .received },
            { dialogue.lastPickup?.parcels.contains($0.waybill) == true },
        ]
        for isIt in ranked { if let part = parts.first(where: isIt) { return part.waybill } }
        return name
    }

    /// All that TOLD and EXTEND are about: what holds of one part for its number holds of all that are inside.
    func allMeant(_ waybill: Waybill, _ reading: WaybillReading) -> [Waybill] {
        let all = state.parcels.all(meantBy: Waybill(rawValue: reading.normalized)).filter(\.isInside).map(\.waybill)
        return all.contains(waybill) ? all : [waybill]
    }

    // MARK: Coming in

    /// A part of an announced parcel as it comes in for the first time, or anew with a new announcement; `nil` for what has
    /// a line of its own and for all other parcels.
    func announcedPart(_ waybill: Waybill) -> Parcel? {
        guard let parent = state.parcels.announcement(of: waybill) else { return nil }
        if let known = state.parcels[waybill] {
            guard known.isOver, parent.status == .expected || parent.status == .received else { return nil }
        }
        return Parcel(waybill, partOf: parent, at: now.wall)
    }

    /// The bare number of what comes in parts says nothing of which part it is: the same parcel would be in twice. Returns
    /// whether the scan was answered so.
    mutating func asksForPart(_ waybill: Waybill, by session: Session, from source: TextSource) -> Bool {
        let parts = state.parcels.parts(of: waybill).filter(\.isHere)
        guard let first = parts.first, state.parcels[waybill]?.isHere != true,
            parts.allSatisfy({ ChildParcel($0.waybill)?.count != nil })
        else { return false }
        if state.parcels[waybill]?.status == .inParts {
            let place = parts.first(where: \.isInside)?.place ?? first.place
            reject(waybill, .alreadyStored, .alreadyStored, place?.description ?? "", from: source)
        } else {
            reject(waybill, .outOfContext, .scanPart, from: source)
        }
        return true
    }

    /// While its door stands open for the bare number, that of a part is the second barcode of the same label.
    func openingForParent(of waybill: Waybill) -> (door: DoorName, purpose: Purpose)? {
        guard state.parcels[waybill] == nil, let parent = state.parcels.announcement(of: waybill),
            let opening = openingUnderWay(for: parent.waybill), opening.purpose == .deposit
        else { return nil }
        return opening
    }

    /// The number of which the code of what comes in is made, and its counter.
    func code(for waybill: Waybill, _ known: Parcel?, _ how: ParcelReceived.How) -> (of: Waybill?, n: UInt32) {
        guard let known else { return (nil, lowestFreeN(waybill, wanted: 0)) }
        // The same parcel coming back, or found again, keeps its code; the same number on another parcel does not.
        switch known.status {
        case .received, .stored, .withAgent, .refused, .retrieved, .missing, .inParts: return (known.codeOf, known.n)
        case .collected where how == .audit: return (known.codeOf, known.n)
        case .expected where known.codeOf != nil: return (known.codeOf, known.n)
        case .expected: return (nil, lowestFreeN(waybill, wanted: known.n))
        case .collected, .returned, .lost: return (nil, lowestFreeN(waybill, wanted: 0))
        }
    }

    // MARK: Going out

    /// What the code of a number opens next.
    func opened(byCodeOf waybill: Waybill) -> Waybill {
        let family = [state.parcels[waybill]].compactMap { $0 } + state.parcels.parts(of: waybill)
        guard family.count > 1 else { return waybill }
        return openedNext(of: family)?.waybill ?? waybill
    }

    /// Which of several parcels of one code or token is opened next: the first that waits behind a door that opens, then one
    /// that does so in a moment, then one that nobody saw leave or whose door was just shut; else one that says why nothing
    /// opens.
    func openedNext(of family: [Parcel]) -> Parcel? {
        let again = openedAgain(of: family.filter { $0.status == .collected && answersToCodes($0) })
        let ranked: [(Parcel) -> Bool] = [
            { isNext($0) && opensWell($0) },
            { isNext($0) && mayOpen($0) },
            { $0.status == .stored && !$0.isDoubtful && !isShutAway($0) },
            { $0.waybill == again?.waybill && isReusable($0) && mayOpen($0) },
            { $0.status == .stored },
            { $0.waybill == again?.waybill && mayOpen($0) },
            { $0.status == .received },
        ]
        for isIt in ranked { if let one = family.first(where: isIt) { return one } }
        return again
    }

    /// Last four digits of the phone of whoever a code is for.
    func lastFours(ofCode waybill: Waybill) -> [String] {
        state.parcels.family(of: waybill).compactMap(\.lastFour)
    }

    // MARK: A manifest that comes after some or all of its parts

    /// The parts that are here take from their announcement what nobody knew, and its code unless somebody was told theirs.
    mutating func fillInParts(of entry: ManifestEntry, manifest: String) {
        guard let parent = state.parcels[entry.waybill] else { return }
        for part in state.parcels.parts(of: parent.waybill) where part.isHere {
            var line = entry
            line.waybill = part.waybill
            line.n = part.n
            var filled = part
            filled.fill(from: line, parties(of: line))
            if filled != part { expectLate(line, filled, manifest: manifest) }
            guard part.codeOf == nil, !part.announced, !part.hold.noticed,
                part.status == .stored || part.status == .received
            else { continue }
            reissue(filled, n: parent.n, codeOf: parent.codeName)
        }
    }

    /// All is back, and some of a family were written about since, the others not: the code of the announcement opens all
    /// of it, so that its parts take that, and the county hears of it.
    mutating func takeCodes(besides touched: Topics) {
        for stem in state.parcels.children.keys.sorted() {
            guard let parent = state.parcels[state.parcels.name(of: stem)] else { continue }
            for part in state.parcels.parts(of: parent.waybill) {
                // What has left since came with this announcement, unless that was written about since as well.
                let isOurs =
                    !part.isOver
                    || !touched.isFull && touched.contain(part.waybill) && !touched.contain(parent.waybill)
                guard isOurs, part.codeOf == parent.codeName, part.n < parent.n,
                    touched.contain(part.waybill) || touched.contain(parent.waybill)
                else { continue }
                reissue(part, n: parent.n, codeOf: part.codeOf)
            }
        }
    }

    /// The parcel whose code opens what a number means, when that is inside: of parts the announced one.
    func codeHolder(of number: Waybill) -> Parcel? {
        guard let parcel = state.parcels.all(meantBy: number).first(where: \.isInside) else { return nil }
        guard state.parcels.isOpenedByParent(parcel) else { return parcel }
        return state.parcels.announcement(of: parcel.waybill)
    }

    mutating func reissue(_ parcel: Parcel, n: UInt32, codeOf: Waybill?) {
        guard let key = credentials?.codeKey else { return }
        emit(
            .parcelCodeReissued(
                ParcelCodeReissued(
                    waybill: parcel.waybill,
                    parties: parcel.parties,
                    direction: .inbound,
                    n: n,
                    codeOf: codeOf,
                    keyID: key.id,
                    by: "county"
                )
            )
        )
    }
}
