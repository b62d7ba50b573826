import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("Damaged, short, lost")
struct ReportTests: Parcels {
    private var cabinet = Cabinet()

    @Test("a recipient reports what was just taken, with door and time", arguments: [ParcelReport.damaged, .short])
    mutating func recipient(kind: ParcelReport) {
        cabinet.bring(ManifestEntry(one))
        cabinet.collect(one)
        let openedAt = cabinet.state.door("A02").openedAt
        cabinet.card(.report(kind))
        let report = cabinet.event(ParcelDamaged.self)?.report ?? cabinet.event(ParcelShort.self)?.report
        #expect(cabinet.types == [kind == .damaged ? .parcelDamaged : .parcelShort])
        #expect(report?.by == .recipient && report?.person == nil)
        #expect(report?.place == .door("A02"))
        #expect(report?.doorOpenedAt == openedAt && openedAt != nil)
        #expect(cabinet.answers == [.reported])
        #expect(cabinet.status(one) == .collected)
    }

    @Test("without a pickup, ten minutes after it, and for a lost one the keeper is asked")
    mutating func askKeeper() {
        cabinet.bring(ManifestEntry(one))
        cabinet.card(.report(.damaged))
        #expect(cabinet.answers == [.askKeeper])
        cabinet.collect(one)
        cabinet.card(.report(.lost))
        #expect(cabinet.answers == [.askKeeper])
        cabinet.wait(Limits.lastPickupMilliseconds)
        cabinet.card(.report(.damaged))
        #expect(cabinet.answers == [.askKeeper])
    }

    @Test("of several parcels behind one door the scan says which")
    mutating func together() {
        cabinet = Cabinet(doors: [DoorSettings(name: "A02", size: .medium)])
        cabinet.bringTogether(one, two, of: "k1")
        cabinet.collect(one)
        cabinet.card(.report(.short))
        #expect(cabinet.reason == .awaitsScan)
        cabinet.scan("YT8962646785399")
        #expect(cabinet.answers == [.scanBadgeFirst])
        cabinet.scan(two.rawValue)
        #expect(cabinet.event(ParcelShort.self)?.waybill == two)
    }

    /// Two parcels of one recipient, who takes the first and orders the door of the second.
    private mutating func collectFirstOfTwo() {
        cabinet.bring(ManifestEntry(one, of: "k1"), ManifestEntry(two, of: "k1"))
        cabinet.collect(one)
        cabinet.type("")
    }

    @Test("of several doors of one recipient the scan says which as well")
    mutating func severalDoors() {
        collectFirstOfTwo()
        cabinet.openAndShut("A03")
        cabinet.card(.report(.damaged))
        #expect(cabinet.reason == .awaitsScan)
        cabinet.scan(one.rawValue)
        #expect(cabinet.event(ParcelDamaged.self)?.waybill == one)
    }

    @Test("what another recipient took from the same door before is not asked about")
    mutating func anotherRecipient() {
        cabinet.bring(ManifestEntry(one, of: "k1"))
        cabinet.collect(one)
        cabinet.wait(Limits.reopenMilliseconds)
        cabinet.bring(ManifestEntry(two, of: "k2"))
        cabinet.collect(two)
        #expect(cabinet.place(of: two) == "A02")
        cabinet.card(.report(.damaged))
        #expect(cabinet.event(ParcelDamaged.self)?.waybill == two)
    }

    @Test("a report at an open door is about what lies behind it, not about what others took", arguments: [1, 2])
    mutating func atOpenDoor(doors: Int) {
        let three: Waybill = "JT5261988016578"
        cabinet.bring(ManifestEntry(one, of: "k1"), ManifestEntry(two, of: "k2"), ManifestEntry(three, of: "k3"))
        cabinet.collect(one)
        for parcel in [two, three].prefix(doors) {
            cabinet.typeCode(of: parcel)
            for door in cabinet.pulses { cabinet.open(door) }
        }
        let openedAt = cabinet.state.door("A03").openedAt
        cabinet.card(.report(.damaged))
        if doors == 2 {
            #expect(cabinet.answers == [.scanParcel], "several people stand there: the parcel says whose it is")
            cabinet.scan(one.rawValue)
            #expect(cabinet.event(ParcelDamaged.self) == nil)
            cabinet.scan(two.rawValue)
        }
        let fact = cabinet.event(ParcelDamaged.self)
        #expect(fact?.waybill == two && fact?.report.by == .recipient)
        #expect(fact?.report.doorOpenedAt == openedAt && openedAt != nil)
        cabinet.shut("A03")
        #expect(cabinet.status(two) == .collected)
    }

