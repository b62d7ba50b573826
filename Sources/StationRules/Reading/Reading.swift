import LockerDomain
import StationBooks

/// One scan or typed line: it has an effect or it is rejected with a reason, and it is answered either way (DESIGN rule 12).
enum Reading {
    static func read(_ raw: String, from source: TextSource, in turn: inout Turn) {
        turn.questions.forgetOld(at: turn.now.uptime)
        turn.recent.forgetOld(at: turn.now.uptime)
        decide(raw, from: source, in: &turn)
        if source.role == .scanner { Bounces.endRows(of: source.device, in: &turn) }
    }

    private static func decide(_ raw: String, from source: TextSource, in turn: inout Turn) {
        guard let scan = scan(raw, from: source, in: &turn) else { return }
        if case .enter = scan { return answer(scan, from: source, in: &turn) }
        // A scan is the next thing that happens: a step that waits at a place without a sensor is over (rule 8).
        if Steps.end(before: scan, in: &turn) { return Sessions.endBatch(in: &turn) }
        turn.questions.drop(after: scan)
        answer(resolved(scan, in: turn), from: source, in: &turn)
    }

    /// The scan, when it is one: what cannot be read, and what only bounced, is answered here.
    private static func scan(_ raw: String, from source: TextSource, in turn: inout Turn) -> Scan? {
        let text: ScanText
        do {
            text = try ScanText(raw)
        } catch {
            if error == .empty, source.role == .keypad {
                turn.scan = ScanRecord(enterFrom: source)
                return .enter
            }
            turn.scan = ScanRecord(unreadable: raw, from: source)
            turn.reject(.unreadable, .unreadable)
            return nil
        }
        let scan = Scan(text, role: source.role)
        turn.scan = ScanRecord(scan, text.text, from: source, codes: turn.codes)
        guard !Bounces.isBounce(text.text, of: source, in: &turn) else {
            Bounces.count(in: &turn)
            return nil
        }
        return scan
    }

    /// A label with the parcel or shipment of the books that it means.
    private static func resolved(_ scan: Scan, in turn: borrowing Turn) -> Scan {
        guard case .label(var label) = scan else { return scan }
        label.waybill = Numbers.meant(by: label.number, in: turn)
        label.isKnown =
            turn.books.parcels.contains(label.waybill) || turn.books.shipments[label.waybill] != nil
        return .label(label)
    }

    /// What a scan is for: the number that a card of the session announced, a question, a card, the work.
    private static func answer(_ scan: Scan, from source: TextSource, in turn: inout Turn) {
        if References.take(scan, in: &turn) { return }
        if let question = Questions.take(answeredBy: scan, in: &turn) {
            switch question.kind.answer(scan, in: &turn) {
            case .done: return
            case .goesOn(let next):
                if case .typed(let typed) = next { turn.scan.become(typed) }
                return answer(next, from: source, in: &turn)
            }
        }
        switch scan {
        case .enter: turn.reject(.outOfContext, .nothingFollows)
        case .token(let text): Tokens.read(text, in: &turn)
        case .typed(let typed): Typing.read(typed, recipientKey: source.recipientKey, in: &turn)
        case .card(let card): Cards.read(card, in: &turn)
        case .otherCard: turn.reject(.unknown, .unknownCode)
        case .label(let label): Labels.read(label, in: &turn)
        }
    }
}
