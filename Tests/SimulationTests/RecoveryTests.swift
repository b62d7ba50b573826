import LockerDomain
import LockerTestKit
import StationBooks
import Testing

@testable import Simulator

@Suite("Recovery in the simulation")
struct RecoveryTests {
    private static let all: Set = ["a lost journal", "an older card", "a new board"]

    @Test("the days bring back a lost journal, what an older card lacks, and everything on a new board")
    func kinds() {
        var met: Set<String> = []
        for seed: UInt64 in 1...200 where met.count < Self.all.count {
            let world = World(seed: seed)
            guard let kind = Self.kind(of: world.profile), !met.contains(kind) else { continue }
            if let failure = world.run(days: 8) { Issue.record("\(failure)") }
            let isBack = world.durableEvents.contains { event in
                if case .stationBooksRecovered(let fact) = event { fact.kept > 0 } else { false }
            }
            if isBack { met.insert(kind) }
        }
        #expect(met == Self.all)
    }

    @Test("the county makes no claim about a whole whose parts the station has told and not sent yet")
    func unsentParts() {
        let (whole, part): (Waybill, Waybill) = ("JD0341935862354", "JD0341935862354-1-2-")
        let parties = Parties(brand: "JD", operatorName: "jd", agent: "site", cooperationMode: .direct)
        var (books, told) = (CountyBooks(station: "sim-1"), Topics())
        books.ledger.enter(.parcelReceived(.brought(whole, parties)))
        told.add(.parcelReceived(.brought(part, parties, how: .audit)))
        let mixed = books.recovered(besides: told).mixture { told.waybills.contains($0) }
        #expect(mixed == [whole, part])
    }

    private static func kind(of profile: Profile) -> String? {
        if profile.losesJournal { return "a lost journal" }
        if profile.turnsBack { return "an older card" }
        return profile.changesBoard ? "a new board" : nil
    }
}