    @Test("who shut their door a moment ago may be the one who reports, though another's stands open")
    mutating func atTheSameTime() {
        cabinet.bring(ManifestEntry(one, of: "k1"), ManifestEntry(two, of: "k2"))
        for parcel in [one, two] {
            cabinet.typeCode(of: parcel)
            for door in cabinet.pulses { cabinet.open(door) }
        }
        cabinet.shut("A02")
        cabinet.card(.complaint(3))
        #expect(cabinet.event(ComplaintFiled.self) != nil && cabinet.event(ComplaintFiled.self)?.waybill == nil)
        cabinet.card(.report(.damaged))
        #expect(cabinet.answers == [.scanParcel])
        cabinet.scan(one.rawValue)
        #expect(cabinet.event(ParcelDamaged.self)?.waybill == one)
    }

    @Test("who puts a parcel back says what is wrong with it before the door is shut")
    mutating func puttingBack() {
        cabinet.bring(ManifestEntry(one, of: "k1"), ManifestEntry(two, of: "k2"))
        cabinet.collect(one)
        cabinet.typeCode(of: two)
        cabinet.open("A03")
        cabinet.card(.refuse)
        cabinet.scan(two.rawValue)
        cabinet.card(.report(.damaged))
        #expect(cabinet.event(ParcelDamaged.self)?.waybill == two)
        cabinet.shut("A03")
        #expect(cabinet.status(two) == .refused)
    }

    @Test("at the second door of a recipient the scan says which of the two parcels is damaged")
    mutating func secondDoorOpen() {
        collectFirstOfTwo()
        cabinet.open("A03")
        cabinet.card(.report(.damaged))
        #expect(cabinet.answers == [.scanParcel])
        cabinet.scan(one.rawValue)
        #expect(cabinet.event(ParcelDamaged.self)?.waybill == one)
    }

    @Test("a courier and a keeper report by card and scan", arguments: [Role.courier, .keeper, .agent])
    mutating func staff(role: Role) {
        cabinet.bring(ManifestEntry(one))
        cabinet.begin(role, proven: false)
        cabinet.card(.report(.damaged))
        #expect(cabinet.answers == [.scanParcel])
        cabinet.scan(one.rawValue)
        let report = cabinet.event(ParcelDamaged.self)?.report
        #expect(report?.by.rawValue == role.rawValue && report?.person == TestKeys.person(role))
        #expect(report?.doorOpenedAt == cabinet.state.door("A02").openedAt)
        cabinet.card(.report(.damaged))
        cabinet.scan("YT8962646785399")
        #expect(cabinet.answers == [.notHere])
        #expect(cabinet.state.session?.work == .reportDamaged, "nothing is reported yet")
    }

    @Test("a report ends with one parcel and the work before it goes on", arguments: [true, false])
    mutating func oneParcel(isSecondThought: Bool) {
        cabinet.bring(ManifestEntry(one), ManifestEntry(two))
        cabinet.begin(.keeper)
        cabinet.card(.told)
        if isSecondThought { cabinet.card(.report(.short)) }
        cabinet.card(.report(.damaged))
        cabinet.scan(one.rawValue)
        #expect(cabinet.types == [.parcelDamaged, .sessionWorkChanged] && cabinet.answers == [.reported])
        #expect(cabinet.state.session?.work == .told)
        cabinet.scan(two.rawValue)
        #expect(cabinet.types == [.parcelNoticed])
        #expect(cabinet.replayed == cabinet.state)
    }

    /// Later another parcel lies behind the same door, and the keeper reports the first one.
    private mutating func reportOnceAnotherLiesThere() {
        cabinet.wait(Limits.reopenMilliseconds)
        cabinet.bring(ManifestEntry(two))
        #expect(cabinet.place(of: two) == "A02")
        cabinet.begin(.keeper)
        cabinet.card(.report(.damaged))
        cabinet.scan(one.rawValue)
    }

