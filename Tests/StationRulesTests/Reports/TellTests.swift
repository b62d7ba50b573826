import LockerDomain
import StationBooks
import StationRules
import Testing

@Suite("Whom to tell in person")
struct TellTests {
    private let now = Moment(wall: Diary.wall(0, 18), uptime: 0, clock: .ntp)

    private func parcel(
        _ waybill: Waybill,
        hour: Int64 = 8,
        phone: String? = "1******5678",
        hamlet: String? = "东沟",
        _ change: (inout Parcel) -> Void = { _ in }
    ) -> Parcel {
        var parcel = Parcel(
            waybill: waybill,
            parties: Diary.parties,
            size: .medium,
            n: 0,
            status: .stored,
            announced: true,
            changed: 0
        )
        parcel.phoneMasked = phone
        parcel.hamlet = hamlet
        parcel.storedAt = Diary.wall(0, hour)
        parcel.place = .shelf(ShelfPlace(rawValue: "S1-\(waybill.rawValue.suffix(2))"))
        change(&parcel)
        return parcel
    }

    private func list(_ parcels: [Parcel], at now: Moment? = nil) -> [TellInPerson.Hamlet] {
        var state = StationState()
        for parcel in parcels { state.parcels[parcel.waybill] = parcel }
        return TellInPerson(state, at: now ?? self.now).hamlets
    }

    @Test("who was told is not on it, nor who will still be told in time")
    func told() {
        #expect(list([parcel("SF0000000001") { $0.hold.noticed = true }]).isEmpty)
        #expect(list([parcel("SF0000000001", hour: 15)]).isEmpty)
        #expect(list([parcel("SF0000000001", hour: 14)]).isEmpty)
        #expect(list([parcel("SF0000000001", hour: 13)]).first?.entries.map(\.reason) == [.notTold])
    }

    @Test("what lies at the counter, with an agent or a courier for three days is on it")
    func overlooked() {
        for status in Parcel.Status.allCases {
            let old = parcel("SF0000000001") {
                $0.status = status
                $0.changed = now.wall - Limits.overlookedMilliseconds - 1
                $0.hold.noticed = true
            }
            var young = old
            young.changed += 1
            let isListed = [.received, .withAgent, .retrieved].contains(status)
            #expect(list([old]).first?.entries.map(\.reason) == (isListed ? [.overlooked] : nil), "\(status)")
            #expect(list([young]).isEmpty, "\(status)")
        }
    }

    @Test("no phone anywhere and a failed notice count at once")
    func reasons() {
        let parcels = [
            parcel("SF0000000001", hour: 17, phone: nil),
            parcel("SF0000000002", hour: 16) { $0.hold.noticeFailed = true },
            parcel("SF0000000003", hour: 17, phone: nil) { $0.recipientKey = "9f86d081884c7d65" },
        ]
        let entries = list(parcels).first?.entries ?? []
        #expect(entries.map(\.reason) == [.noticeFailed, .noPhone])
        #expect(entries.map(\.waybillTail) == ["0002", "0001"])
        #expect(entries.map(\.place) == [.shelf("S1-02"), .shelf("S1-01")])
        #expect(entries.map(\.phoneMasked) == ["1******5678", nil])
    }

    @Test("only what waits for its recipient", arguments: Parcel.Status.allCases)
    func status(status: Parcel.Status) {
        let parcels = [
            parcel("SF0000000001", phone: nil) {
                $0.status = status
                $0.changed = now.wall
            }
        ]
        #expect(list(parcels).isEmpty == (status != .stored))
    }

    @Test("what a courier takes back is nobody's to be told")
    func recalled() {
        #expect(list([parcel("SF0000000001", phone: nil) { $0.hold.isRecalled = true }]).isEmpty)
    }

    @Test("hamlets come by name, the unknown one last; who waited longest comes first")
    func order() {
        let hamlets = list([
            parcel("SF0000000001", hour: 9, phone: nil, hamlet: nil),
            parcel("SF0000000002", hour: 9, phone: nil, hamlet: "b"),
            parcel("SF0000000003", hour: 8, phone: nil, hamlet: "b"),
            parcel("SF0000000004", hour: 9, phone: nil, hamlet: "a"),
        ])
        #expect(hamlets.map(\.name) == ["a", "b", nil])
        #expect(hamlets[1].entries.map(\.waybillTail) == ["0003", "0002"])
    }

    @Test("a clock that fell back is not asked how long somebody waits")
    func clock() {
        let parcels = [parcel("SF0000000001")]
        #expect(list(parcels, at: Moment(wall: 0, uptime: 0, clock: .none)).isEmpty)
        var state = StationState()
        state.trustedTime = Diary.wall(0, 13)
        state.parcels["SF0000000001"] = parcels[0]
        #expect(TellInPerson(state, at: Moment(wall: 0, uptime: 0, clock: .none)).hamlets.count == 1)
    }
}
