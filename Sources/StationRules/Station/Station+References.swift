import LockerDomain
import StationBooks

extension Station {
    /// The scan that a card announced: an order number, the reference of the real-name record, of a photo, the number of a
    /// bag or seal.
    mutating func readAwaited(
        _ scan: ScanText,
        _ note: SessionNoted.Note,
        of session: Session,
        from source: TextSource
    ) {
        touchSession()
        let text = scan.text
        guard text.utf8.count <= Limits.noteCharactersMax, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            mayRefer(scan, in: session), note != .realName || !isLabel(scan)
        else {
            scanned.text = nil
            return reject(.unreadable, .scanReference, from: source, length: text.utf8.count, text: nil)
        }
        // The numbers of bags and seals are kept in capitals, as cards have them.
        if note == .realName { return noteRealName(text, by: session, from: source) }
        let reading = WaybillReading(scan)
        let number = reading.kind == .sscc ? reading.normalized : text.uppercased()
        self.note(note, note == .bag || note == .seal ? number : text, .noted, by: session)
    }

    /// The number of a real-name record counts in its form only, and is still awaited after another.
    private mutating func noteRealName(_ text: String, by session: Session, from source: TextSource) {
        let form = settings.policy.realName
        do throws(RealNameForm.Fault) {
            note(.realName, try form.number(text), .noted, by: session)
        } catch {
            let (cause, word): (Answer.ID, String) =
                switch error {
                case .noIssuer: (.realNameIssuer, form.example)
                case .tooShort: (.realNameShort, String(form.charactersMin))
                }
            scanned.text = nil
            reject(.realNameForm, cause, word, from: source, length: text.utf8.count, text: nil)
        }
    }

    /// What is typed while a reference is awaited is the reference. Returns whether it was: what may be on no record does
    /// what it does at any other time.
    mutating func readTypedReference(_ typed: String, from source: TextSource) -> Bool {
        // A number pad has a hyphen, which may be part of it.
        let reference = typed.utf8.filter { $0 != 0x20 }
        let digits = String(decoding: reference.filter(\.isDigit), as: UTF8.self)
        guard !digits.isEmpty, reference.allSatisfy({ $0.isDigit || $0 == ChildParcel.hyphen }) else { return false }
        // The survey was asked for later: REALNAME, ORDER and PHOTO end it.
        guard dialogue.survey == nil, let session = state.session, let note = session.awaits,
            !isSecret(digits, in: session)
        else { return false }
        guard let scan = try? ScanText(String(decoding: reference, as: UTF8.self)) else { return false }
        // Where no code counts as wrong, anybody tries them all: a reference as long as a code takes the PIN.
        guard session.proven || !Self.codeLengths.contains(digits.utf8.count) else {
            refuseGuess(from: source)
            return true
        }
        readAwaited(scan, note, of: session, from: source)
        return true
    }

    private static let codeLengths = [Limits.codeDigits, Limits.supportCodeDigits]

    /// Counts as any wrong code does. The keeper who means a reference hears what is missing.
    private mutating func refuseGuess(from source: TextSource) {
        guard state.codeLock.remaining(at: now) == 0 else { return refuseLocked(.code, from: source) }
        wrongCode(.noMatch, .needsPIN, from: source)
    }

    /// Whether digits are, or as long as the PIN was not typed may be, what no event holds (DESIGN rule 10): a PIN, a code
    /// that fits something here, the last four digits that the station asked a recipient for.
    private func isSecret(_ digits: String, in session: Session) -> Bool {
        switch digits.utf8.count {
        case 4: return dialogue.challenge != nil
        case Limits.pinDigits:
            guard let verifier = credentials?.pins[session.badge] else { return false }
            return !session.proven || checkPIN(digits, verifier)
        case Limits.codeDigits:
            guard let code = PickupCode(typed: digits) else { return false }
            return !codes.waybills(for: code).isEmpty || !codes.shipments(for: code).isEmpty
        case Limits.supportCodeDigits:
            guard let key = credentials?.codeKey else { return false }
            return SupportCode.match(
                digits,
                from: state.supportCounter,
                doors: settings.doors.map(\.name),
                requester: PersonNumber(wire: session.person),
                key: key
            ) != nil
        default: return false
        }
    }

    /// Whether a text may stand as a reference: no ID card or telephone number, also not inside it (DESIGN rule 10), and
    /// not the number of a parcel or shipment that is known, which comes from a label scanned too early.
    private func mayRefer(_ scan: ScanText, in session: Session) -> Bool {
        let units = Array(scan.text.uppercased().utf8)
        guard OtherCode(units) != .personal else { return false }
        let runs = units.split { !$0.isDigit }
        guard !runs.contains(where: { OtherCode(Array($0)) == .personal }) else { return false }
        // People write a phone in groups.
        let groups = units.split { !$0.isDigit && $0 != ChildParcel.hyphen }.map { $0.filter(\.isDigit) }
        guard !groups.contains(where: { OtherCode($0) == .personal }) else { return false }
        let starts = units.indices.dropLast(Self.identityCharacters - 1)
        let isIdentity = starts.contains {
            Self.isIdentityNumber(String(decoding: units[$0..<($0 + Self.identityCharacters)], as: UTF8.self))
        }
        guard !isIdentity else { return false }
        let waybill = state.parcels.name(of: Waybill(rawValue: WaybillReading(scan).normalized))
        return session.draft?.waybill != waybill && state.parcels[waybill] == nil && state.shipments[waybill] == nil
    }

    /// Whether it is surely the number of a shipment: the label of the next one, not the reference of a real-name record.
    private func isLabel(_ scan: ScanText) -> Bool {
        let reading = WaybillReading(scan)
        return reading.likelyBrand != nil || reading.checkDigit == .valid
    }

    /// Characters of an identity number (GB 11643).
    private static let identityCharacters = 18

    /// A Chinese identity number (GB 11643) is never kept (DESIGN rule 10): region, day of birth, serial number, check.
    /// The day tells it from the order numbers of as many digits.
    static func isIdentityNumber(_ text: String) -> Bool {
        guard text.utf8.count == identityCharacters else { return false }
        let units = Array(text.uppercased().utf8)
        guard units.count == identityCharacters, units.dropLast().allSatisfy({ (0x30...0x39).contains($0) }) else {
            return false
        }
        let born = units[6..<14].reduce(0) { $0 * 10 + Int($1) - 0x30 }
        guard (1900...2099).contains(born / 10_000), (1...12).contains(born / 100 % 100), (1...31).contains(born % 100)
        else { return false }
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(units, weights).reduce(0) { $0 + (Int($1.0) - 0x30) * $1.1 }
        return Array("10X98765432".utf8)[sum % 11] == units[17]
    }
}
