public import LockerDomain

/// Parcels and shipments that left the books of open work, so that `n` never falls for a repeated waybill (DESIGN 4.4).
/// The days follow from the entries: only those are encoded and compared.
public struct ClosedParcels: Sendable {
    /// One that is done.
    public struct Entry: Sendable, Hashable, Codable {
        public var n: UInt32
        /// Asia/Shanghai day of its end.
        public var day: Int64

        package init(n: UInt32, day: Int64) {
            (self.n, self.day) = (n, day)
        }
    }

    private var entries: [Waybill: Entry] = [:]
    private var days: [Int64: Set<Waybill>] = [:]

    public init() {}

    public var count: Int { entries.count }

    public subscript(waybill: Waybill) -> Entry? {
        get { entries[waybill] }
        set {
            if let old = entries[waybill] {
                days[old.day]?.remove(waybill)
                if days[old.day]?.isEmpty == true { days[old.day] = nil }
            }
            entries[waybill] = newValue
            if let newValue { days[newValue.day, default: []].insert(waybill) }
        }
    }

    /// The higher `n` is remembered: a parcel and a shipment may have had the same number.
    package mutating func close(_ waybill: Waybill, n: UInt32, day: Int64) {
        self[waybill] = Entry(n: max(n, self[waybill]?.n ?? 0), day: day)
    }

    /// Forgets what is older than the day, and the oldest of more than `most`.
    package mutating func forget(before day: Int64, most: Int) {
        for old in days.keys where old < day { forget(days[old] ?? []) }
        while entries.count > most, let oldest = days.keys.min(), let names = days[oldest] {
            forget(names.sorted().suffix(entries.count - most))
        }
    }

    private mutating func forget(_ waybills: some Sequence<Waybill>) {
        for waybill in waybills { self[waybill] = nil }
    }
}

extension ClosedParcels: Hashable {
    public static func == (left: ClosedParcels, right: ClosedParcels) -> Bool { left.entries == right.entries }
    public func hash(into hasher: inout Hasher) { hasher.combine(entries) }
}

extension ClosedParcels: Codable {
    public init(from decoder: any Decoder) throws {
        for (waybill, entry) in try [Waybill: Entry](from: decoder) { self[waybill] = entry }
    }

    public func encode(to encoder: any Encoder) throws { try entries.encode(to: encoder) }
}
