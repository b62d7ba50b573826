import LockerDomain
import StationBooks

/// What kind of station a seed makes, and how rough its days are.
struct Profile {
    var doors: [DoorSettings]
    var shelf: [ShelfPlace]
    /// What happens on a day; pieces of new flows are appended to `Pieces.all`.
    var pieces: [any Piece]
    var parcelsPerDay: ClosedRange<Int> = 4...14
    /// How often things go wrong: 0 is a quiet station, 3 a bad one.
    var roughness = 1
    /// Numbers of a thousand that are scanned digit by digit; nearly all where nobody uses a number pad.
    var scansDigits = 0
    var snapshotEvents = Limits.snapshotEvents
    var batchEvents = Limits.batchEventsMax
    var hasBattery = false
    /// Whether the journal is lost once; such a county keeps its books.
    var losesJournal = false
    /// Whether the card is once changed for an older copy of it; such a county keeps its books too.
    var turnsBack = false
    /// Whether the board is once changed for a new one; such a county keeps its books as well.
    var changesBoard = false
    var policy = Policy()
    var cameras: [CameraName] = ["front"]
    /// What each camera sees; one that is missing here sees everything.
    var coverage: [CameraName: Set<StationSettings.Coverage>] = [:]
    /// Whether the time in the county's answers is used; a county that doubts its own clock gives none.
    var hearsTime = false
    /// Whether NTP leaps now and then.
    var clockLeaps = false
    /// Whether the power is once gone for days.
    var goesDark = false
    /// How much of its journal the station keeps.
    var bounds = JournalBounds()
    /// Whether it removes the front of it within these days; the card then moves the cursor of the uplink, too.
    var prunes = false
    /// Whether rows of the journal turn bad in front of its snapshot.
    var rots = false
    let village = "140522102206"

    /// A station where nothing happens by itself: for scenarios.
    init(doors: [DoorSettings], shelf: [ShelfPlace]) {
        (self.doors, self.shelf, pieces) = (doors, shelf, [])
    }

    init(_ chance: inout Chance) {
        let count = chance.count(4...14)
        let chilled = chance.happens(300) ? 250 : 0
        doors = (1...count).map { number in
            DoorSettings(
                name: DoorName(rawValue: number < 10 ? "A0\(number)" : "A\(number)"),
                size: chance.pick([.small, .medium, .medium, .large, .extraLarge]) ?? .medium,
                reach: chance.pick(Reach.allCases) ?? .mid,
                chilled: chance.happens(chilled),
                hasSensor: !chance.happens(60)
            )
        }
        shelf = (1...chance.count(2...30)).map { ShelfPlace(rawValue: $0 < 10 ? "S1-0\($0)" : "S1-\($0)") }
        roughness = chance.count(0...3)
        scansDigits = chance.happens(60) ? 1_000 : 30
        // Small bounds, so that a few days reach what a real station reaches in months.
        snapshotEvents = chance.count(20...400)
        batchEvents = chance.count(1...120)
        hasBattery = chance.happens(300)
        // Short enough that parcels become overdue within a few days; some stations keep the usual hours.
        if chance.happens(700) {
            policy.holdHours = chance.count(20...60)
            policy.reminderHours = [chance.count(2...12), chance.count(13...40)]
        }
        policy.asksLastFour = chance.happens(150)
        policy.withoutConsent = chance.pick(Policy.WithoutConsent.allCases) ?? .refuse
        policy.checklistNeedsCard = chance.happens(150)
        policy.chilledHoldHours = chance.count(10...24)
        losesJournal = chance.happens(120)
        pieces = Pieces.all
        turnsBack = !losesJournal && chance.happens(150)
        if chance.happens(400) { hang(&chance) }
        if chance.happens(350) { publish(&chance) }
        // Some operators have filed for the county, some for another one alone.
        if chance.happens(150) { policy.filedArea = chance.happens(300) ? ["140521", "140522"] : ["140523"] }
        // From a copy: what happens in the world does not depend on it.
        var apart = chance
        changesBoard = !losesJournal && !turnsBack && apart.happens(120)
        // From a chance of their own, so that the days of the others stay as they are.
        var fork = chance
        var own = Chance(seed: fork.next() ^ 0x7a05_7edb)
        wear(&own)
    }

    /// What goes wrong with the card and the clock over the years. A county from its backup and an older card are played
    /// in other worlds: there it is no wonder that a line is nowhere.
    private mutating func wear(_ chance: inout Chance) {
        let isWhole = !losesJournal && !turnsBack && !changesBoard
        rots = chance.happens(180) && isWhole
        hearsTime = chance.happens(500)
        clockLeaps = chance.happens(350)
        goesDark = chance.happens(120) && isWhole
        prunes = chance.happens(160) && isWhole && !rots
        let isSmall = chance.happens(750)
        if prunes { bounds = JournalBounds(days: 2, bytes: isSmall ? 32_768 : Limits.journalBytesMax, eventsMin: 30) }
        // Snapshots follow on each other, so that much lies in front of one.
        if rots || prunes { snapshotEvents = chance.count(15...60) }
    }

    /// Two cameras that see different things: one may work while the one that matters does not.
    private mutating func hang(_ chance: inout Chance) {
        cameras = ["front", "gate"]
        for camera in cameras where chance.happens(800) {
            coverage[camera] = chance.pick([[.deposit, .pickup], [.outbound], [.pickup, .outbound]])
        }
    }

    /// A tariff for what is fetched late; a station of public welfare asks nothing all the same.
    private mutating func publish(_ chance: inout Chance) {
        policy.publicWelfare = chance.happens(200)
        let fen = chance.count(10...150)
        let most = fen * chance.count(1...12) + chance.count(0...9)
        policy.tariff = TariffLine(name: "storage", periodHours: chance.count(1...24), fen: fen, fenMax: most)
    }

    /// Whether the county's word of what it has is followed beside its answers to batches.
    var followsBooks: Bool { rots || prunes }

    /// Whether the county may come back from its backup: not where it alone has what the station lacks.
    var keepsBackups: Bool { !losesJournal && !turnsBack && !changesBoard && !rots && !prunes }

    func clockStart(_ chance: inout Chance, lastWall: Int64) -> WorldClock.Start {
        if hasBattery { return .battery }
        return chance.happens(500) ? .epoch : .file(lastWall: lastWall)
    }
}
