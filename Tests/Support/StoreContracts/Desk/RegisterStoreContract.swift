public import CountyBooks
import Dispatch
import LockerDomain
import Synchronization
import Testing

/// What each store of registers keeps to; `check` is called with an empty store for each clause.
public enum RegisterStoreContract: String, CaseIterable, Sendable {
    case beginsEmpty, keepsAllOfARow, listsByKindAndKey, keepsEveryVersion, keepsTimesBesideEachOther, keepsKindsApart
    case refusesWhatChangedMeanwhile, refusesARowTwice, keepsAllOrNone, letsOneOfManyWin, growsItsVersion
    case withdrawsARow, refusesAWithdrawal, outlivesARestart

    /// Fails the running test where the store does not keep to it.
    ///
    /// - Parameter open: opens the store; called again it opens the same one, as another process or after a restart.
    public func check<Store: RegisterStore>(_ open: () throws -> Store) throws {
        let store = try open()
        switch self {
        case .beginsEmpty: try beginsEmpty(store)
        case .keepsAllOfARow: try keepsAllOfARow(store)
        case .listsByKindAndKey: try listsByKindAndKey(store)
        case .keepsEveryVersion: try keepsEveryVersion(store)
        case .keepsTimesBesideEachOther: try keepsTimesBesideEachOther(store)
        case .keepsKindsApart: try keepsKindsApart(store)
        case .refusesWhatChangedMeanwhile: try refusesWhatChangedMeanwhile(store)
        case .refusesARowTwice: try refusesARowTwice(store)
        case .keepsAllOrNone: try keepsAllOrNone(store)
        case .letsOneOfManyWin: try letsOneOfManyWin(store)
        case .growsItsVersion: try growsItsVersion(store, try open())
        case .withdrawsARow: try withdrawsARow(store)
        case .refusesAWithdrawal: try refusesAWithdrawal(store)
        case .outlivesARestart: try outlivesARestart(store, open)
        }
    }

    // MARK: Rows

    private static let code = "140522100201"

    private func village(_ name: String, code: String = Self.code, from: CivilDay? = nil) -> DatedRow {
        DatedRow(.village(Village(code: code, name: name, township: "140522100")), validFrom: from)
    }

    /// One row of each kind with all that it may hold, and one with as little as it may.
    private var rows: [DatedRow] {
        let site = Site(
            number: "0001",
            name: "赵\"敏'; <b>站",
            type: .locker,
            address: "路 1 号\t院内",
            phone: "0356-4221234",
            equipment: ["秤", "X光机"],
            operatorName: "共配",
            village: Self.code,
            serves: [ServedVillage(village: "140522100202", mode: .reach)],
            stations: ["yc-01", "yc-02"],
            status: .suspended
        )
        let report = OperatorReport(period: "2026-11", village: Self.code, brand: "SF", received: 7, by: "顺丰阳城")
        let all: [RegisterRow] = [
            .township(Township(code: "140522100", name: "北留镇")),
            .village(
                Village(code: Self.code, name: "北留村", township: "140522100", population: 1_250, townHectometres: 85)
            ),
            .operatorFirm(OperatorFirm(name: "共配", creditCode: "91140522MA0000000X", phone: "0356-4220000")),
            .operatorFirm(OperatorFirm(name: "邮政")), .site(site),
            .staff(StaffMember(number: "1025", name: "李师傅", role: "courier", site: "0001")), .operatorReport(report),
        ]
        return all.map { DatedRow($0) }
    }

    private func keep(_ rows: DatedRow..., into store: some RegisterStore) throws {
        try store.keep(rows.map { RegisterChange($0) }, by: "wang", at: 1)
    }

