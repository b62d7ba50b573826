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
            if let old = parcels[waybill] { forget(waybill, Shelfmarks(old)) }
            parcels[waybill] = newValue
            if let newValue { index(newValue) }
        }
    }

    /// Changes a parcel where it lies. Whether one was there.
    @discardableResult
    public mutating func change(_ waybill: Waybill, _ body: (inout Parcel) -> Void) -> Bool {
        guard let position = parcels.index(forKey: waybill) else { return false }
        let before = Shelfmarks(parcels.values[position])
        body(&parcels.values[position])
        guard Shelfmarks(parcels.values[position]) != before else { return true }
        let parcel = parcels.values[position]
        forget(waybill, before)
        index(parcel)
        return true
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

    /// What a parcel is found by.
    private struct Shelfmarks: Equatable {
        var place: Place?
        var recipientKey: String?
        var phoneMasked: String?
        var isBack: Bool
        var bag: String?
        var run: String?

        init(_ parcel: Parcel) {
            let isInside = parcel.isInside
            place = isInside ? parcel.place : nil
            recipientKey = isInside ? parcel.recipientKey : nil
            phoneMasked = isInside ? parcel.phoneMasked : nil
            isBack = parcel.status == .retrieved
            bag = parcel.bag
            run = parcel.status == .expected ? parcel.run : nil
        }
    }

    private mutating func index(_ parcel: Parcel) {
        let (waybill, marks) = (parcel.waybill, Shelfmarks(parcel))
        if let place = marks.place { inside[place, default: []].insert(waybill) }
        if let key = marks.recipientKey { recipients[key, default: []].insert(waybill) }
        if let digits = Parcel.lastFour(of: marks.phoneMasked) { lastFours[digits, default: []].insert(waybill) }
        if marks.isBack { back.insert(waybill) }
        if let bag = marks.bag { bags[bag.uppercased(), default: []].insert(waybill) }
        if let run = marks.run { runs[run.uppercased(), default: []].insert(waybill) }
    }

    private mutating func forget(_ waybill: Waybill, _ marks: Shelfmarks) {
        if let place = marks.place { Self.drop(waybill, at: place, in: &inside) }
        if let key = marks.recipientKey { Self.drop(waybill, at: key, in: &recipients) }
        if let digits = Parcel.lastFour(of: marks.phoneMasked) { Self.drop(waybill, at: digits, in: &lastFours) }
        if marks.isBack { back.remove(waybill) }
        if let bag = marks.bag { Self.drop(waybill, at: bag.uppercased(), in: &bags) }
        if let run = marks.run { Self.drop(waybill, at: run.uppercased(), in: &runs) }
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
