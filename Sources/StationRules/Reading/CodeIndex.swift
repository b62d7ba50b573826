package import LockerDomain
import StationBooks

/// Which parcels and shipments a code or token is for, so that a typed code costs one look-up. Follows from the books and
/// K; kept beside the state, since K never goes into it. What it names may be gone since: the caller asks the books.
package struct CodeIndex: Sendable {
    /// A shipment may carry the number of a parcel: it goes out and comes back. Their codes differ by `n`.
    private struct Key: Hashable, Sendable {
        var waybill: Waybill
        var isShipment: Bool
    }

    private struct Entry: Sendable {
        /// The number that the code is made of.
        var name: Waybill
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
        for parcel in state.parcels.values { add(parcel, state.parcels, key: key) }
        for shipment in state.shipments.values { add(shipment: shipment.waybill, n: shipment.n, key: key) }
    }

    /// Every parcel that a code may be for, in order.
    package func waybills(for code: PickupCode) -> [Waybill] { waybills(for: code, areShipments: false) }

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

    /// A part under the code of the announced parcel is found by that.
    private mutating func add(_ parcel: Parcel, _ book: ParcelBook, key: CodeKey) {
        if let recipient = parcel.recipientKey { recipients[Token.subject(ofRecipient: recipient)] = recipient }
        guard !book.isOpenedByParent(parcel) else { return drop(parcel.waybill) }
        let (name, n) = (parcel.codeName, parcel.n)
        let old = entries[Key(waybill: parcel.waybill, isShipment: false)]
        guard old?.n != n || old?.name != name else { return }
        drop(parcel.waybill)
        subjects[Token.subject(of: name, n: n)] = parcel.waybill
        enter(Key(waybill: parcel.waybill, isShipment: false), name, n: n, key: key)
    }

    private mutating func add(shipment waybill: Waybill, n: UInt32, key: CodeKey) {
        let name = Key(waybill: waybill, isShipment: true)
        guard entries[name]?.n != n else { return }
        drop(name)
        enter(name, waybill, n: n, key: key)
    }

    private mutating func enter(_ key: Key, _ name: Waybill, n: UInt32, key codeKey: CodeKey) {
        let entry = Entry(name: name, n: n, code: PickupCode(name, n: n, key: codeKey))
        entries[key] = entry
        codes[entry.code, default: []].append(key)
    }

    private mutating func drop(_ waybill: Waybill) {
        guard let entry = drop(Key(waybill: waybill, isShipment: false)) else { return }
        let subject = Token.subject(of: entry.name, n: entry.n)
        if subjects[subject] == waybill { subjects[subject] = nil }
    }

    /// Drops what the books have forgotten.
    mutating func forget(_ gone: StationState.Forgotten) {
        for waybill in gone.parcels { drop(waybill) }
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
        let named: Waybill? =
            switch event {
            case .parcelExpected(let fact): fact.entry.waybill
            case .parcelReceived(let fact): fact.waybill
            case .parcelStored(let fact): fact.waybill
            case .parcelContactGiven(let fact): fact.waybill
            case .parcelCodeReissued(let fact): fact.waybill
            default: nil
            }
        if let named, let parcel = state.parcels[named] { add(parcel, state.parcels, key: key) }
        switch event {
        case .parcelJoined(let fact):
            drop(fact.formerly)
            if let parcel = state.parcels[fact.waybill] { add(parcel, state.parcels, key: key) }
        case .shipmentDroppedOff(let fact): add(shipment: fact.waybill, n: fact.n, key: key)
        default: break
        }
    }
}
