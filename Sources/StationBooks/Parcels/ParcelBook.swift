public import LockerDomain

/// All parcels of a station with the indexes that keep every input as cheap with 10,000 parcels as with ten. The
/// indexes follow from the parcels: only those are encoded and compared.
public struct ParcelBook: Sendable {
    private var parcels: [Waybill: Parcel] = [:]
    /// Those inside, by place.
    private var inside: [Place: Set<Waybill>] = [:]
    /// Those inside and those whose code still works, by the county's keyed hash of the recipient's phone.
    private var recipients: [String: Set<Waybill>] = [:]
    /// All whose phone is known, by its last four digits.
    private var lastFours: [String: Set<Waybill>] = [:]
    /// Those with a time until which something of them still works, by the place where they lie or lay last.
    private var lingerers: [Place: Set<Waybill>] = [:]
    /// All of a bag, and those announced with a run and not seen yet.
    private var bags: [String: Set<Waybill>] = [:]
    private var runs: [String: Set<Waybill>] = [:]
    /// Those with a courier or keeper on their way back, and those with an agent on their way to the recipient.
    private var back: Set<Waybill> = []
    private var brought: Set<Waybill> = []
    /// Those that left with a run, those whose story here is over otherwise and those announced, by the day of it, and
    /// those dated by a clock that could not know the time: what the books forget is found without a look at the rest.
    private var left: Set<Waybill> = []
    private var ended: [Int64: Set<Waybill>] = [:]
    private var announced: [Int64: Set<Waybill>] = [:]
    private var undated: Set<Waybill> = []
    /// Those whose number says that they are parts of a waybill, by its number.
    package private(set) var children: [Waybill: Set<Waybill>] = [:]
    /// Those that had other numbers, by each of them.
    private(set) var formers: [Waybill: Waybill] = [:]

    public init() {}

    public var count: Int { parcels.count }
    public var isEmpty: Bool { parcels.isEmpty }
    public var values: Dictionary<Waybill, Parcel>.Values { parcels.values }
    public var keys: Dictionary<Waybill, Parcel>.Keys { parcels.keys }

    public subscript(waybill: Waybill) -> Parcel? {
        get { parcels[waybill] }
        set {
            let isKnown = parcels[waybill] != nil
            if let old = parcels[waybill] {
                forget(waybill, old.shelfmarks)
                for number in old.formerly ?? [] where formers[number] == waybill { formers[number] = nil }
            }
            parcels[waybill] = newValue
            if let newValue { index(waybill, newValue.shelfmarks) }
            for number in newValue?.formerly ?? [] { formers[number] = waybill }
            // A number never changes: its parent is looked up once.
            if isKnown != (newValue != nil) { file(waybill, isIn: !isKnown) }
        }
    }

    private mutating func file(_ waybill: Waybill, isIn: Bool) {
        guard let stem = ChildParcel(waybill)?.stem else { return }
        if isIn {
            children[stem, default: []].insert(waybill)
        } else {
            Self.drop(waybill, at: stem, in: &children)
        }
    }

    /// Changes a parcel where it lies, but not its numbers. Whether one was there.
    @discardableResult
    public mutating func change(_ waybill: Waybill, _ body: (inout Parcel) -> Void) -> Bool {
        guard let position = parcels.index(forKey: waybill) else { return false }
        let (before, after) = Self.change(&parcels.values[position], body)
        guard after != before else { return true }
        forget(waybill, before)
        index(waybill, after)
        return true
    }

    private static func change(
        _ parcel: inout Parcel,
        _ body: (inout Parcel) -> Void
    ) -> (before: Shelfmarks, after: Shelfmarks) {
        let before = parcel.shelfmarks
        body(&parcel)
        return (before, parcel.shelfmarks)
    }

    /// Whether the books know the parcel.
    public func contains(_ waybill: Waybill) -> Bool { parcels.index(forKey: waybill) != nil }