    private func beginsEmpty(_ store: some RegisterStore) throws {
        #expect(try store.rows().isEmpty)
        for kind in RegisterKind.allCases { #expect(try store.history(kind, Self.code).isEmpty) }
        try store.keep([], by: "wang", at: 1)
        #expect(try store.rows().isEmpty)
    }

    private func keepsAllOfARow(_ store: some RegisterStore) throws {
        #expect(Set(rows.map(\.row.kind)) == Set(RegisterKind.allCases))
        try store.keep(rows.map { RegisterChange($0) }, by: "赵\"敏", at: -5)
        let kept = try store.rows()
        #expect(Set(kept.map(\.dated)) == Set(rows))
        #expect(kept.count == rows.count)
        #expect(kept.allSatisfy { $0.by == "赵\"敏" && $0.changed == -5 && $0.replacedBy == nil })
        #expect(Set(kept.map(\.number)).count == rows.count)
        for row in kept { #expect(try store.history(row.dated.row.kind, row.dated.row.key) == [row]) }
    }

    private func listsByKindAndKey(_ store: some RegisterStore) throws {
        let days = [CivilDay(year: 2026, month: 12, day: 1), CivilDay(year: 1969, month: 1, day: 1)]
        for code in ["3", "1", "2"] {
            for day in days { try keep(village("村", code: code, from: day), into: store) }
            try keep(village("村", code: code), DatedRow(.township(Township(code: code, name: "镇"))), into: store)
        }
        let kept = try store.rows().map(\.dated)
        let kinds = kept.map(\.row.kind)
        let changes = zip(kinds, kinds.dropFirst()).count { $0 != $1 }
        #expect(changes == 1, "rows of one kind stand together")
        let villages = kept.filter { $0.row.kind == .village }
        #expect(villages.map(\.row.key) == ["1", "1", "1", "2", "2", "2", "3", "3", "3"])
        // What held ever since comes first.
        #expect(villages.prefix(3).map(\.validFrom) == [nil, days[1], days[0]])
        #expect(kept.filter { $0.row.kind == .township }.map(\.row.key) == ["1", "2", "3"])
    }

    private func keepsEveryVersion(_ store: some RegisterStore) throws {
        try keep(village("一"), village("别", code: "2"), into: store)
        for (name, by) in [("二", "li"), ("三", "chen")] {
            let holds = try #require(try store.rows().first { $0.dated.row.key == Self.code })
            try store.keep([RegisterChange(village(name), replaces: holds.number)], by: by, at: 2)
        }
        #expect(try store.rows().map(\.dated.row.name) == ["三", "别"])
        let history = try store.history(.village, Self.code)
        #expect(history.map(\.dated.row.name) == ["三", "二", "一"])
        #expect(history.map(\.by) == ["chen", "li", "wang"])
        #expect(history.map(\.changed) == [2, 2, 1])
        #expect(history.map(\.replacedBy) == [nil] + history.dropLast().map(\.number))
        #expect(try store.history(.village, "2").count == 1)
    }

    private func keepsTimesBesideEachOther(_ store: some RegisterStore) throws {
        let day = CivilDay(year: 2026, month: 11, day: 1)
        try keep(village("旧"), village("新", from: day), into: store)
        let old = try #require(try store.rows().first)
        #expect(old.dated == village("旧"))
        try store.keep([RegisterChange(village("更旧"), replaces: old.number)], by: "li", at: 2)
        #expect(try store.rows().map(\.dated) == [village("更旧"), village("新", from: day)])
        #expect(try store.history(.village, Self.code).count == 3)
        #expect(refused { try keep(village("又新", from: day), into: store) })
    }

    private func keepsKindsApart(_ store: some RegisterStore) throws {
        let staff = DatedRow(.staff(StaffMember(number: "1", name: "李", role: "keeper")))
        try keep(DatedRow(.township(Township(code: "1", name: "镇"))), staff, into: store)
        #expect(try store.history(.staff, "1").map(\.dated) == [staff])
        #expect(try store.history(.site, "1").isEmpty)
        #expect(try store.rows().count == 2)
    }

    // MARK: Several writers

    /// Whether something throws `CountyFault`. Fails the running test for any other error.
    private func refused(_ body: () throws -> Void) -> Bool {
        do {
            try body()
            return false
        } catch is CountyFault {
            return true
        } catch {
            Issue.record(error)
            return false
        }
    }

    private func refusesWhatChangedMeanwhile(_ store: some RegisterStore) throws {
        try keep(village("一"), into: store)
        let first = try #require(try store.rows().first)
        try store.keep([RegisterChange(village("二"), replaces: first.number)], by: "li", at: 2)
        let before = try (store.rows(), store.history(.village, Self.code), store.version())
        for number in [first.number, nil, Int64.max] {
            #expect(refused { try store.keep([RegisterChange(village("三"), replaces: number)], by: "wang", at: 3) })
        }
        // A row that is not there was never read.
        let other = RegisterChange(village("别", code: "2"), replaces: before.0[0].number)
        #expect(refused { try store.keep([other], by: "wang", at: 3) })
        #expect(try store.rows() == before.0)
        #expect(try store.history(.village, Self.code) == before.1)
        #expect(try store.version() == before.2)
    }

    private func refusesARowTwice(_ store: some RegisterStore) throws {
        #expect(refused { try keep(village("一"), village("二"), into: store) })
        #expect(try store.rows().isEmpty)
    }

    private func keepsAllOrNone(_ store: some RegisterStore) throws {
        try keep(village("一"), into: store)
        let holds = try #require(try store.rows().first)
        let before = try store.version()
        let changes = [
            RegisterChange(village("别", code: "2")), RegisterChange(village("二"), replaces: holds.number),
            RegisterChange(village("无", code: "3"), replaces: holds.number),
        ]
        #expect(refused { try store.keep(changes, by: "li", at: 2) })
        #expect(try store.rows() == [holds])
        #expect(try store.history(.village, Self.code) == [holds])
        #expect(try store.history(.village, "2").isEmpty)
        #expect(try store.version() == before)
        try store.keep(Array(changes.prefix(2)), by: "li", at: 2)
        #expect(try store.rows().map(\.dated.row.name) == ["二", "别"])
    }

    private func letsOneOfManyWin(_ store: some RegisterStore) throws {
        try keep(village("一"), into: store)
        let number = try #require(try store.rows().first).number
        let won = Atomic(0)
        let changes = (0..<8).map { [RegisterChange(village("二\($0)"), replaces: number)] }
        DispatchQueue.concurrentPerform(iterations: changes.count) { index in
            let isRefused = refused { try store.keep(changes[index], by: "li", at: 2) }
            if !isRefused { won.add(1, ordering: .relaxed) }
        }
        #expect(won.load(ordering: .relaxed) == 1)
        #expect(try store.history(.village, Self.code).count == 2)
    }

    private func growsItsVersion(_ store: some RegisterStore, _ other: some RegisterStore) throws {
        var last = try store.version()
        for name in ["一", "二", "三"] {
            let holds = try store.rows().first?.number
            try store.keep([RegisterChange(village(name), replaces: holds)], by: "wang", at: 1)
            #expect(try store.version() > last)
            last = try store.version()
            #expect(try other.version() == last, "another process sees that the registers changed")
        }
        _ = try (store.rows(), store.history(.village, Self.code))
        #expect(try store.version() == last, "looking changes nothing")
    }

    // MARK: Withdrawals

    private func withdrawsARow(_ store: some RegisterStore) throws {
        let day = CivilDay(year: 2026, month: 11, day: 1)
        try keep(village("一"), village("二", from: day), into: store)
        let (first, second) = (try store.rows()[0], try store.rows()[1])
        let version = try store.version()
        try store.keep([RegisterChange(withdrawing: first)], by: "li", at: 2)
        #expect(try store.rows() == [second], "the row of another time holds on")
        #expect(try store.version() > version)
        let history = try store.history(.village, Self.code)
        #expect(history.map(\.isWithdrawn) == [true, false, false])
        #expect(history.map(\.by) == ["li", "wang", "wang"])
        #expect(history.first { $0.number == first.number }?.replacedBy == history[0].number)
        #expect(history[0].replacedBy == nil)
        // Nothing holds in its place: it is written again as a new row.
        #expect(refused { try store.keep([RegisterChange(village("三"), replaces: first.number)], by: "li", at: 3) })
        #expect(
            refused { try store.keep([RegisterChange(village("三"), replaces: history[0].number)], by: "li", at: 3) }
        )
        try keep(village("一"), into: store)
        #expect(try store.rows().map(\.dated) == [village("一"), village("二", from: day)])
        #expect(try store.history(.village, Self.code).map(\.isWithdrawn) == [false, true, false, false])
    }

    private func refusesAWithdrawal(_ store: some RegisterStore) throws {
        let township = DatedRow(.township(Township(code: "140522100", name: "北留镇")))
        try keep(township, village("一"), into: store)
        let rows = try store.rows()
        let named = try #require(rows.first { $0.dated == township })
        let naming = try #require(rows.first { $0.dated == village("一") })
        #expect(refused { try store.keep([RegisterChange(withdrawing: named)], by: "li", at: 2) }, "a village names it")
        try store.keep([RegisterChange(village("二"), replaces: naming.number)], by: "li", at: 2)
        #expect(refused { try store.keep([RegisterChange(withdrawing: naming)], by: "li", at: 3) }, "it was changed")
        #expect(try store.rows().map(\.dated) == [township, village("二")])
        // By the rows of that moment: those that are withdrawn before it do not count.
        let holds = try #require(try store.history(.village, Self.code).first)
        let both = [holds, named].map { RegisterChange(withdrawing: $0) }
        #expect(refused { try store.keep(both.reversed(), by: "li", at: 4) })
        try store.keep(both, by: "li", at: 4)
        #expect(try store.rows().isEmpty)
        #expect(refused { try store.keep(both, by: "li", at: 5) }, "nothing is there any more")
    }

    // MARK: Time

    private func outlivesARestart<Store: RegisterStore>(_ store: Store, _ open: () throws -> Store) throws {
        try store.keep(rows.map { RegisterChange($0) }, by: "wang", at: 1)
        let holds = try #require(try store.history(.village, Self.code).first)
        try store.keep([RegisterChange(village("二"), replaces: holds.number)], by: "li", at: 2)
        let again = try open()
        #expect(try again.rows() == store.rows())
        #expect(try again.history(.village, Self.code).map(\.by) == ["li", "wang"])
        #expect(try again.version() == store.version())
        #expect(refused { try again.keep([RegisterChange(village("三"), replaces: holds.number)], by: "li", at: 3) })
    }
}
