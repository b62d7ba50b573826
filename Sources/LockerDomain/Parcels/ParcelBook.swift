/// All parcels of a station with the indexes that keep every input as cheap with 10,000 parcels as with ten. The
/// indexes follow from the parcels: only those are encoded and compared.
public struct ParcelBook: Sendable {
    private var parcels: [Waybill: Parcel] = [:]
    /// Those inside, by place.
    private var inside: [Place: Set<Waybill>] = [:]
    /// Those inside, by the county's keyed hash of the recipient's phone.
    private var recipients: [String: Set<Waybill>] = [:]
    /// Those inside, by the last four digits of the phone.
    private var lastFours: [String: Set<Waybill>] = [:]
    /// All of a bag, and those announced with a run and not seen yet.
    private var bags: [String: Set<Waybill>] = [:]
    private var runs: [String: Set<Waybill>] = [:]
    /// Those with a courier or keeper on their way back.
    private var back: Set<Waybill> = []

    public init() {}

    public var count: Int { parcels.count }
    public var isEmpty: Bool { parcels.isEmpty }
    public var values: Dictionary<Waybill, Parcel>.Values { parcels.values }
    public var keys: Dictionary<Waybill, Parcel>.Keys { parcels.keys }

    public subscript(waybill: Waybill) -> Parcel? {
        get { parcels[waybill] }
        set {
            if let old = parcels[waybill] { forget(old) }
            parcels[waybill] = newValue
            if let newValue { index(newValue) }
        }
    }

    /// Parcels at a place, by waybill.
    public func at(_ place: Place) -> [Parcel] { sorted(inside[place]) }

    /// Whether anything lies at a place.
    public func isTaken(_ place: Place) -> Bool { inside[place] != nil }

    /// Parcels inside for one recipient, by waybill.
    public func inside(of recipientKey: String) -> [Parcel] { sorted(recipients[recipientKey]) }

    /// Parcels inside whose recipient's phone ends so, by waybill.
    public func inside(lastFour: String) -> [Parcel] { sorted(lastFours[lastFour]) }

    /// Parcels announced in a bag and not seen yet, by waybill.
    public func expected(inBag bag: String) -> [Parcel] { sorted(bags[bag]).filter { $0.status == .expected } }

    /// Whether any parcel here came, or comes, in the bag.
    public func knows(bag: String) -> Bool { bags[bag] != nil }

    /// Parcels announced with a run and not seen yet, by waybill.
    public func expected(inRun run: String) -> [Parcel] { sorted(runs[run]) }

    /// Parcels taken back that have not left yet, by waybill.
    public var onTheirWayBack: [Parcel] { sorted(back) }

    /// All that lie at their places, by waybill.
    public var allInside: [Parcel] { inside.values.flatMap(sorted).sorted { $0.waybill < $1.waybill } }

    private func sorted(_ waybills: Set<Waybill>?) -> [Parcel] {
        guard let waybills else { return [] }
        return waybills.sorted().compactMap { parcels[$0] }
    }

    private mutating func index(_ parcel: Parcel) {
        if parcel.isInside {
            if let place = parcel.place { inside[place, default: []].insert(parcel.waybill) }
            if let key = parcel.recipientKey { recipients[key, default: []].insert(parcel.waybill) }
            if let digits = parcel.lastFour { lastFours[digits, default: []].insert(parcel.waybill) }
        }
        if parcel.status == .retrieved { back.insert(parcel.waybill) }
        if let bag = parcel.bag { bags[bag.uppercased(), default: []].insert(parcel.waybill) }
        guard parcel.status == .expected else { return }
        if let run = parcel.run { runs[run.uppercased(), default: []].insert(parcel.waybill) }
    }

    private mutating func forget(_ parcel: Parcel) {
        if parcel.isInside {
            if let place = parcel.place { Self.drop(parcel.waybill, at: place, in: &inside) }
            if let key = parcel.recipientKey { Self.drop(parcel.waybill, at: key, in: &recipients) }
            if let digits = parcel.lastFour { Self.drop(parcel.waybill, at: digits, in: &lastFours) }
        }
        if parcel.status == .retrieved { back.remove(parcel.waybill) }
        if let bag = parcel.bag { Self.drop(parcel.waybill, at: bag.uppercased(), in: &bags) }
        guard parcel.status == .expected else { return }
        if let run = parcel.run { Self.drop(parcel.waybill, at: run.uppercased(), in: &runs) }
    }

    private static func drop<Key: Hashable>(_ waybill: Waybill, at key: Key, in index: inout [Key: Set<Waybill>]) {
        index[key]?.remove(waybill)
        if index[key]?.isEmpty == true { index[key] = nil }
    }
}

extension ParcelBook: Hashable {
    public static func == (left: ParcelBook, right: ParcelBook) -> Bool { left.parcels == right.parcels }
    public func hash(into hasher: inout Hasher) { hasher.combine(parcels) }
}

extension ParcelBook: Codable {
    public init(from decoder: any Decoder) throws {
        parcels = try [Waybill: Parcel](from: decoder)
        for parcel in parcels.values { index(parcel) }
    }

    public func encode(to encoder: any Encoder) throws { try parcels.encode(to: encoder) }
}

extension ParcelBook: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (Waybill, Parcel)...) {
        self.init()
        for (waybill, parcel) in elements { self[waybill] = parcel }
    }
}
