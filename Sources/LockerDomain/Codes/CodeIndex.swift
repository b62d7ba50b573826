/// Which parcels and shipments a code or token is for, so that a typed code costs one look-up. Follows from the books and
/// K; kept beside the state, since K never goes into it. What it names may be gone since: the caller asks the books.
struct CodeIndex: Sendable {
    /// A shipment may carry the number of a parcel: it goes out and comes back. Their codes differ by `n`.
    private struct Key: Hashable, Sendable {
        var waybill: Waybill
        var isShipment: Bool
    }

    private struct Entry: Sendable {
        var n: UInt32
        var code: PickupCode
    }

    private var entries: [Key: Entry] = [:]
    /// Nearly always of one alone.
    private var codes: [PickupCode: [Key]] = [:]
    private var subjects: [[UInt8]: Waybill] = [:]
    private var recipients: [[UInt8]: String] = [:]

    init() {}

    init(_ state: StationState, key: CodeKey) {
        for parcel in state.parcels.values {
            add(parcel.waybill, n: parcel.n, recipient: parcel.recipientKey, key: key)
        }
        for shipment in state.shipments.values { add(shipment: shipment.waybill, n: shipment.n, key: key) }
    }

    /// Every parcel that a code may be for, in order.
    func waybills(for code: PickupCode) -> [Waybill] { waybills(for: code, areShipments: false) }

    /// Every shipment that a code may be for, in order.
    func shipments(for code: PickupCode) -> [Waybill] { waybills(for: code, areShipments: true) }

    private func waybills(for code: PickupCode, areShipments: Bool) -> [Waybill] {
        guard let names = codes[code] else { return [] }
        return names.compactMap { $0.isShipment == areShipments ? $0.waybill : nil }.sorted()
    }

    /// The parcel of a pickup token.
    func waybill(forSubject subject: [UInt8]) -> Waybill? { subjects[subject] }

    /// The recipient of a delegation token.
    func recipient(forSubject subject: [UInt8]) -> String? { recipients[subject] }

    mutating func add(_ waybill: Waybill, n: UInt32, recipient: String?, key: CodeKey) {
        if let recipient { recipients[Token.subject(ofRecipient: recipient)] = recipient }
        let name = Key(waybill: waybill, isShipment: false)
        let old = entries[name]
        guard old?.n != n else { return }
        if let old { subjects[Token.subject(of: waybill, n: old.n)] = nil }
        subjects[Token.subject(of: waybill, n: n)] = waybill
        replace(old, of: name, n: n, key: key)
    }

    mutating func add(shipment waybill: Waybill, n: UInt32, key: CodeKey) {
        let name = Key(waybill: waybill, isShipment: true)
        let old = entries[name]
        if old?.n != n { replace(old, of: name, n: n, key: key) }
    }

    private mutating func replace(_ old: Entry?, of name: Key, n: UInt32, key: CodeKey) {
        if let old { forget(old.code, of: name) }
        let entry = Entry(n: n, code: PickupCode(name.waybill, n: n, key: key))
        entries[name] = entry
        codes[entry.code, default: []].append(name)
    }

    /// Drops what the books have forgotten.
    mutating func forget(_ gone: StationState.Forgotten) {
        for waybill in gone.parcels {
            guard let entry = drop(Key(waybill: waybill, isShipment: false)) else { continue }
            subjects[Token.subject(of: waybill, n: entry.n)] = nil
        }
        for waybill in gone.shipments { drop(Key(waybill: waybill, isShipment: true)) }
    }

    @discardableResult
    private mutating func drop(_ name: Key) -> Entry? {
        guard let entry = entries.removeValue(forKey: name) else { return nil }
        forget(entry.code, of: name)
        return entry
    }

    private mutating func forget(_ code: PickupCode, of name: Key) {
        codes[code]?.removeAll { $0 == name }
        if codes[code]?.isEmpty == true { codes[code] = nil }
    }

    /// Takes an event in which a parcel or shipment gets its `n`.
    mutating func take(_ event: Event, _ state: StationState, key: CodeKey) {
        switch event {
        case .parcelExpected(let fact):
            add(fact.entry.waybill, n: fact.entry.n, recipient: fact.entry.recipientKey, key: key)
        case .parcelReceived(let fact):
            add(fact.waybill, n: fact.n, recipient: state.parcels[fact.waybill]?.recipientKey, key: key)
        case .parcelContactGiven(let fact):
            guard let parcel = state.parcels[fact.waybill] else { return }
            add(fact.waybill, n: parcel.n, recipient: fact.recipientKey, key: key)
        case .parcelCodeReissued(let fact): add(fact.waybill, n: fact.n, recipient: nil, key: key)
        case .shipmentDroppedOff(let fact): add(shipment: fact.waybill, n: fact.n, key: key)
        default: break
        }
    }
}