    /// Where the parcel lies, or lay last.
    public func place(of waybill: Waybill) -> Place? {
        parcels.index(forKey: waybill).flatMap { parcels.values[$0].place }
    }

    /// Parcels at a place, by waybill.
    public func at(_ place: Place) -> [Parcel] { sorted(inside[place]) }

    /// Whether anything lies at a place.
    public func isTaken(_ place: Place) -> Bool { inside[place] != nil }

    /// Parcels inside for one recipient, by waybill.
    public func inside(of recipientKey: String) -> [Parcel] { sorted(recipients[recipientKey]).filter(\.isInside) }

    /// Parcels of one recipient that were taken out and whose code still works, or did a moment ago, by waybill.
    package func reopenable(of recipientKey: String) -> [Parcel] {
        sorted(recipients[recipientKey]).filter { !$0.isInside }
    }

    /// Parcels at a place, or taken from it last, of which something still works for a time, by waybill.
    package func reopenable(at place: Place) -> [Parcel] { sorted(lingerers[place]) }

    /// All of them, by place.
    package var reopenable: [Parcel] { lingerers.values.flatMap(sorted) }

    /// Parcels inside whose recipient's phone ends so, by waybill.
    public func inside(lastFour: String) -> [Parcel] { of(lastFour: lastFour).filter(\.isInside) }

    /// All parcels whose recipient's phone ends so, by waybill.
    package func of(lastFour: String) -> [Parcel] { sorted(lastFours[lastFour]) }

    /// Parcels announced in a bag and not seen yet, by waybill.
    public func expected(inBag bag: String) -> [Parcel] {
        sorted(bags[Self.bagNumber(bag)]).filter { $0.status == .expected }
    }

    /// Whether any parcel here came, or comes, in the bag.
    public func knows(bag: String) -> Bool { bags[Self.bagNumber(bag)] != nil }

    /// The number of a bag or seal as it is looked up, whoever wrote or scanned it: in capitals, an SSCC without its
    /// application identifier.
    package static func bagNumber(_ text: String) -> String {
        let number = text.uppercased()
        // Nearly all are too short to be an SSCC, or have letters.
        guard number.utf8.count >= 18, !number.utf8.contains(where: \.isLetter),
            let reading = try? WaybillReading(number), reading.kind == .sscc
        else { return number }
        return reading.normalized
    }

    /// Parcels announced with a run and not seen yet, by waybill.
    public func expected(inRun run: String) -> [Parcel] { sorted(runs[run.uppercased()]) }

    /// Parcels taken back that have not left yet, by waybill.
    public var onTheirWayBack: [Parcel] { sorted(back) }

    /// Parcels that agents have in custody, by waybill.
    package var withAgents: [Parcel] { sorted(brought) }

    /// Parcels that left with a run, by waybill.
    package var gone: [Parcel] { sorted(left) }

    /// Parcels whose story here was over before the wall time without a run that took them.
    package func over(before wall: Int64) -> [Parcel] { parcels(of: ended, before: wall) }

    /// Parcels announced before the wall time and not seen yet.
    package func announced(before wall: Int64) -> [Parcel] { parcels(of: announced, before: wall) }

    private func parcels(of days: [Int64: Set<Waybill>], before wall: Int64) -> [Parcel] {
        days.keys.filter { $0 <= Parcel.day(of: wall) }.sorted()
            .flatMap { sorted(days[$0]).filter { $0.changed < wall } }
    }

    /// Parcels that were dated by a clock that could not know the time, by waybill.
    package var undatedParcels: [Parcel] { sorted(undated) }

    /// All that lie at their places, by waybill.
    public var allInside: [Parcel] { inside.values.flatMap(sorted).sorted { $0.waybill < $1.waybill } }

    func sorted(_ waybills: Set<Waybill>?) -> [Parcel] {
        guard let waybills else { return [] }
        return waybills.sorted().compactMap { parcels[$0] }
    }

