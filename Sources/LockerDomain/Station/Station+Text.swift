extension Station {
    /// Prefix of the station's own printed cards.
    static var cardPrefix: String { "VLK1:" }

    /// One scan or typed line: it has an effect or it is rejected with a reason, and is answered either way (rule 12).
    mutating func read(_ raw: String, from source: TextSource) {
        let text: String
        do {
            text = try ScanText.fold(raw)
        } catch {
            return reject(.unreadable, .unreadable, from: source, length: raw.unicodeScalars.count, text: nil)
        }
        if isBounce(text, of: source) {
            return reject(.doubled, .doubled, from: source, length: text.utf8.count, text: keepable(text))
        }
        // A scan is the next thing that happens: whatever step waits at a place without a sensor is over (rule 8).
        assumeOpenSteps()
        if Token.looksLikeToken(text) {
            readToken(text, from: source)
        } else if source.role == .keypad {
            readTyped(text, from: source)
        } else if text.uppercased().hasPrefix(Self.cardPrefix) {
            readCard(String(text.uppercased().dropFirst(Self.cardPrefix.count)), from: source)
        } else {
            readBarcode(text, from: source)
        }
    }

    private mutating func isBounce(_ text: String, of source: TextSource) -> Bool {
        // A person who types the same wrong code twice means it; only scanners bounce.
        guard source.role == .scanner else { return false }
        defer { recentScans[source.device] = RecentScan(text: text, uptime: now.uptime) }
        guard let last = recentScans[source.device] else { return false }
        return last.text == text && now.uptime - last.uptime < Limits.duplicateScanMilliseconds
    }

    private mutating func readTyped(_ text: String, from source: TextSource) {
        if let code = PickupCode(typed: text) {
            pickUp(byCode: code, from: source)
        } else if let session = state.session, text.utf8.count == Limits.pinDigits, isDigits(text) {
            readPIN(text, of: session, from: source)
        } else if text.utf8.count == 4, isDigits(text) {
            countWaiting(lastFour: text, from: source)
        } else {
            reject(.unknown, .unknownCode, from: source, length: text.utf8.count, text: nil)
        }
    }

    private mutating func readBarcode(_ text: String, from source: TextSource) {
        guard let reading = try? WaybillReading(text) else {
            return reject(.unreadable, .unreadable, from: source, length: text.utf8.count, text: nil)
        }
        let waybill = Waybill(rawValue: reading.normalized)
        let kept = keepable(reading.normalized)
        if reading.kind == .gtin, state.parcels[waybill] == nil {
            return reject(.goods, .goods, from: source, length: text.utf8.count, text: kept)
        }
        guard reading.isWaybill || state.parcels[waybill] != nil else {
            return reject(.unknown, .unknownCode, from: source, length: text.utf8.count, text: kept)
        }
        if let parcel = state.parcels[waybill], parcel.status == .stored, parcel.releasedUntil > now.wall {
            return collectFromShelf(parcel)
        }
        guard let session = state.session else {
            return reject(.outOfContext, .scanBadgeFirst, from: source, length: text.utf8.count, text: kept)
        }
        if session.role == .keeper, let door = auditedDoor(of: session) {
            return settle(door, holds: waybill, by: session)
        }
        guard session.role == .courier || session.role == .keeper else {
            return reject(.outOfContext, .scanBadgeFirst, from: source, length: text.utf8.count, text: kept)
        }
        deposit(waybill, hint: reading, by: session, from: source)
    }

    /// The door that the keeper is looking into: opened for it, and seen open where a sensor can tell.
    private func auditedDoor(of session: Session) -> DoorName? {
        guard let door = session.auditing, let cycle = state.door(door).cycle, cycle.purpose == .audit,
            cycle.phase == .open || !hasWorkingSensor(door)
        else { return nil }
        return door
    }

    /// Only the person of the session keeps it alive: recipients who type codes meanwhile do not.
    mutating func touchSession() {
        guard let session = state.session else { return }
        act(.timer(.sessionIdle(session.id), afterMilliseconds: Limits.sessionIdleMilliseconds))
    }

    private mutating func readCard(_ card: String, from source: TextSource) {
        touchSession()
        let words = card.split(separator: ":", maxSplits: 1).map(String.init)
        switch (words.first, words.dropFirst().first) {
        case ("END", nil):
            guard let session = state.session else {
                return reject(.outOfContext, .scanBadgeFirst, from: source, length: card.utf8.count, text: nil)
            }
            close(session, .ended)
        case ("DOOR", let name?):
            let door = settings.doors.first { $0.name.rawValue.uppercased() == name }
            openForAudit(door?.name ?? DoorName(rawValue: name), from: source)
        case ("EMPTY", nil):
            guard let session = state.session, session.role == .keeper, let door = auditedDoor(of: session) else {
                return reject(.outOfContext, .needsPIN, from: source, length: card.utf8.count, text: nil)
            }
            settle(door, holds: nil, by: session)
        default: reject(.unknown, .unknownCode, from: source, length: card.utf8.count, text: keepable("VLK1:" + card))
        }
    }

    private mutating func countWaiting(lastFour: String, from source: TextSource) {
        guard state.codeLock.remaining(at: now) == 0 else { return refuseLocked(.code, from: source) }
        let waiting = state.waiting.count { $0.lastFour == lastFour }
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
        emit(.scanRejected(ScanRejected(reason: reason, device: source.device, length: length, text: text)))
        answer(answerID, word)
    }

    /// Text that may stay on record: printable ASCII no longer than a waybill, and nothing that could be a code, a
    /// PIN or a token (DESIGN rule 10).
    func keepable(_ text: String) -> String? {
        guard text.utf8.count <= Limits.waybillCharactersMax, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            !(isDigits(text) && text.utf8.count < 12), !Token.looksLikeToken(text)
        else { return nil }
        // What is no number of a parcel and holds eight digits in a row may be a phone number or a code in disguise.
        let longest = text.split { !$0.isASCII || !$0.isNumber }.map(\.utf8.count).max() ?? 0
        if longest >= Limits.codeDigits, (try? WaybillReading(text))?.kind == .unknown { return nil }
        return text
    }

    private func isDigits(_ text: String) -> Bool { text.utf8.allSatisfy { (0x30...0x39).contains($0) } }
}
