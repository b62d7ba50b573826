import CountyBooks
import GRDB
import LockerDomain
import StationBooks

/// Chooses `n` for announced parcels so that no two codes of a station are equal (DESIGN 4.4).
struct CodeChoice {
    private let station: String
    private let key: CodeKey
    private var codes: [PickupCode: Waybill] = [:]

    init(_ db: Database, station: StationRecord, key: CodeKey) throws {
        self.station = station.id
        self.key = key
        for parcel in try ParcelBook.open(db, station: station.id) {
            codes[PickupCode(parcel.codeName, n: parcel.n, key: key)] = parcel.codeName
        }
    }

    /// The `n` for a waybill: never below one that was announced before, above one whose parcel is done.
    mutating func take(_ db: Database, _ waybill: Waybill, wanted: UInt32?) throws -> UInt32 {
        let known = try ParcelBook.find(db, station: station, waybill: waybill)
        var n = wanted ?? 0
        if let known {
            // The station keeps a parcel that lies there as it is, so its code must not change either; nor does one that
            // was told of its other number.
            if known.state == .stored || known.state == .announced && known.codeOf != nil { return known.n }
            // Whatever a station reported; at the highest of all it stays there, as at the station.
            n = max(n, known.state == .closed ? CodeCounter.above(known.n) : known.n)
        }
        let last = max(n, Limits.announcedNMax)
        while let other = codes[PickupCode(waybill, n: n, key: key)], other != waybill {
            guard n < last else { throw CountyFault("waybill \(waybill)", "has no free code", mend: "load it later") }
            n = CodeCounter.above(n)
        }
        codes[PickupCode(waybill, n: n, key: key)] = waybill
        return n
    }

    /// The next `n` above one under which no other parcel has the same code.
    func above(_ n: UInt32, _ waybill: Waybill) throws -> UInt32 {
        let tries = CodeCounter.next(Self.triesMax, above: n)
        guard !tries.isEmpty else {
            throw CountyFault("waybill \(waybill)", "has no free code: n = \(n) is the highest of all 取件码序号已到上限")
        }
        for next in tries.map(UInt32.init) {
            let other = codes[PickupCode(waybill, n: next, key: key)]
            if other == nil || other == waybill { return next }
        }
        throw CountyFault("waybill \(waybill)", "has no free code", mend: "try it later")
    }

    /// Codes tried for a parcel; each is taken already with a chance of some 10⁻⁴ at the most.
    private static let triesMax: UInt32 = 128
}
