import LockerDomain
import StationRules
import SyncWire

/// Somebody who stands at the cabinet. People of new flows are new classes of this kind, brought in by a `Piece`.
class Visitor {
    let id: Int
    unowned let world: World
    /// Whether the person still stands there: what was planned for later does nothing once gone.
    private(set) var isHere = false

    /// Id of the badge that the person wears, if any.
    var badgeID: String? { nil }

    init(_ world: World) {
        self.world = world
        id = world.nextVisitor()
    }

    /// Arrives; `begin` follows.
    func come() {
        isHere = true
        world.present[id] = self
        begin()
    }

    func leave() {
        isHere = false
        world.present[id] = nil
    }

    /// What the person does first.
    func begin() {}

    /// Everybody at the cabinet sees every answer, whoever asked.
    func saw(_ answer: Answer) {}

    // MARK: What people can do

    /// Does something later, if still there.
    func after(_ milliseconds: Int64, _ act: @escaping () -> Void) {
        world.after(milliseconds) { [self] _ in if isHere { act() } }
    }

    /// Scans a barcode; the answers come back once they are durable, or never.
    func scan(_ text: String, _ reply: @escaping ([Answer]) -> Void = { _ in }) {
        send(text, TextSource(device: "1-1", role: .scanner), reply)
    }

    /// Types a line on the number pad.
    func type(_ text: String, _ reply: @escaping ([Answer]) -> Void = { _ in }) {
        send(text, TextSource(device: "1-2", role: .keypad), reply)
    }

    private func send(_ text: String, _ source: TextSource, _ reply: @escaping ([Answer]) -> Void) {
        world.post(
            Post(.text(text, from: source), visitor: id) { [self] _, answers in if isHere { reply(answers) } }
        )
    }

    /// Watches a door until it stands open, looking twice a second; `false` when that takes too long.
    func wait(for door: DoorName, milliseconds: Int64, _ then: @escaping (Bool) -> Void) {
        if world.cabinet.isOpen(door) { return then(true) }
        guard milliseconds > 0 else { return then(false) }
        after(500) { [self] in wait(for: door, milliseconds: milliseconds - 500, then) }
    }

    func place(in answer: Answer) -> Place? { world.cabinet.place(in: answer.en) }
}

/// A token on a card, and who wears it.
struct Badge {
    var text: String
    /// Sixteen hex digits, as events carry it.
    var id: String
    var role: Role
    var pin: String
    /// Seconds since 1970.
    var expiry: UInt32
}

extension World {
    /// The county issues a badge.
    func issue(_ role: Role, days: Int64) -> Badge {
        let expiry = UInt32((clock.now + days * Span.day) / 1_000)
        let token = Token(
            kind: .badge,
            keyID: CountyKey(bytes: county.key.publicBytes)?.tokenKeyID ?? [0, 0, 0, 0],
            id: chance.bytes(8),
            expiry: expiry,
            subject: chance.bytes(8),
            grants: role.grant
        )
        let text = (try? token.signed { try county.key.sign($0) }) ?? ""
        let badge = Badge(text: text, id: token.idText, role: role, pin: chance.digits(6), expiry: expiry)
        badges[badge.id] = badge
        return badge
    }
}

extension Answer {
    /// Whether it says that a parcel is taken, with a fee or without.
    var isCollected: Bool { id == .collected || id == .collectedFee }
}
