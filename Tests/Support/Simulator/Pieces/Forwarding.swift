import LockerDomain
import StationBooks

/// Parcels that were forwarded on their way (转单号): announced under one number, with another on the label. The county's
/// manifest says so sooner or later, or a keeper does.
struct Forwarding: Piece {
    /// One of them, with chances of its own: in a world without any the days are what they were for their seed.
    private struct Forwarded: Sendable {
        var old: Waybill
        var label: Waybill
        var owner: Int
        var size: Size
        /// Whether the county knows the phone.
        var hasPhone: Bool
        /// Whether the old number was announced before.
        var isAnnounced: Bool
        /// Whether a keeper says so, and no manifest.
        var byKeeper: Bool
        var delay: Int64

        init(_ chance: inout Chance) {
            old = Waybill(rawValue: "YT" + chance.digits(13))
            label = Waybill(rawValue: (chance.happens(500) ? "JD0" : "SF1") + chance.digits(12))
            owner = chance.count(1...40)
            size = chance.pick(Size.allCases) ?? .medium
            hasPhone = chance.happens(850)
            byKeeper = chance.happens(300)
            isAnnounced = byKeeper || chance.happens(850)
            delay = chance.within(0...40 * Span.hour)
        }
    }

    func plan(day: Int, midnight: Int64, in world: World) {
        var own = Chance(seed: world.seed ^ 0xf0)
        guard own.happens(250) else { return }
        var chance = Chance(seed: world.seed &+ UInt64(day) ^ 0xf0_f0)
        for index in 0..<chance.count(1...3) {
            let parcel = Forwarded(&chance)
            let time = midnight + chance.timeOfDay(1, 9)
            world.trouble(at: time) { world in
                world.returned.append(
                    world.truth.add(label: parcel.label, owner: parcel.owner, size: parcel.size, isAnnounced: true)
                )
                guard parcel.isAnnounced else { return }
                world.county.order(.manifest(id: "o-\(day)-\(index)", entries: [line(parcel.old, parcel, world)]))
            }
            world.trouble(at: time + parcel.delay) { world in
                guard !parcel.byKeeper else { return joiner(of: parcel, in: world) }
                var line = line(parcel.label, parcel, world)
                line.formerly = parcel.old
                world.county.order(.manifest(id: "j-\(day)-\(index)", entries: [line]))
            }
        }
    }

    private func line(_ waybill: Waybill, _ parcel: Forwarded, _ world: World) -> ManifestEntry {
        ManifestEntry(
            waybill: waybill,
            brand: "SF",
            operatorName: "县邮政",
            recipientKey: parcel.hasPhone ? world.recipientKey(of: parcel.owner) : nil,
            phoneMasked: parcel.hasPhone ? "1******\(world.lastFour(of: parcel.owner))" : nil,
            size: parcel.size,
            consent: .userConsent
        )
    }

    private func joiner(of parcel: Forwarded, in world: World) {
        guard let badge = world.person(.keeper), !world.isHere(badge) else { return }
        Joiner(world, badge: badge, old: parcel.old, label: parcel.label).come()
    }
}

/// The keeper makes two numbers one parcel: JOIN, the number that was announced, the one on the label.
final class Joiner: Staffer {
    private let old: Waybill
    private let label: Waybill

    init(_ world: World, badge: Badge, old: Waybill, label: Waybill) {
        self.old = old
        self.label = label
        super.init(world, badge: badge)
    }

    override func work() {
        ask(Card.join.text) { [self] answer in
            guard answer.id == .scanOldNumber else { return end() }
            ask(old.rawValue) { [self] answer in
                guard answer.id == .scanNewNumber else { return end() }
                onSilence = { [self] in
                    for item in world.truth.items where item.label == label {
                        if case .at = item.location { continue }
                        world.neverTold(item.id)
                    }
                }
                ask(label.rawValue) { [self] _ in end() }
            }
        }
    }
}
