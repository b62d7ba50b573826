import LockerDomain
import StationBooks

extension Station {
    /// One scan or typed line: it has an effect or it is rejected with a reason, and is answered either way (rule 12).
    mutating func read(_ raw: String, from source: TextSource) {
        dialogue.forgetOld(at: now.uptime)
        decide(raw, from: source)
        if source.role == .scanner { endRows(of: source.device) }
    }

    private mutating func decide(_ raw: String, from source: TextSource) {
        let scan: ScanText
        do {
            scan = try ScanText(raw)
        } catch {
            // Enter alone on the number pad: the next door of the same recipient.
            if error == .empty, source.role == .keypad { return openFollowUp(from: source) }
            let length = raw.unicodeScalars.count
            scanned = (length, nil)
            // No text that can be read begins with a blank.
            if source.role == .scanner { scanRow = ScanRow(key: " \(length)", length: length, kept: nil) }
            return reject(.unreadable, .unreadable, from: source, length: length, text: nil)
        }
        let text = scan.text
        scanned = (text.utf8.count, source.role == .scanner ? recordable(scan) : nil)
        if source.role == .scanner { scanRow = ScanRow(key: text, length: text.utf8.count, kept: scanned.text) }
        if isBounce(text, of: source) { return bounced(text, from: source) }
        let isToken = Token.looksLikeToken(text)
        let isCard = Card.isCard(text)
        let card = isCard ? Card(text: text) : nil
        if source.role == .keypad || !Self.keepsDigits(card, text) { dialogue.digits = nil }
        // A scan is the next thing that happens: whatever step waits at a place without a sensor is over (rule 8). Only
        // who refuses, found nothing or puts nothing in goes on with the same step.
        if card.map(goesOnWithStep) != true {
            // Who ends the session, or comes instead, opens no further door of a batch.
            let isEnd = card == .end
            let isOwn = assumeOpenSteps(goingOn: !isEnd && !isToken)
            if isEnd, isOwn, source.role == .scanner, let session = state.session { return endBatch(of: session) }
        }
        leaveQuestions(of: source.role == .scanner ? card : nil, from: source)
        let isCode = source.role == .keypad && PickupCode(typed: Self.typedNumber(text)) != nil
        if isToken || isCode || isCard && source.role == .scanner { leaveFollowUp(card, isToken: isToken) }
        if isToken {
            readToken(text, from: source)
        } else if source.role == .keypad {
            readTyped(text, from: source)
        } else if isCard {
            readCard(card, text, from: source)
        } else if let session = state.session, let note = session.awaits, !answersReport(scan) {
            readAwaited(scan, note, of: session, from: source)
        } else {
            readBarcode(scan, from: source)
        }
    }

    /// The text of a card, the number on a label: as far as it may stay on record.
    private func recordable(_ scan: ScanText) -> String? {
        let text = scan.text
        if Token.looksLikeToken(text) { return nil }
        if Card.isCard(text) { return keepable(Card(text: text)?.text ?? text) }
        return keepable(WaybillReading(scan).normalized)
    }

    /// Whoever scans goes on with something else than the question that was asked.
    private mutating func leaveQuestions(of card: Card?, from source: TextSource) {
        if case .door? = card {} else { dialogue.emptyDoor = nil }
        guard source.role == .scanner else { return }
        if card != .yes, card != .no { dialogue.asksInside = nil }
        if card != .empty { dialogue.emptyShelf = nil }
        if case .reject? = card {} else { dialogue.accepted = nil }
    }

    /// A code, badge or card is read: Enter opens nothing more for the last recipient, who may have gone.
    private mutating func leaveFollowUp(_ card: Card?, isToken: Bool) {
        // Who shows a badge or a token did not ask for the survey.
        if isToken { (dialogue.survey, dialogue.report) = (nil, nil) }
        if card != .refuse { dialogue.refusal = nil }
        if card != .next { dialogue.delivery = nil }
        // Who refuses one goes on to the next.
        if card != .next, card != .refuse { dialogue.followUp = nil }
    }

    private mutating func isBounce(_ text: String, of source: TextSource) -> Bool {
        // A person who types the same wrong code twice means it; only scanners bounce.
        guard source.role == .scanner else { return false }
        guard var scan = recentScans[source.device], scan.text == text else {
            recentScans[source.device] = RecentScan(text: text, uptime: now.uptime, since: now.uptime, last: now.uptime)
            return false
        }
        if now.uptime - scan.last >= Limits.repeatRestMilliseconds { scan.since = now.uptime }
        scan.last = now.uptime
        // Nobody scans one text for ten minutes without a rest: it lies before the scanner.
        let isLying = now.uptime - scan.since >= Limits.repeatsMilliseconds
        let isBounce = isLying || now.uptime - scan.uptime < Limits.duplicateScanMilliseconds
        if !isBounce { scan.uptime = now.uptime }
        recentScans[source.device] = scan
        return isBounce
    }

