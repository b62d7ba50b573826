import CountyBooks
import LockerDomain
import StationBooks
import StoreContracts
import SyncWire
import Testing

@Suite("What the fold of a station keeps of its lines")
struct StationFoldTests {
    private typealias World = ViewWorld

    @Test("days that lost events touch are lossy, and may have had a run; days around them are neither")
    func loss() throws {
        let (ledger, days) = (MemoryLedger(), [(1, 5), (2, 4), (7, 2), (8, 1)] as [(Int64, Int64)])
        var fold = StationFold()
        let lines = try days.map { number, daysBefore in
            try World.line(.doorClosed, number: number, wall: World.at(9, daysBefore: daysBefore)).line
        }
        ledger.fold(lines, into: &fold)
        let lossy = ledger.days.values.filter(\.isLossy).map { World.today - $0.day }.sorted()
        #expect(lossy == [2, 3, 4])
        #expect(ledger.days.values.filter(\.mayHaveRun).map { World.today - $0.day }.sorted() == lossy)
    }

    @Test("a station began at its first event, and not after that had come, whatever its clock showed")
    func began() throws {
        for (first, received, began) in [(-365, 4, 4), (4, 4, 4), (5, 4, 5)] as [(Int64, Int64, Int64)] {
            let ledger = MemoryLedger()
            var fold = StationFold()
            for (number, daysBefore) in [(1, first), (2, 3), (3, 400), (4, 2)] as [(Int64, Int64)] {
                let line = try World.line(.doorClosed, number: number, wall: World.at(9, daysBefore: daysBefore)).line
                let came = World.at(9, daysBefore: number == 1 ? received : 2)
                fold.take(FoldedLine(number: number, received: came, line: line), into: ledger)
            }
            #expect(fold.began == World.at(9, daysBefore: began), "\(first)")
        }
    }

    @Test("a count has the firm that its piece names, and none of a station that was told none")
    func operatorName() throws {
        for (name, kept) in [("邮政", "邮政"), ("unknown", nil), ("", nil)] as [(String, String?)] {
            var line = try World.line(.parcelReceived, number: 1).line
            guard case .parcelReceived(var fact) = line.event else { throw CountyFault("line", "is another") }
            (fact.parties.operatorName, fact.how) = (name, .scan)
            line.event = .parcelReceived(fact)
            let ledger = MemoryLedger()
            var fold = StationFold()
            ledger.fold([line], into: &fold)
            #expect(ledger.counted.map(\.key.operatorName) == [kept], "\(name)")
        }
    }
}
