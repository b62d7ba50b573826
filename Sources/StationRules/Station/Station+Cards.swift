package import LockerDomain
package import StationBooks

extension Station {
    /// A printed command card; `nil` for one of another version.
    mutating func readCard(_ card: Card?, _ text: String, from source: TextSource) {
        guard let card else {
            return reject(.unknown, .unknownCode, from: source, length: text.utf8.count, text: keepable(text))
        }
        if readPublicCard(card, from: source) { return }
        touchSession()
        guard let session = state.session else {
            if case .door = card { return reject(card, .needsPIN, .needsPIN, from: source) }
            if card == .end { return endForVillager(from: source) }
            if card == .no, cancelDropOff(card, from: source) { return }
            return reject(card, .outOfContext, .scanBadgeFirst, from: source)
        }
        if let work = card.work {
            return begin(work, card, by: session, from: source)
        }
        if let note = card.shipmentNote { return noteShipment(card, note, by: session, from: source) }
        switch card {
        case .end: close(session, .ended)
        case .door(let name) where dialogue.emptyDoor != nil:
            sayEmpty(settingsDoor(name), card, by: session, from: source)
        case .door(let name) where session.work.takesPlaces:
            work(at: .door(settingsDoor(name)), card, by: session, from: source)
        case .door(let name):
            if session.work == .outbound,
                fetchShipment(behind: settingsDoor(name), card, by: session, from: source)
            {
                return
            }
            openForAudit(settingsDoor(name), from: source)
        case .empty: settleEmpty(by: session, from: source)
        case .yes: answerInside(true, card, by: session, from: source)
        case .no:
            if !answersNotPutIn(session), sayNothingInside(card, by: session, from: source) { return }
            sayNo(card, by: session, from: source)
        case .reopen: reopenLast(card, by: session, from: source)
        case .abnormal: markAbnormal(card, by: session, from: source)
        case .shelf(let name) where session.work.takesPlaces:
            work(at: .shelf(settingsShelf(name)), card, by: session, from: source)
        case .shelf(let place): putOnShelf(place, card, by: session, from: source)
        case .reason(let number):
            note(.reason, String(number), session.role.looksIntoDoors ? .reasonNoted : .noted, by: session)
        case .exception(let kind): noteException(kind, card, by: session, from: source)
        case .run(let words): arrive(RunCard(words), card, by: session, from: source)
        case .handOver(let words): checkInRun(RunCard(words), card, by: session, from: source)
        case .bag(let number) where session.work == .receive:
            checkInBag(number, card, by: session, from: source)
        case .bag(let number): noteBag(.bag, number, card, by: session, from: source)
        case .seal(let number): noteBag(.seal, number, card, by: session, from: source)
        case .nextBag where session.work == .receive && Work.receive.roles.contains(session.role):
            reject(card, .awaitsScan, session.work.answer, from: source)
        case .nextBag: awaitNumber(of: .bag, card, by: session, from: source)
        case .nextSeal: awaitNumber(of: .seal, card, by: session, from: source)
        case .label: makeLabel(card, by: session, from: source)
        case .accept: acceptShipment(card, by: session, from: source)
        case .reject(let reason): rejectShipment(reason, card, by: session, from: source)
        default: reject(card, .outOfContext, .unknownCode, from: source)
        }
    }

    /// Cards on the wall, for everybody. Returns whether the card was one of them.
    private mutating func readPublicCard(_ card: Card, from source: TextSource) -> Bool {
        switch card {
        case .next:
            goOn(from: source)
        case .refuse:
            refuse(card, from: source)
        case .complaint(let category):
            fileComplaint(category)
        case .survey:
            dialogue.survey = ([], now.uptime + Limits.followUpMilliseconds)
            reject(card, .awaitsScan, .askSurvey, "1", from: source)
        case .digit(let digit):
            gather(digit, card, from: source)
        case .report(let kind) where state.session == nil || isReportOfRecipient(kind):
            report(kind, card, from: source)
        case .dropOff where state.session == nil:
            beginDropOff(card, from: source)
        case .dropOff:
            let mayShip = state.session.map { Work.outbound.roles.contains($0.role) } ?? false
            reject(card, .outOfContext, mayShip ? .endFirst : .endSession, from: source)
        default:
            return false
        }
        return true
    }

