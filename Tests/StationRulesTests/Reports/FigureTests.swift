import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("Figures of a report")
struct FigureTests {
    @Test("each brand and direction has its own figures")
    func brands() {
        var diary = Diary()
        for waybill in ["SF0000000001", "SF0000000002"] as [Waybill] {
            diary.receive(waybill)
            diary.store(waybill)
        }
        diary.receive("YT0000000001", brand: "YTO")
        diary.collect("SF0000000001")
        diary.collect("SF0000000002", by: .keeper)
        let figures = diary.day().figures
        #expect(figures[.received, "SF"] == 2 && figures[.received, "YTO"] == 1 && figures[.received] == 3)
        #expect(figures[.stored, "SF"] == 2 && figures[.stored, "YTO"] == 0)
        #expect(figures[.collectedByRecipient, "SF"] == 1 && figures[.collectedByKeeper, "SF"] == 1)
        #expect(figures.rows.keys.sorted().map(\.brand) == ["SF", "YTO"])
        #expect(diary.day().spans == [ReportSpan(incarnation: "abc", first: 1, last: 8)])
    }

    @Test("a parcel that is scanned, stored or collected twice counts once")
    func once() {
        var diary = Diary()
        for _ in 0..<3 { diary.receive("SF0000000001") }
        diary.store("SF0000000001")
        diary.receive("SF0000000001", how: .move)
        diary.collect("SF0000000001", evidence: .assumed)
        diary.collect("SF0000000001", by: .keeper)
        let figures = diary.day().figures
        #expect([figures[.received], figures[.stored], figures[.collectedByRecipient]] == [1, 1, 1])
        #expect(figures[.collectedByKeeper] == 0)
        // The waybill comes back as another parcel.
        diary.receive("SF0000000001")
        diary.store("SF0000000001")
        diary.collect("SF0000000001")
        #expect(diary.day().figures[.collectedByRecipient] == 2 && diary.day().figures[.received] == 2)
    }

    @Test("what was collected the day before is not collected again the day after")
    func overMidnight() {
        var diary = Diary(hour: 20)
        diary.receive("SF0000000001")
        diary.store("SF0000000001")
        diary.collect("SF0000000001", evidence: .assumed)
        diary.go(1, 9)
        diary.collect("SF0000000001")
        #expect(diary.day(0).figures[.collectedByRecipient] == 1)
        #expect(diary.day(1).figures[.collectedByRecipient] == 0)
        #expect(diary.month().figures[.collectedByRecipient] == 1)
    }

    @Test("a refused parcel is not collected, whether the door was shut in between or not")
    func refused() {
        var diary = Diary()
        diary.receive("SF0000000001")
        diary.store("SF0000000001")
        diary.collect("SF0000000001")
        diary.refuse("SF0000000001")
        diary.receive("SF0000000002")
        diary.store("SF0000000002")
        diary.refuse("SF0000000002")
        let figures = diary.day().figures
        #expect(figures[.refused] == 2 && figures[.collectedByRecipient] == 0)
    }

    @Test("fees: how many parcels cost something, and how much; once each, and none for what comes back")
    func fees() {
        var diary = Diary()
        for number in 1...4 { diary.receive(Waybill(rawValue: "SF000000000\(number)")) }
        diary.receive("YT0000000001", brand: "YTO")
        diary.collect("SF0000000001", evidence: .assumed, fen: 50)
        diary.collect("SF0000000001", fen: 100)
        diary.collect("SF0000000002", by: .keeper, fen: 150)
        diary.collect("SF0000000003")
        diary.collect("YT0000000001", brand: "YTO", fen: 105)
        #expect(diary.day().figures[.fees, "SF"] == 2 && diary.day().figures[.feesFen, "SF"] == 200)
        #expect(diary.day().figures[.fees] == 3 && diary.day().figures[.feesFen] == 305)
        diary.refuse("SF0000000001")
        diary.add(.auditDifference(AuditDifference(door: "A01", waybill: "SF0000000002", finding: .missing)))
        #expect(diary.day().figures[.fees, "SF"] == 0 && diary.day().figures[.feesFen, "SF"] == 0)
        #expect(diary.month().figures[.feesFen] == 105)
    }

