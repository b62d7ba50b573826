import LockerDomain
import StationBooks
package import SyncWire

/// A batch as it came to the county of a world.
package struct PostedBatch: Sendable {
    /// True time at which it came, milliseconds since 1970.
    package var time: Int64
    package var header: ChainHeader
    /// In clear, in the layout of `Batch`.
    package var body: [UInt8]

    package init(time: Int64, header: ChainHeader, body: [UInt8]) {
        (self.time, self.header, self.body) = (time, header, body)
    }
}

/// Worlds that are stations of one county.
extension World {
    /// The only station of a world, when it is given no other id.
    static let firstStation = "sim-0001"
    private static let secondStation = "sim-0002"
    /// When a world begins unless it is told: midnight in China, 2026-05-11 16:00 UTC.
    package static let firstMidnight: Int64 = 1_778_515_200_000

    /// A station of a county. What happens there follows from the seed alone, whatever it is called.
    ///
    /// - Parameters:
    ///   - station: its id.
    ///   - villages: what manifests name as the village of a parcel, by the last digit of its number, beginning again behind
    ///     the last; an empty text is none.
    ///   - beginning: midnight in China, milliseconds since 1970.
    package convenience init(
        seed: UInt64,
        station: String,
        villages: [String],
        beginning: Int64 = World.firstMidnight
    ) {
        self.init(seed: seed, profile: nil, station: station, beginning: beginning)
        self.villages = villages
        keepsPosted = true
    }

    /// True time at which a day begins, counted from 0, milliseconds since 1970.
    package func begin(ofDay day: Int) -> Int64 { beginning + Int64(day) * Span.day }

    /// Another station of the county, to which some parcels belong that a manifest names.
    var otherStation: String { settings.id == Self.secondStation ? Self.firstStation : Self.secondStation }

    /// What a manifest names as the village of a parcel.
    func village(of label: Waybill) -> String? {
        guard !villages.isEmpty, let digit = label.rawValue.last?.wholeNumberValue else { return nil }
        let village = villages[digit % villages.count]
        return village.isEmpty ? nil : village
    }
}