    private mutating func index(_ waybill: Waybill, _ marks: Shelfmarks) {
        if let place = marks.place { inside[place, default: []].insert(waybill) }
        if let key = marks.recipientKey { recipients[key, default: []].insert(waybill) }
        if let digits = Masking.lastFour(of: marks.phoneMasked) { lastFours[digits, default: []].insert(waybill) }
        if let place = marks.lingersAt { lingerers[place, default: []].insert(waybill) }
        if marks.isBack { back.insert(waybill) }
        if marks.isWithAgent { brought.insert(waybill) }
        if marks.isGone { left.insert(waybill) }
        if marks.isUndated { undated.insert(waybill) }
        if let day = marks.endedDay { ended[day, default: []].insert(waybill) }
        if let day = marks.announcedDay { announced[day, default: []].insert(waybill) }
        if let bag = marks.bag { bags[Self.bagNumber(bag), default: []].insert(waybill) }
        if let run = marks.run { runs[run.uppercased(), default: []].insert(waybill) }
    }

    private mutating func forget(_ waybill: Waybill, _ marks: Shelfmarks) {
        if let place = marks.place { Self.drop(waybill, at: place, in: &inside) }
        if let key = marks.recipientKey { Self.drop(waybill, at: key, in: &recipients) }
        if let digits = Masking.lastFour(of: marks.phoneMasked) { Self.drop(waybill, at: digits, in: &lastFours) }
        if let place = marks.lingersAt { Self.drop(waybill, at: place, in: &lingerers) }
        if marks.isBack { back.remove(waybill) }
        if marks.isWithAgent { brought.remove(waybill) }
        if marks.isGone { left.remove(waybill) }
        if marks.isUndated { undated.remove(waybill) }
        if let day = marks.endedDay { Self.drop(waybill, at: day, in: &ended) }
        if let day = marks.announcedDay { Self.drop(waybill, at: day, in: &announced) }
        if let bag = marks.bag { Self.drop(waybill, at: Self.bagNumber(bag), in: &bags) }
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
        for (waybill, parcel) in parcels {
            index(waybill, parcel.shelfmarks)
            file(waybill, isIn: true)
            for number in parcel.formerly ?? [] { formers[number] = waybill }
        }
    }

    public func encode(to encoder: any Encoder) throws { try parcels.encode(to: encoder) }
}

extension ParcelBook: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (Waybill, Parcel)...) {
        self.init()
        for (waybill, parcel) in elements { self[waybill] = parcel }
    }
}

/// What a parcel is found by.
private struct Shelfmarks: Equatable {
    var place: Place?
    var lingersAt: Place?
    var recipientKey: String?
    var phoneMasked: String?
    var isBack: Bool
    var isWithAgent: Bool
    var isGone: Bool
    var isUndated: Bool
    var endedDay: Int64?
    var announcedDay: Int64?
    var bag: String?
    var run: String?
}

extension Parcel {
    fileprivate var shelfmarks: Shelfmarks {
        let (isInside, isExpected) = (isInside, status == .expected)
        return Shelfmarks(
            place: isInside ? place : nil,
            lingersAt: lingers ? place : nil,
            recipientKey: isInside || lingers ? recipientKey : nil,
            phoneMasked: phoneMasked,
            isBack: status == .retrieved,
            isWithAgent: status == .withAgent,
            isGone: status == .returned,
            isUndated: changed < Limits.earliestWallMilliseconds,
            endedDay: hasEnded ? Self.day(of: changed) : nil,
            announcedDay: isExpected ? Self.day(of: changed) : nil,
            bag: bag,
            run: isExpected ? run : nil
        )
    }

    fileprivate static func day(of wall: Int64) -> Int64 { wall / 86_400_000 }

    private var lingers: Bool { reusableUntil != 0 || releasedUntil != 0 || reopenUntil != 0 }

    /// Whether its story here is over without a run that took it.
    private var hasEnded: Bool {
        switch status {
        case .collected, .inParts, .lost, .missing: true
        case .expected, .received, .stored, .withAgent, .refused, .retrieved, .returned: false
        }
    }
}