    @Test("what the keeper handed out and was not there is not collected")
    func missing() {
        var diary = Diary()
        for waybill in ["SF0000000001", "SF0000000002"] as [Waybill] {
            diary.receive(waybill)
            diary.store(waybill)
            diary.collect(waybill, by: .keeper)
        }
        for _ in 0..<2 {
            diary.add(.auditDifference(AuditDifference(door: "A01", waybill: "SF0000000001", finding: .missing)))
        }
        #expect(diary.day().figures[.collectedByKeeper, "SF"] == 1)
    }

    @Test("an overdue parcel finds its brand, from days before or from what the station knows now")
    func overdue() {
        var diary = Diary(day: -3)
        diary.receive("YT0000000001", brand: "YTO")
        diary.store("YT0000000001", brand: "YTO")
        diary.go(0, 10)
        for waybill in ["YT0000000001", "JT0000000001", "ZT0000000001"] as [Waybill] {
            diary.add(.parcelOverdue(ParcelOverdue(waybill: waybill, place: .door("A01"), hours: 72)))
        }
        var state = StationState()
        state.parcels["JT0000000001"] = Parcel(
            waybill: "JT0000000001",
            parties: Diary.parties("JT"),
            size: .small,
            n: 0,
            status: .stored,
            announced: true,
            changed: 0
        )
        let figures = diary.day(state: state).figures
        #expect([figures[.overdue, "YTO"], figures[.overdue, "JT"], figures[.overdue, "unknown"]] == [1, 1, 1])
        #expect(figures[.received] == 0)
    }

    @Test("a parcel found by an audit was not received that day; consent is counted where it is missing")
    func consent() {
        var diary = Diary()
        diary.receive("SF0000000001", how: .audit)
        diary.receive("SF0000000002", consent: .none)
        diary.receive("SF0000000003", consent: .unknown)
        diary.receive("SF0000000004", consent: .senderNamedLocker)
        let figures = diary.day().figures
        #expect(figures[.found] == 1 && figures[.received] == 3)
        #expect(figures[.withoutConsent, "SF"] == 1 && figures[.consentUnknown, "SF"] == 1)
    }

    @Test("shipments divide by kind, category and platform, and by where they go")
    func shipments() throws {
        var diary = Diary()
        for number in 1...3 {
            guard case .shipmentAccepted(var fact) = try GoldenLines.event(.shipmentAccepted) else { return }
            fact.waybill = Waybill(rawValue: "SF000000000\(number)")
            fact.parties = Diary.parties("SF")
            fact.kind = number == 3 ? .ordinary : .produce
            fact.category = number == 3 ? nil : "apple"
            fact.platform = "douyin"
            fact.outsideCounty = number == 1
            fact.reusedPackaging = number == 2
            diary.add(.shipmentAccepted(fact))
        }
        guard case .shipmentRejected(var refusal) = try GoldenLines.event(.shipmentRejected) else { return }
        refusal.parties = Diary.parties("SF")
        refusal.reason = .forbidden
        diary.add(.shipmentRejected(refusal))
        let figures = diary.day().figures
        let row = try #require(figures.row(of: "SF", .outbound))
        #expect(figures[.accepted] == 3 && figures[.acceptedOutside] == 1 && figures[.acceptedReused] == 1)
        #expect(row.breakdowns[.acceptedByKind]?.counts == ["produce": 2, "ordinary": 1])
        #expect(row.breakdowns[.acceptedByCategory]?.counts == ["apple": 2])
        #expect(row.breakdowns[.acceptedByPlatform]?.counts == ["douyin": 3])
        #expect(figures[.rejected] == 1 && row.breakdowns[.rejectedByReason]?.counts == ["forbidden": 1])
    }

    @Test("what was accepted and rejected before it left is taken off again, unless another day counted it")
    func rejectedLater() throws {
        var diary = Diary()
        guard case .shipmentAccepted(var fact) = try GoldenLines.event(.shipmentAccepted),
            case .shipmentRejected(var refusal) = try GoldenLines.event(.shipmentRejected)
        else { return }
        fact.parties = Diary.parties("SF")
        refusal.parties = fact.parties
        for number in 1...3 {
            fact.waybill = Waybill(rawValue: "SF000000000\(number)")
            fact.category = number == 1 ? "apple" : "honey"
            diary.add(.shipmentAccepted(fact))
        }
        for number in [1, 3] {
            if number == 3 { diary.go(1, 9) }
            refusal.waybill = Waybill(rawValue: "SF000000000\(number)")
            diary.add(.shipmentRejected(refusal))
        }
        let first = diary.day(0).figures
        let row = try #require(first.row(of: "SF", .outbound))
        #expect([first[.accepted], first[.acceptedOutside], first[.acceptedReused], first[.rejected]] == [2, 2, 2, 1])
        #expect(row.breakdowns[.acceptedByKind]?.counts == ["produce": 2])
        #expect(row.breakdowns[.acceptedByCategory]?.counts == ["honey": 2])
        let second = diary.day(1).figures
        #expect([second[.accepted], second[.acceptedOutside], second[.rejected]] == [0, 0, 1])
        let month = diary.month().figures
        #expect([month[.accepted], month[.acceptedOutside], month[.rejected]] == [1, 1, 2])
    }

