import CountyBooks
import LockerDomain
import Testing

@Suite("Waybills of a station that moved to another township")
struct MovedStationTests {
    private typealias World = ViewWorld

    /// The station of S1 stands at S3, which is in the other township.
    private func context(_ township: String) throws -> ViewContext {
        ViewContext(Registers(World.movedRows), try World.township(township), now: World.now)
    }

    /// One that was collected before the station moved, and one that came behind it.
    private var pieces: [PieceOfStation] {
        var before = World.piece("SF1", .inbound, .collected)
        (before.arrivedAt, before.endedAt) = (World.at(9, daysBefore: 10), World.at(9, daysBefore: 9))
        var after = World.piece("SF2", .inbound, .collected)
        (after.arrivedAt, after.endedAt) = (World.at(9, daysBefore: 3), World.at(9, daysBefore: 2))
        return [before, after].map { PieceOfStation(station: "yc-01", piece: $0) }
    }

    @Test("the township that counts a parcel finds it, and finds none that it does not count")
    func before() throws {
        let context = try context("140522102")
        let counted = [
            World.counted("SF1", at: "yc-01", daysBefore: 10), World.counted("SF2", at: "yc-01", daysBefore: 3),
        ]
        let period = try #require(CountyPeriod(.month, "2026-11"))
        let seen = BooksExtract(period: period, pieces: counted).seen(by: context)
        #expect(seen.pieces.map(\.waybill) == ["SF1"])
        let found = pieces.filter { ParcelView($0.piece.waybill, [$0], [], context).isFound }
        #expect(found.map(\.piece.waybill) == ["SF1"])
    }

    @Test("the township in which the station stands finds what came behind the move, and what is there still")
    func after() throws {
        var here = World.piece("SF3", storedAt: World.at(9, daysBefore: 8))
        here.arrivedAt = World.at(9, daysBefore: 8)
        let all = pieces + [PieceOfStation(station: "yc-01", piece: here)]
        let view = ParcelSearchView("SF", all, try context("140522103")).view
        #expect(try view.table("parcels").rows.map { $0[0].text() } == ["SF2", "SF3"])
        let other = ParcelSearchView("SF", all, try context("140522102")).view
        #expect(try other.table("parcels").rows.map { $0[0].text() } == ["SF1", "SF3"])
    }
}