    private func settingsDoor(_ name: String) -> DoorName {
        settings.doors.first { $0.name.rawValue.uppercased() == name }?.name ?? DoorName(rawValue: name)
    }

    private func settingsShelf(_ name: String) -> ShelfPlace {
        settings.shelfPlaces.first { $0.rawValue.uppercased() == name } ?? ShelfPlace(rawValue: name)
    }

    /// One thing said for the work of the session.
    mutating func note(_ note: SessionNoted.Note, _ value: String?, _ answerID: Answer.ID, by session: Session) {
        emit(.sessionNoted(SessionNoted(session: session.id, note: note, value: value)))
        answer(answerID, note.word(value))
    }

    /// The card before a parcel that is damaged, of another weight, fresh or valuable.
    private mutating func noteException(
        _ kind: ParcelException,
        _ card: Card,
        by session: Session,
        from source: TextSource
    ) {
        guard Work.receive.roles.contains(session.role) else {
            return reject(card, .outOfContext, .notForYou, from: source)
        }
        note(.exception, kind.rawValue, .exceptionNoted, by: session)
    }

    /// END at a door without a sensor ends the step there (rule 8) and what would follow it, not yet the session.
    mutating func endBatch(of session: Session) {
        touchSession()
        dialogue.digits = nil
        if let session = state.session, !session.queue.isEmpty {
            emit(
                .sessionWorkChanged(
                    SessionWorkChanged(session: session.id, work: session.work, doors: [], detail: nil)
                )
            )
        }
        if !isAnswered { answer(session.work.answer) }
    }

    /// END of somebody without a badge: the step that it ended has answered, or a question is given up.
    private mutating func endForVillager(from source: TextSource) {
        let wasAsked = dialogue.giveUp()
        guard decision.events.isEmpty else {
            if !isAnswered { answer(.goodbye) }
            return
        }
        reject(.end, .outOfContext, wasAsked ? .goodbye : .scanBadgeFirst, from: source)
    }

    /// A command card that begins another work.
    private mutating func begin(_ work: Work, _ card: Card, by session: Session, from source: TextSource) {
        guard work.roles.contains(session.role) else { return reject(card, .outOfContext, .notForYou, from: source) }
        let doors: [DoorName]
        switch work {
        case .retrieve: doors = doorsToRetrieve()
        case .take: doors = doorsDelegated(to: session.person)
        case .audit: doors = doorsToAudit(session)
        default: doors = []
        }
        // A report leaves the doors of the batch for afterwards.
        let rest = work.isForOne ? session.queue : doors
        let needsPIN: Set<Work> = [.handOut, .move, .join, .delegateAgent, .delegateRelative]
        guard session.proven || doors.isEmpty && !needsPIN.contains(work) else {
            return reject(card, .needsPIN, .needsPIN, from: source)
        }
        if work == .outbound, !settings.policy.hasFiled(settings.village) {
            return reject(card, .outOfArea, .outOfArea, from: source)
        }
        dialogue.failedAudit = nil
        dialogue.joining = nil
        emit(.sessionWorkChanged(SessionWorkChanged(session: session.id, work: work, doors: rest, detail: nil)))
        if work == .receive { emit(.sessionNoted(SessionNoted(session: session.id, note: .checked, value: "card"))) }
        if work == .audit { emit(.auditStarted(AuditStarted(person: session.person))) }
        announce(work, opens: !doors.isEmpty, by: session)
        if !doors.isEmpty { openNextInQueue() }
    }

    /// What the work begins with: for a batch also the shelf places, which no door shows.
    private mutating func announce(_ work: Work, opens: Bool, by session: Session) {
        if work == .delivered { return askDelivered(by: session) }
        guard work == .retrieve || work == .take else { return announce(work, by: session) }
        let places = shelfPlaces(for: work, by: session)
        guard !places.isEmpty else {
            let nothing: Answer.ID = work == .retrieve ? .nothingDue : .nothingToTake
            return answer(opens ? work.answer : nothing)
        }
        answer(work.answer, Self.named(places.map(\.rawValue)))
    }