    mutating func readTyped(_ typed: String, from source: TextSource) {
        if readTypedReference(typed, from: source) { return }
        let text = Self.typedNumber(typed)
        let isNumber = isDigits(text)
        if let code = PickupCode(typed: text) {
            pickUp(byCode: code, from: source)
        } else if isNumber, text.utf8.count == 4, dialogue.challenge != nil {
            answerChallenge(text, from: source)
        } else if isNumber, dialogue.survey != nil,
            text.utf8.count == 1 || text.utf8.count == SurveyQuestion.allCases.count
        {
            answerSurvey(text, from: source)
        } else if isNumber, dialogue.dropOff != nil, state.session == nil, text.utf8.count == 1 {
            chooseSize(text, from: source)
        } else if isNumber, let session = state.session, session.work == .outbound, session.draft != nil,
            text.utf8.count < Limits.pinDigits
        {
            weigh(text, in: session, from: source)
        } else if isNumber, let session = state.session, text.utf8.count == Limits.pinDigits {
            readPIN(text, of: session, from: source)
        } else if isNumber, text.utf8.count == 4 {
            readLastFour(text, from: source)
        } else if isNumber, text.utf8.count == Limits.supportCodeDigits {
            openBySupportCode(text, from: source)
        } else if isPhone(text) {
            takeContact(text, from: source)
        } else {
            reject(.unknown, .unknownCode, from: source, length: text.utf8.count, text: nil)
        }
    }

    private mutating func readLastFour(_ digits: String, from source: TextSource) {
        guard let session = state.session else { return countWaiting(lastFour: digits, from: source) }
        switch session.work {
        case .handOut: handOut(lastFour: digits, by: session, from: source)
        case .told, .extend: hold(lastFour: digits, by: session, from: source)
        case .reportLost: lose(lastFour: digits, by: session, from: source)
        case .retrieve, .move, .delegateAgent, .delegateRelative: work(lastFour: digits, by: session, from: source)
        case .withdraw: withdraw(lastFour: digits, by: session, from: source)
        case .delivered: deliver(lastFour: digits, by: session, from: source)
        default: countWaiting(lastFour: digits, from: source)
        }
    }

    private mutating func readBarcode(_ scan: ScanText, from source: TextSource) {
        let text = scan.text
        let reading = WaybillReading(scan)
        let waybill = meant(by: Waybill(rawValue: reading.normalized))
        let isKnown = state.parcels[waybill] != nil || state.shipments[waybill] != nil
        if !isKnown, let session = state.session, checkInBag(scan, reading, by: session, from: source) { return }
        if reading.kind == .gtin, !isKnown {
            let kept = keepable(reading.normalized)
            return reject(.goods, .goods, from: source, length: text.utf8.count, text: kept)
        }
        guard reading.isWaybill || isKnown else {
            let kept = keepable(reading.normalized)
            return reject(.unknown, .unknownCode, from: source, length: text.utf8.count, text: kept)
        }
        if let session = state.session, session.work == .join, !answersReport(scan) {
            return work(on: waybill, reading, by: session, from: source)
        }
        if let refusal = dialogue.refusal, refusal.parcels.contains(waybill) {
            return putBackOnShelf(waybill, from: source)
        }
        // What the keeper named by the last four digits is handed out by the keeper.
        if let parcel = state.parcels[waybill], parcel.status == .stored, parcel.releasedUntil > now.wall,
            parcel.releasedBy != .badge
        {
            return collectFromShelf(parcel)
        }
        if fileAwaitedReport(of: waybill) { return }
        guard let session = state.session else { return readWithoutSession(waybill, reading, from: source) }
        if readAuditFinding(waybill, by: session, from: source) { return }
        // Who brings parcels has one in hand: it is not the part that lies here already.
        let isBrought = session.work == .receive || session.work == .audit
        let named = isBrought ? state.parcels.name(of: Waybill(rawValue: reading.normalized)) : waybill
        work(on: named, reading, by: session, from: source)
    }

    private mutating func readWithoutSession(_ waybill: Waybill, _ reading: WaybillReading, from source: TextSource) {
        if dialogue.dropOff != nil { return dropOff(waybill, reading, from: source) }
        reject(
            .outOfContext,
            .scanBadgeFirst,
            from: source,
            length: waybill.rawValue.utf8.count,
            text: keepable(waybill.rawValue)
        )
    }