    @Test("a report after the door went to somebody else names the recording of the pickup, not theirs")
    mutating func laterOpening() {
        cabinet.bring(ManifestEntry(one))
        cabinet.collect(one)
        reportOnceAnotherLiesThere()
        #expect(cabinet.event(ParcelDamaged.self)?.report.place == .door("A02"))
        let seen = cabinet.journal.lazy.compactMap { $0.event.payload as? ParcelCollected }.first?.doorOpenedAt
        #expect(seen != nil && cabinet.event(ParcelDamaged.self)?.report.doorOpenedAt == seen)
    }

    @Test("what is found at home is reported for a week, with door and time; then the parcel is forgotten")
    mutating func nextDays() {
        cabinet.bring(ManifestEntry(one))
        cabinet.collect(one)
        let seen = cabinet.event(ParcelCollected.self)?.doorOpenedAt
        for _ in 1..<Limits.collectedParcelDays {
            cabinet.passHours(24)
            cabinet.begin(.keeper)
            cabinet.card(.report(.short))
            cabinet.scan(one.rawValue)
            let report = cabinet.event(ParcelShort.self)?.report
            #expect(report?.place == .door("A02") && report?.doorOpenedAt == seen && seen != nil)
            cabinet.end()
        }
        cabinet.passHours(48)
        cabinet.begin(.keeper)
        #expect(cabinet.parcel(one) == nil && cabinet.replayed == cabinet.state)
    }

    @Test("another look within the minute is the recording of a later report")
    mutating func reopened() {
        cabinet.bring(ManifestEntry(one))
        cabinet.collect(one)
        cabinet.typeCode(of: one)
        cabinet.open("A02")
        let seen = cabinet.now.wall
        cabinet.shut("A02")
        reportOnceAnotherLiesThere()
        #expect(cabinet.event(ParcelDamaged.self)?.report.doorOpenedAt == seen)
    }

    @Test("lost: nothing is freed silently, its code opens nothing")
    mutating func lost() {
        cabinet.bring(ManifestEntry(one))
        cabinet.begin(.keeper, proven: false)
        cabinet.card(.report(.lost))
        cabinet.scan(one.rawValue)
        #expect(cabinet.types == [.parcelLost, .sessionWorkChanged])
        #expect(cabinet.event(ParcelLost.self)?.report.by == .keeper)
        #expect(cabinet.status(one) == .lost)
        #expect(cabinet.state.door("A02").contents == .unknown)
        cabinet.typeCode(of: one)
        #expect(cabinet.answers == [.askKeeper])
        cabinet.end()
        cabinet.bring(ManifestEntry(two))
        #expect(cabinet.place(of: two) == "A03", "until a keeper looked nothing goes behind that door")
    }

    @Test("only the keeper gives a parcel up, and none that was collected", arguments: [Role.courier, .keeper])
    mutating func notLost(role: Role) {
        cabinet.bring(ManifestEntry(one))
        cabinet.collect(one)
        cabinet.begin(role)
        cabinet.card(.report(.lost))
        #expect(cabinet.answers == [role == .keeper ? .scanParcel : .notForYou])
        cabinet.scan(one.rawValue)
        #expect(cabinet.event(ParcelLost.self) == nil)
    }

    @Test("lost on the way of an agent: the door that it left long ago stays as it is")
    mutating func lostByAgent() {
        cabinet.bring(ManifestEntry(one, of: "k1"))
        cabinet.delegateToAgent(one)
        cabinet.begin(.agent)
        cabinet.card(.take)
        cabinet.openAndShut("A02")
        cabinet.end()
        cabinet.bring(ManifestEntry(two, of: "k2"))
        #expect(cabinet.place(of: two) == "A02")
        cabinet.begin(.keeper)
        cabinet.card(.report(.lost))
        cabinet.scan(one.rawValue)
        #expect(cabinet.status(one) == .lost)
        #expect(cabinet.state.door("A02").contents == .occupied)
    }

    @Test("found again it gets a place and another code")
    mutating func foundAgain() {
        cabinet.bring(ManifestEntry(one))
        cabinet.begin(.keeper)
        cabinet.card(.report(.lost))
        cabinet.scan(one.rawValue)
        cabinet.end()
        #expect(cabinet.deposit(one) == .door("A03"))
        #expect(cabinet.parcel(one)?.n == 128)
    }
}
