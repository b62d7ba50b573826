import LockerDomain
import LockerTestKit
import StationBooks
import Testing

@Suite("The books of parcels")
struct ParcelBookTests {
    @Test(
        "every index finds what a look at all parcels finds, whatever has happened to them",
        arguments: Seeds.all(fixed: 3)
    )
    func indexes(seed: UInt64) {
        var random = SplitMix(seed: seed)
        var book = ParcelBook()
        for _ in 0..<3_000 {
            let waybill = Waybill(rawValue: "YT\(Int.random(in: 0..<60, using: &random))")
            switch Int.random(in: 0..<10, using: &random) {
            case 0: book[waybill] = nil
            case 1...4: book[waybill] = Self.parcel(waybill, &random)
            default:
                let other = Self.parcel(waybill, &random)
                book.change(waybill) { $0 = other }
            }
        }
        let parcels = book.values.sorted { $0.waybill < $1.waybill }
        func all(where isIncluded: (Parcel) -> Bool) -> [Waybill] { parcels.filter(isIncluded).map(\.waybill) }
        #expect(parcels.count > 20, "the books are not empty")
        for place in Self.places {
            #expect(book.at(place).map(\.waybill) == all { $0.isInside && $0.place == place })
            #expect(book.isTaken(place) == !book.at(place).isEmpty)
        }
        #expect(book.inside(of: "key").map(\.waybill) == all { $0.isInside && $0.recipientKey == "key" })
        #expect(book.inside(lastFour: "5678").map(\.waybill) == all { $0.isInside && $0.lastFour == "5678" })
        #expect(book.of(lastFour: "5678").map(\.waybill) == all { $0.lastFour == "5678" })
        let lingers: (Parcel) -> Bool = { $0.reusableUntil != 0 || $0.releasedUntil != 0 || $0.reopenUntil != 0 }
        #expect(book.reopenable.map(\.waybill).sorted() == all { lingers($0) && $0.place != nil })
        for place in Self.places {
            #expect(book.reopenable(at: place).map(\.waybill) == all { lingers($0) && $0.place == place })
        }
        #expect(
            book.reopenable(of: "key").map(\.waybill) == all { lingers($0) && !$0.isInside && $0.recipientKey == "key" }
        )
        #expect(book.withAgents.map(\.waybill) == all { $0.status == .withAgent })
        #expect(book.onTheirWayBack.map(\.waybill) == all { $0.status == .retrieved })
        #expect(book.allInside.map(\.waybill) == all { $0.isInside && $0.place != nil })
        #expect(book.gone.map(\.waybill) == all { $0.status == .returned })
        #expect(book.undatedParcels.map(\.waybill) == all { $0.changed < Limits.earliestWallMilliseconds })
        let wall = Self.days[3]
        let stale = book.announced(before: wall).map(\.waybill).sorted()
        #expect(stale == all { $0.status == .expected && $0.changed < wall })
        let over: Set<Parcel.Status> = [.collected, .lost, .missing, .inParts]
        #expect(
            book.over(before: wall).map(\.waybill).sorted() == all { over.contains($0.status) && $0.changed < wall }
        )
        #expect(book.expected(inRun: "R1").map(\.waybill) == all { $0.status == .expected && $0.run == "r1" })
        #expect(book.expected(inBag: "B1").map(\.waybill) == all { $0.status == .expected && $0.bag == "b1" })
        for parcel in parcels {
            #expect(book.place(of: parcel.waybill) == parcel.place)
            #expect(book.contains(parcel.waybill))
        }
    }

    @Test("the number of a parcel that is done is remembered at its highest, until it is old or there are too many")
    func closed() {
        var closed = ClosedParcels()
        closed.close("A", n: 5, day: 100)
        closed.close("A", n: 3, day: 101)
        closed.close("B", n: 0, day: 100)
        closed.close("C", n: 0, day: 102)
        closed.close("D", n: 0, day: 102)
        #expect(closed["A"]?.n == 5)
        closed.forget(before: 101, most: 10)
        #expect(closed["B"] == nil)
        #expect(closed["A"]?.day == 101)
        closed.forget(before: 101, most: 1)
        #expect(closed.count == 1)
        #expect(closed["C"] != nil, "of one day the first by number stay")
    }

    private static let places: [Place] = [.door("A01"), .door("A02"), .shelf("S1")]
    private static let days: [Int64] = [0, 86_400_000, 1_778_544_000_000, 1_778_600_000_000, 1_778_944_000_001]

    private static func parcel(_ waybill: Waybill, _ random: inout SplitMix) -> Parcel {
        var parcel = Parcel(
            waybill: waybill,
            parties: Parties(brand: "YTO", operatorName: "o", agent: "a", cooperationMode: .direct),
            size: .small,
            n: 0,
            status: Parcel.Status.allCases.randomElement(using: &random) ?? .stored,
            announced: true,
            changed: days.randomElement(using: &random) ?? 0
        )
        parcel.place = Bool.random(using: &random) ? places.randomElement(using: &random) : nil
        parcel.recipientKey = Bool.random(using: &random) ? "key" : nil
        parcel.phoneMasked = Bool.random(using: &random) ? "138****5678" : nil
        switch Int.random(in: 0..<6, using: &random) {
        case 0: parcel.reusableUntil = 1
        case 1: parcel.releasedUntil = 1
        case 2: parcel.reopenUntil = 1
        default: break
        }
        parcel.bag = Bool.random(using: &random) ? "b1" : nil
        parcel.run = Bool.random(using: &random) ? "r1" : nil
        return parcel
    }
}
