import LockerDomain
import StationBooks

/// The number that a card of the session announced: an order, the reference of a real-name record or of a photo, the number
/// of a bag or seal. The question stands in the books (``Session/awaits``), since the card is an event.
enum References {
    /// Takes the scan when it is that number. Text that may be on no record does what it does at any other time.
    static func take(_ scan: Scan, in turn: inout Turn) -> Bool {
        guard let session = turn.session, let note = session.awaits else { return false }
        switch scan {
        case .label(let label):
            guard !Recipients.answersReport(label, in: turn) else { return false }
            read(label, note, of: session, in: &turn)
            return true
        case .typed(let typed): return take(typed, note, of: session, in: &turn)
        case .enter, .token, .card, .otherCard: return false
        }
    }

    private static func read(_ label: Label, _ note: SessionNoted.Note, of session: Session, in turn: inout Turn) {
        Sessions.touch(in: &turn)
        let text = label.scan.text
        guard text.utf8.count <= Limits.noteCharactersMax, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            mayRefer(label, of: session, in: turn), note != .realName || !isShipment(label)
        else {
            turn.scan.kept = nil
            return turn.reject(.unreadable, .scanReference)
        }
        if note == .realName { return noteRealName(text, by: session, in: &turn) }
        // The numbers of bags and seals are kept in capitals, as cards have them.
        let number = label.reading.kind == .sscc ? label.reading.normalized : text.uppercased()
        Sessions.note(note, note == .bag || note == .seal ? number : text, .noted, by: session, in: &turn)
    }

    /// The number of a real-name record counts in its form only, and is still awaited after another.
    private static func noteRealName(_ text: String, by session: Session, in turn: inout Turn) {
        let form = turn.settings.policy.realName
        do throws(RealNameForm.Fault) {
            Sessions.note(.realName, try form.number(text), .noted, by: session, in: &turn)
        } catch {
            let (cause, word): (Answer.ID, String) =
                switch error {
                case .noIssuer: (.realNameIssuer, form.example)
                case .tooShort: (.realNameShort, String(form.charactersMin))
                }
            turn.scan.kept = nil
            turn.reject(.realNameForm, cause, word)
        }
    }

    // MARK: Typed

    private static func take(
        _ typed: Typed,
        _ note: SessionNoted.Note,
        of session: Session,
        in turn: inout Turn
    ) -> Bool {
        // A number pad has a hyphen, which may be part of it.
        let reference = typed.text.utf8.filter { $0 != 0x20 }
        let digits = String(decoding: reference.filter(\.isDigit), as: UTF8.self)
        guard !digits.isEmpty, reference.allSatisfy({ $0.isDigit || $0 == ChildParcel.hyphen }) else { return false }
        // The survey was asked for later: REALNAME, ORDER and PHOTO end it.
        guard turn.questions[Survey.self] == nil, !isSecret(digits, of: session, in: turn),
            let scan = try? ScanText(String(decoding: reference, as: UTF8.self))
        else { return false }
        // Where no code counts as wrong, anybody tries them all: a reference as long as a code takes the PIN.
        if session.proven || !codeLengths.contains(digits.utf8.count) {
            read(Label(scan), note, of: session, in: &turn)
        } else {
            refuseGuess(in: &turn)
        }
        return true
    }

    private static let codeLengths = [Limits.codeDigits, Limits.supportCodeDigits]

    /// Counts as any wrong code does. The keeper who means a reference hears what is missing.
    private static func refuseGuess(in turn: inout Turn) {
        guard turn.books.codeLock.remaining(at: turn.now) == 0 else { return Codes.refuseLocked(.code, in: &turn) }
        Codes.wrongCode(.noMatch, .needsPIN, in: &turn)
    }

    /// Whether digits are, or as long as the PIN was not typed may be, what no event holds (DESIGN rule 10): a PIN, a code
    /// that fits something here, the last four digits that the station asked a recipient for.
    private static func isSecret(_ digits: String, of session: Session, in turn: borrowing Turn) -> Bool {
        switch digits.utf8.count {
        case Limits.phoneTailDigits: return turn.questions[LastFour.self] != nil
        case Limits.pinDigits:
            guard let verifier = turn.credentials?.pins[session.badge] else { return false }
            return !session.proven || turn.site.checkPIN(digits, verifier)
        case Limits.codeDigits:
            guard let code = PickupCode(typed: digits) else { return false }
            return !turn.codes.waybills(for: code).isEmpty || !turn.codes.shipments(for: code).isEmpty
        case Limits.supportCodeDigits:
            guard let key = turn.credentials?.codeKey else { return false }
            return SupportCode.match(
                digits,
                from: turn.books.supportCounter,
                doors: turn.settings.doors.map(\.name),
                requester: PersonNumber(wire: session.person),
                key: key
            ) != nil
        default: return false
        }
    }

    // MARK: What may be one

    /// Whether a text may stand as a reference: no ID card or telephone number, also not inside it (DESIGN rule 10), and
    /// not the number of a parcel or shipment that is known, which comes from a label scanned too early.
    private static func mayRefer(_ label: Label, of session: Session, in turn: borrowing Turn) -> Bool {
        let units = Array(label.scan.text.uppercased().utf8)
        guard OtherCode(units) != .personal else { return false }
        let runs = units.split { !$0.isDigit }
        guard !runs.contains(where: { OtherCode(Array($0)) == .personal }) else { return false }
        // People write a phone in groups.
        let groups = units.split { !$0.isDigit && $0 != ChildParcel.hyphen }.map { $0.filter(\.isDigit) }
        guard !groups.contains(where: { OtherCode($0) == .personal }) else { return false }
        let starts = units.indices.dropLast(IdentityNumber.characters - 1)
        let isIdentity = starts.contains {
            IdentityNumber.isOne(String(decoding: units[$0..<($0 + IdentityNumber.characters)], as: UTF8.self))
        }
        guard !isIdentity else { return false }
        let waybill = turn.books.parcels.name(of: label.number)
        return session.draft?.waybill != waybill && turn.books.parcels[waybill] == nil
            && turn.books.shipments[waybill] == nil
    }

    /// Whether it is surely the number of a shipment: the label of the next one, not the reference of a real-name record.
    private static func isShipment(_ label: Label) -> Bool {
        label.reading.likelyBrand != nil || label.reading.checkDigit == .valid
    }
}