    @Test("people, doors, codes, complaints and the survey are counted")
    func station() {
        var diary = Diary()
        diary.run()
        for (role, person) in [(Role.courier, "1001"), (.courier, "1001"), (.keeper, "2001")] {
            diary.add(.sessionOpened(SessionOpened(session: 1, role: role, person: person, badge: "b")))
        }
        diary.add(.doorOpened(DoorOpened(door: "A01", cycle: 1)))
        diary.add(.doorOpenFailed(DoorOpenFailed(door: "A01", cycle: 2, attempts: 3, reason: "not seen open")))
        diary.add(.doorOpenedUnexpectedly(DoorOpenedUnexpectedly(door: "A02")))
        diary.add(.pickupFailed(PickupFailed(means: .code, reason: .noMatch, device: "1-1")))
        diary.add(.pickupFailed(PickupFailed(means: .token, reason: .noMatch, device: "1-1")))
        diary.add(.pickupLockedOut(PickupLockedOut(lockMilliseconds: 120_000)))
        for reason in [ScanRejected.Reason.unknown, .unknown, .goods, .awaitsScan] {
            diary.add(.scanRejected(ScanRejected(reason: reason, device: "1-1", length: 3, text: nil)))
        }
        diary.add(.serviceComplaintFiled(ComplaintFiled(category: 2, waybill: nil)))
        diary.add(.serviceSurveyAnswered(SurveyAnswered(scores: [5, 4, 3, 2, 1], waybill: nil)))
        diary.add(.serviceSurveyAnswered(SurveyAnswered(scores: [4, 4], waybill: nil)))
        let figures = diary.day().figures
        #expect(figures.words[.sessions]?.counts == ["courier 1001": 2, "keeper 2001": 1])
        #expect([figures[.doorOpenings], figures[.doorFailures], figures[.doorsUnexpected]] == [1, 1, 1])
        #expect([figures[.wrongCodes], figures[.typingLocks], figures[.runs]] == [1, 1, 1])
        #expect(figures.words[.scansRejected]?.counts == ["unknown": 2, "goods": 1])
        #expect(figures.words[.complaints]?.counts == ["2": 1])
        #expect(figures.survey.map(\.answers) == [2, 2, 1, 1, 1] && figures.survey.map(\.sum) == [9, 8, 3, 2, 1])
        #expect(figures[.clockUncertain] == 0 && figures[.events] == diary.lines.count)
    }

    @Test("each event can be taken, twice, dated or not", arguments: EventType.allCases)
    func everyEvent(type: EventType) throws {
        let event = try GoldenLines.event(type)
        for clock in ClockTrust.allCases {
            var diary = Diary(clock: clock)
            for _ in 0..<2 { diary.add(event) }
            let report = diary.day()
            #expect(report.figures[.events] + report.unplaced[.events] >= 2)
        }
    }

    @Test("brands and words without end stay bounded and lose no count")
    func bounded() {
        var diary = Diary()
        for number in 0..<(Limits.reportBrandsMax + 10) {
            diary.receive(Waybill(rawValue: "X\(number)"), brand: "brand \(number)")
        }
        for number in 0..<(Limits.reportWordsMax + 10) {
            let person = String(number)
            diary.add(.sessionOpened(SessionOpened(session: 1, role: .courier, person: person, badge: "b")))
        }
        let figures = diary.day().figures
        #expect(figures.rows.count == Limits.reportBrandsMax + 1 && figures[.received, "other"] == 10)
        #expect(figures.words[.sessions]?.counts["other"] == 10)
        #expect(figures.words[.sessions]?.sum == Limits.reportWordsMax + 10)
    }
}

extension Tally {
    fileprivate func row(of brand: String, _ direction: Direction) -> Row? {
        rows.first { $0.key.brand == brand && $0.key.direction == direction }?.value
    }
}