    /// The door that the keeper is looking into: opened for it, and seen open where a sensor can tell.
    func auditedDoor(of session: Session) -> DoorName? {
        guard let door = session.auditing, let cycle = state.door(door).cycle, cycle.purpose == .audit,
            cycle.phase == .open || !hasWorkingSensor(door)
        else { return nil }
        return door
    }

    /// Only the person of the session keeps it alive: recipients who type codes meanwhile do not.
    mutating func touchSession() {
        guard let session = state.session else { return }
        dialogue.staffActedAt = now.uptime
        act(.timer(.sessionIdle(session.id), afterMilliseconds: Limits.sessionIdleMilliseconds))
    }

    private mutating func countWaiting(lastFour: String, from source: TextSource) {
        guard state.codeLock.remaining(at: now) == 0 else { return refuseLocked(.code, from: source) }
        let waiting = state.parcels.inside(lastFour: lastFour).count { $0.status == .stored }
        guard waiting > 0 else { return wrongCode(.noMatch, .wrongCode, from: source) }
        // The effect is only an answer: it names no parcel and leaves none changed.
        reject(.outOfContext, .peopleWaiting, String(waiting), from: source, length: 4, text: nil)
    }

    // MARK: Rejections

    mutating func reject(
        _ reason: ScanRejected.Reason,
        _ answerID: Answer.ID,
        _ word: String = "",
        from source: TextSource,
        length: Int,
        text: String?
    ) {
        record(ScanRejected(reason: reason, device: source.device, length: scanned.length, text: scanned.text))
        answer(answerID, word)
    }

    /// A rejected scan of a parcel or shipment, with its number on record.
    mutating func reject(
        _ waybill: Waybill,
        _ reason: ScanRejected.Reason,
        _ answerID: Answer.ID,
        _ word: String = "",
        from source: TextSource
    ) {
        let text = waybill.rawValue
        reject(reason, answerID, word, from: source, length: text.utf8.count, text: keepable(text))
    }

    /// A rejected scan that may stay on record, answered with a word that each language has of its own.
    mutating func reject(
        _ text: String,
        _ reason: ScanRejected.Reason,
        _ answerID: Answer.ID,
        _ word: AnswerWord,
        from source: TextSource
    ) {
        record(ScanRejected(reason: reason, device: source.device, length: scanned.length, text: scanned.text))
        answer(answerID, word)
    }

    /// A rejected card, with its text on record.
    mutating func reject(
        _ card: Card,
        _ reason: ScanRejected.Reason,
        _ answerID: Answer.ID,
        _ word: String = "",
        from source: TextSource
    ) {
        let text = card.text
        reject(reason, answerID, word, from: source, length: text.utf8.count, text: keepable(text))
    }

    /// Text that may stay on record: printable ASCII no longer than a waybill, and nothing that could be a code, a
    /// PIN or a token (DESIGN rule 10).
    func keepable(_ text: String) -> String? {
        guard text.utf8.count <= Limits.waybillCharactersMax, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            !Card.isDigit(text), !mayBeSecret(text),
            !Token.looksLikeToken(text), !Self.isIdentityNumber(text)
        else { return nil }
        // What is no number of a parcel and holds eight digits in a row may be a phone number or a code in disguise.
        let reading = try? WaybillReading(text)
        if let reading, reading.kind == .unknown, reading.normalized.isEmpty { return nil }
        let longest = text.split { !$0.isASCII || !$0.isNumber }.map(\.utf8.count).max() ?? 0
        if longest >= Limits.codeDigits, reading?.kind == .unknown { return nil }
        return text
    }

    /// Whether a text is digits alone, in groups or not, and as few as codes, PINs and phones have.
    private func mayBeSecret(_ text: String) -> Bool {
        let groups = text.utf8.split { !$0.isDigit }
        let digits = groups.reduce(0) { $0 + $1.count }
        return text.utf8.allSatisfy { !$0.isLetter } && (1..<12).contains(digits) && !isSortCode(groups.map(Array.init))
    }

    /// Whether groups of digits are a sort code (三段码): three, two or three, two or three. As many digits as a code has
    /// are one in the groups of `210-33-008` alone, and only when they are no code here.
    private func isSortCode(_ groups: [[UInt8]]) -> Bool {
        guard groups.count == 3, groups[0].count == 3, groups.dropFirst().allSatisfy({ (2...3).contains($0.count) })
        else { return false }
        guard let code = PickupCode(typed: String(decoding: groups.joined(), as: UTF8.self)) else { return true }
        return groups[1].count == 2 && codes.waybills(for: code).isEmpty && codes.shipments(for: code).isEmpty
    }

    func isDigits(_ text: String) -> Bool { text.utf8.allSatisfy { (0x30...0x39).contains($0) } }
}
