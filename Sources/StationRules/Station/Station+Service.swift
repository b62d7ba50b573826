import LockerDomain
import StationBooks

extension Station {
    // MARK: At the open door

    /// The recipient looked inside and puts it back (拒收): the door that stands open for them.
    mutating func refuse(_ card: Card, from source: TextSource) {
        let open = settings.doors.map(\.name).filter(standsOpenForRecipient)
        guard let door = open.first, let cycle = state.door(door).cycle else {
            return refuseFromShelf(card, from: source)
        }
        // With several doors nobody can see who refuses: the keeper sorts it out.
        guard open.count == 1 else { return reject(card, .outOfContext, .askKeeper, from: source) }
        // Somebody else has just shut theirs and may mean that: the parcel in hand says who refuses.
        let others = takenByOthers(than: cycle)
        guard others.isEmpty else {
            dialogue.refusal = (others + cycle.waybills, now.uptime + Limits.followUpMilliseconds)
            return reject(card, .awaitsScan, .scanParcel, from: source)
        }
        // With several parcels nobody can see which one stays: the scan of the parcel says it, once it is out.
        guard cycle.waybills.count == 1 else {
            return reject(card, .outOfContext, .refuseSeveral, from: source)
        }
        putBack(behind: door, cycle)
    }

    private mutating func putBack(behind door: DoorName, _ cycle: DoorCycle) {
        emit(.doorPurposeChanged(DoorPurposeChanged(door: door, cycle: cycle.id, purpose: .putBack)))
        answer(.putBack, door.rawValue)
    }

    /// What was taken within the last minute, unless by who stands at the open door as far as the books can tell.
    private func takenByOthers(than cycle: DoorCycle) -> [Waybill] {
        var own = Set(cycle.waybills.compactMap { state.parcels[$0]?.recipientKey })
        if case .relative(let key)? = cycle.delegate { own.insert(key) }
        let taken = (dialogue.lastPickup?.parcels ?? []) + dialogue.earlierPickups.map(\.waybill)
        return taken.filter {
            guard let parcel = state.parcels[$0], parcel.status == .collected, !cycle.waybills.contains($0) else {
                return false
            }
            return now.wall - parcel.changed < Limits.reopenMilliseconds
                && parcel.recipientKey.map { !own.contains($0) } ?? true
        }
    }

    /// The door is shut, or it was a shelf: the parcel is in hand. It is scanned, so that a card alone refuses nothing that
    /// somebody carries away.
    private mutating func refuseFromShelf(_ card: Card, from source: TextSource) {
        dialogue.report = nil
        let taken = (dialogue.lastPickup?.parcels ?? []).filter(mayPutBackOnShelf)
        guard !taken.isEmpty else { return reject(card, .outOfContext, .refuseHow, from: source) }
        dialogue.refusal = (taken, now.uptime + Limits.followUpMilliseconds)
        reject(card, .awaitsScan, .scanParcel, from: source)
    }

    private func mayPutBackOnShelf(_ waybill: Waybill) -> Bool {
        guard let parcel = state.parcels[waybill], parcel.status == .collected,
            now.wall - parcel.changed < Limits.reopenMilliseconds
        else { return false }
        switch parcel.place {
        case .shelf: return true
        // Its door opens again by code alone, so it goes to the shelf, where nothing is kept cold.
        case .door: return !parcel.isCold && shelves.firstFree != nil
        // Handed out over the counter.
        case nil: return !parcel.isCold && shelves.firstFree != nil
        }
    }

    /// The refused parcel goes back to its place, else to a free one, else it stays with the keeper.
    mutating func putBackOnShelf(_ waybill: Waybill, from source: TextSource) {
        dialogue.refusal = nil
        if let door = openingUnderWay(for: waybill)?.door, standsOpenForRecipient(door),
            let cycle = state.door(door).cycle
        {
            guard cycle.waybills.count == 1 else { return reject(waybill, .outOfContext, .refuseSeveral, from: source) }
            return putBack(behind: door, cycle)
        }
        guard let parcel = state.parcels[waybill], parcel.status == .collected, storage != .failed,
            !parcel.isCold || parcel.place?.isShelf == true
        else { return reject(waybill, .outOfContext, .askKeeper, from: source) }
        let own = parcel.place.flatMap { $0.isShelf && !state.parcels.isTaken($0) ? $0 : nil }
        guard let free = own ?? shelves.firstFree.map(Place.shelf) else {
            return reject(waybill, .full, .askKeeper, from: source)
        }
        emit(
            .parcelRefused(
                ParcelRefused(
                    waybill: waybill,
                    parties: parcel.parties,
                    direction: .inbound,
                    place: free,
                    evidence: .scanned,
                    doorOpenedAt: nil
                )
            )
        )
        answer(.refusedShelf, free.description)
    }

    /// By code, by token or by the keeper; again by the same code within a minute.
    func standsOpenForRecipient(_ door: DoorName) -> Bool {
        guard let cycle = state.door(door).cycle, cycle.phase == .open || !hasWorkingSensor(door) else { return false }
        switch cycle.purpose {
        case .pickup, .handOut: return true
        case .reopen: return Authority(cycle).person == nil && !cycle.waybills.isEmpty
        default: return false
        }
    }

    // MARK: Reports

    /// A recipient reports what is being taken, or was just taken; of several parcels the number says which.
    mutating func report(_ kind: ParcelReport, _ card: Card, from source: TextSource) {
        let parcels = parcelsOfRecipient().map(\.waybill)
        guard let first = parcels.first, kind != .lost else {
            return reject(card, .outOfContext, .askKeeper, from: source)
        }
        guard parcels.count > 1 else { return fileReport(kind, of: first, byRecipient: true) }
        dialogue.report = (kind, parcels, now.uptime + Limits.followUpMilliseconds)
        reject(card, .awaitsScan, .scanParcel, from: source)
    }