    /// At the counter the keeper hears which doors hold something to look at.
    private mutating func announce(_ work: Work, by session: Session) {
        let doors = work == .outbound && session.role == .keeper ? doorsWithDropOffs() : []
        guard !doors.isEmpty else { return answer(work.answer) }
        answer(.scanShipmentOrNext, Self.named(doors.map(\.rawValue)))
    }

    /// The first two of several places, and how many more there are.
    private static func named(_ places: [String]) -> String {
        places.prefix(2).joined(separator: " ") + (places.count > 2 ? " +\(places.count - 2)" : "")
    }

    /// Shelf places with something for the batch.
    private func shelfPlaces(for work: Work, by session: Session) -> [ShelfPlace] {
        settings.shelfPlaces.filter { place in
            state.parcels.at(.shelf(place)).contains {
                work == .retrieve ? $0.needsRetrieval : isDelegated($0, to: session.person)
            }
        }
    }

    /// The next door of a batch: RETRIEVE, TAKE and AUDIT open them in turn.
    mutating func openNextInQueue() {
        guard let session = state.session, storage != .failed else { return }
        guard let door = session.queue.first else { return nameShelf(of: session) }
        switch session.work {
        case .retrieve:
            let parcels = state.parcels.at(.door(door)).filter(\.needsRetrieval).map(\.waybill)
            guard mayOpenInTurn(door, parcels) else { return skip(door, of: session) }
            takeBack(parcels, from: door, by: session)
        case .take:
            let parcels = state.parcels.at(.door(door)).filter { isDelegated($0, to: session.person) }.map(\.waybill)
            guard mayOpenInTurn(door, parcels) else { return skip(door, of: session) }
            unlock(door, for: .agent, of: parcels, by: .badge(session.person))
            answerTaking(parcels, from: door, .takeOut)
        case .audit:
            // Somebody may stand at it: the keeper's card of the door opens it all the same.
            guard state.door(door).cycle == nil, !state.door(door).isAbnormal, mayLookInto(door, session) else {
                return skip(door, of: session)
            }
            openForAudit(door, from: TextSource(device: "queue", role: .scanner))
        default: break
        }
    }

    /// The doors of a batch are done: the rest lies on the shelf.
    private mutating func nameShelf(of session: Session) {
        guard session.work == .retrieve || session.work == .take,
            !shelfPlaces(for: session.work, by: session).isEmpty
        else { return }
        announce(session.work, opens: false, by: session)
    }

    private func mayOpenInTurn(_ door: DoorName, _ parcels: [Waybill]) -> Bool {
        !parcels.isEmpty && state.door(door).cycle == nil && !state.door(door).isAbnormal
    }

    /// What can not be opened now leaves the queue; the next is tried.
    private mutating func skip(_ door: DoorName, of session: Session) {
        let rest = session.queue.filter { $0 != door }
        emit(
            .sessionWorkChanged(
                SessionWorkChanged(session: session.id, work: session.work, doors: rest, detail: door.rawValue)
            )
        )
        openNextInQueue()
    }
}

extension Card {
    /// The work that the card begins.
    package var work: Work? {
        switch self {
        case .receive: .receive
        case .outbound: .outbound
        case .retrieve: .retrieve
        case .handOut: .handOut
        case .told: .told
        case .take: .take
        case .delivered: .delivered
        case .move: .move
        case .extend: .extend
        case .join: .join
        case .audit: .audit
        case .delegate(.agent): .delegateAgent
        case .delegate(.relative): .delegateRelative
        case .withdraw: .withdraw
        case .report(.damaged): .reportDamaged
        case .report(.short): .reportShort
        case .report(.lost): .reportLost
        default: nil
        }
    }
}

extension Work {
    /// What the person is asked to do.
    var answer: Answer.ID {
        switch self {
        case .receive: .scanParcels
        case .outbound: .scanShipment
        case .retrieve: .retrieving
        case .handOut, .told, .extend, .withdraw, .delivered: .askRecipient
        case .take: .retrieving
        case .audit: .auditing
        case .join: .scanOldNumber
        case .move, .reportDamaged, .reportShort, .reportLost: .scanParcel
        case .delegateAgent, .delegateRelative: .scanVillager
        }
    }
}
