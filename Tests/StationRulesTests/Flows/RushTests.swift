import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("The driver's six minutes")
struct RushTests {
    private var cabinet = Cabinet(
        doors: (1...12).map { DoorSettings(name: DoorName(rawValue: $0 < 10 ? "A0\($0)" : "A\($0)"), size: .medium) },
        shelf: (1...28).map { ShelfPlace(shelf: "S1", number: $0) }
    )
    private let parcels = (10..<50).map { Waybill(rawValue: "YT89626467853\($0)") }

    @Test("forty parcels are in twelve doors and on twenty-eight shelf places, each once, in less than six minutes")
    mutating func forty() {
        cabinet.announce(parcels.map { ManifestEntry($0) })
        let start = cabinet.now.uptime
        cabinet.scan(cabinet.badge(.courier))
        var open: DoorName?
        for waybill in parcels {
            // The next parcel is scanned while the door before still stands open.
            cabinet.scan(waybill.rawValue)
            #expect(cabinet.pulses.count <= 1)
            let next = cabinet.pulses.first
            if let open { cabinet.shut(open) }
            if let next { cabinet.open(next) }
            open = next
        }
        cabinet.end()
        #expect(cabinet.now.uptime - start < 360_000)
        #expect(parcels.allSatisfy { cabinet.status($0) == .stored })
        #expect(Set(parcels.map { cabinet.place(of: $0) }).count == 40)
        #expect(cabinet.event(RunDeparted.self)?.parcelsIn == 40)
        cabinet.scan(cabinet.badge(.courier))
        cabinet.scan("YT8962646785399")
        #expect(cabinet.reason == .full)
    }

    @Test("by the hand-over card all forty are checked in with one scan")
    mutating func handOver() {
        cabinet.announce(parcels.map { ManifestEntry($0, run: "R1") })
        cabinet.scan(cabinet.badge(.courier))
        cabinet.card(.handOver("R1"))
        cabinet.end()
        #expect(cabinet.event(RunDeparted.self)?.parcelsIn == 40)
        #expect(parcels.allSatisfy { cabinet.status($0) == .received })
    }
}