    /// Somebody with a badge reports a parcel, and goes on with what they were at: the next scan is no report.
    mutating func report(_ kind: ParcelReport, _ waybill: Waybill, from source: TextSource) {
        guard let parcel = state.parcels[waybill], parcel.status != .expected, openingUnderWay(for: waybill) == nil,
            kind != .lost || parcel.isHere || parcel.status == .missing
        else { return reject(waybill, .outOfContext, .notHere, from: source) }
        fileReport(kind, of: waybill)
        endWorkForOne()
    }

    /// What was at hand before goes on.
    mutating func endWorkForOne() {
        guard let session = state.session, session.work.isForOne else { return }
        let work = session.workBefore ?? .receive
        let back = SessionWorkChanged(session: session.id, work: work, doors: session.queue, detail: nil)
        emit(.sessionWorkChanged(back))
    }

    mutating func fileReport(_ kind: ParcelReport, of waybill: Waybill, byRecipient: Bool = false) {
        guard let parcel = state.parcels[waybill] else { return }
        let session = byRecipient ? nil : state.session
        let role = session.flatMap { Report.Reporter(rawValue: $0.role.rawValue) } ?? .recipient
        let report = Report(
            by: role,
            person: session?.person,
            place: parcel.place,
            doorOpenedAt: lastOpening(for: parcel)
        )
        let parties = parcel.parties
        switch kind {
        case .damaged:
            emit(
                .parcelDamaged(
                    ParcelDamaged(waybill: waybill, parties: parties, direction: .inbound, report: report)
                )
            )
        case .short:
            emit(.parcelShort(ParcelShort(waybill: waybill, parties: parties, direction: .inbound, report: report)))
        case .lost:
            emit(.parcelLost(ParcelLost(waybill: waybill, parties: parties, direction: .inbound, report: report)))
        }
        answer(.reported)
    }

    /// When the door was opened for the parcel last; what was opened since for others is another recording.
    private func lastOpening(for parcel: Parcel) -> Int64? {
        if !parcel.isInside, let takenOutAt = parcel.takenOutAt { return takenOutAt }
        guard case .door(let name) = parcel.place, let openedAt = state.door(name).openedAt else { return nil }
        return parcel.isInside || openedAt <= parcel.changed ? openedAt : nil
    }

    // MARK: Complaints and the survey

    mutating func fileComplaint(_ category: Int) {
        emit(.serviceComplaintFiled(ComplaintFiled(category: category, waybill: parcelOfOne)))
        answer(.complaintFiled, settings.promise.hotline)
    }

    /// One digit by key, or all five at once; those of cards come here with NEXT.
    mutating func answerSurvey(_ digits: String, from source: TextSource) {
        let scores = digits.utf8.map { Int($0) - 0x30 }
        guard var survey = dialogue.survey, scores.allSatisfy(SurveyQuestion.scores.contains) else {
            let question = String((dialogue.survey?.scores.count ?? 0) + 1)
            return reject(.outOfContext, .askSurvey, question, from: source, length: digits.utf8.count, text: nil)
        }
        survey.scores = scores.count == 1 ? survey.scores + scores : scores
        if survey.scores.count >= SurveyQuestion.allCases.count {
            dialogue.survey = nil
            let answers = Array(survey.scores.prefix(SurveyQuestion.allCases.count))
            emit(
                .serviceSurveyAnswered(
                    SurveyAnswered(scores: answers, waybill: parcelOfOne)
                )
            )
            return answer(.surveyThanks)
        }
        survey.until = now.uptime + Limits.followUpMilliseconds
        dialogue.survey = survey
        let next = String(survey.scores.count + 1)
        reject(.awaitsScan, .askSurvey, next, from: source, length: digits.utf8.count, text: nil)
    }

    // MARK: Contacts

    /// The phone of the recipient of the parcel that was just received; it stays out of the journal (DESIGN rule 10).
    mutating func takeContact(_ phone: String, from source: TextSource) {
        touchSession()
        // The one named last: just received, told of, or scanned again.
        let named = [dialogue.lastReceived, dialogue.named].compactMap { $0 }.max { $0.until < $1.until }
        guard let session = state.session, session.role == .courier || session.role == .keeper,
            let waybill = named.map({ state.parcels.name(of: $0.waybill) }), let parcel = state.parcels[waybill]
        else { return reject(.unknown, .unknownCode, from: source, length: phone.utf8.count, text: nil) }
        // The county knows the phone of a recipient with its key; a courier's typing would give their code to a stranger.
        let key = parcel.hasCountysKey ? nil : source.recipientKey
        guard session.role == .keeper || !parcel.hasCountysKey else {
            return reject(.outOfContext, .notForYou, from: source, length: phone.utf8.count, text: nil)
        }
        emit(
            .parcelContactGiven(
                ParcelContactGiven(
                    waybill: waybill,
                    parties: parcel.parties,
                    direction: .inbound,
                    phoneMasked: Masking.phone(phone),
                    recipientKey: key,
                    person: session.person
                )
            )
        )
        act(.keepContact(waybill, phone: phone, recipientKey: key))
        answer(.contactKept)
    }

    /// A parcel that is in already may still get a phone: whose is not known by anybody, any by the keeper.
    mutating func nameForContact(_ parcel: Parcel, by session: Session) {
        let isUnknown = parcel.phoneMasked == nil && parcel.recipientKey == nil
        guard session.role == .keeper || session.role == .courier && isUnknown else { return }
        dialogue.named = (parcel.waybill, now.uptime + Limits.followUpMilliseconds)
    }
}
