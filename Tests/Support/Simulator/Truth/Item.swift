import LockerDomain

/// A parcel of cardboard, wherever the books have it.
struct Item {
    /// Where it really is.
    enum Location: Hashable {
        /// Not in the village yet, or on its way back.
        case van
        case hands(Int)
        case at(Place)
        case recipient
        /// Inside the station, at no place of the books: in a bag, or on the counter.
        case counter
    }

    var id: Int
    /// What is printed on it.
    var label: Waybill
    /// The person it is for.
    var owner: Int
    var size: Size
    var location = Location.van
    /// Under which number the station took it in, when a scan was garbled.
    var recordedAs: Waybill?
    /// Whether a manifest announces it.
    var isAnnounced: Bool
    /// A villager sends it; it is not for anybody here.
    var isShipment = false
    /// Looked at and not wanted: it goes back.
    var isRefused = false
    /// What the courier has to declare before it.
    var flaw: ParcelException?

    /// What is printed on it: one of three labels has the number of its only part, too (`-1-1-`).
    var barcodes: [String] {
        let isTwice = id % 3 == 1 && ChildParcel(label) == nil
        return [label.rawValue, label.rawValue + (isTwice ? "-1-1-" : "")]
    }

    /// The number under which the books have it.
    var booked: Waybill { recordedAs ?? label }
}

/// Why the books may be wrong about a place without a fault of the station: the list of all allowed differences.
enum Excuse: String, CaseIterable {
    /// A wire that is cut reads open or shut for ever.
    case sensorLied
    /// The courier shut the door and had put nothing in; no sensor sees that.
    case shutWithoutPuttingIn
    /// The recipient shut the door with the parcel still inside.
    case shutWithParcelInside
    /// Opened and shut while the station was off, or could write nothing.
    case unseen
    /// Taken off the shelf and never scanned out.
    case takenUnscanned
    /// The station recorded the shelf place and its answer was lost on the way to the courier.
    case neverTold
    /// A door failed, and the station gave a shelf place by itself when the courier was busy elsewhere.
    case givenUnasked
    /// Somebody scanned a number into another person's session: the scanner does not tell who holds it.
    case strangeScan
    /// A code had released it, and somebody else scanned its label where it still lay.
    case releasedBefore
    /// The journal was lost with all that the books knew of the shelves.
    case journalLost
}

/// The world as it really is: parcels and places.
struct Truth {
    private(set) var items: [Item] = []
    private var contents: [Place: [Int]] = [:]
    private(set) var excuses: [Place: Excuse] = [:]
    /// True time of the last change at a place.
    private(set) var changed: [Place: Int64] = [:]

    mutating func add(label: Waybill, owner: Int, size: Size, isAnnounced: Bool) -> Int {
        items.append(Item(id: items.count, label: label, owner: owner, size: size, isAnnounced: isAnnounced))
        return items.count - 1
    }

    mutating func move(_ item: Int, to location: Item.Location, at time: Int64) {
        if case .at(let place) = items[item].location {
            contents[place]?.removeAll { $0 == item }
            changed[place] = time
        }
        items[item].location = location
        guard case .at(let place) = location else { return }
        contents[place, default: []].append(item)
        changed[place] = time
    }

    mutating func addShipment(label: Waybill, owner: Int) -> Int {
        let item = add(label: label, owner: owner, size: .medium, isAnnounced: false)
        items[item].isShipment = true
        return item
    }

    mutating func refuse(_ item: Int) { items[item].isRefused = true }

    mutating func flaw(_ item: Int, _ flaw: ParcelException?) { items[item].flaw = flaw }

    mutating func record(_ item: Int, as waybill: Waybill?) { items[item].recordedAs = waybill }

    /// What really lies at a place.
    func inside(_ place: Place) -> [Item] { (contents[place] ?? []).map { items[$0] } }

    mutating func excuse(_ place: Place, _ excuse: Excuse) {
        // What lay there before is still there, whatever happens besides.
        if excuses[place] != .journalLost { excuses[place] = excuse }
    }

    /// A keeper looked: what the books say from here on is judged again.
    mutating func settle(_ place: Place) { excuses[place] = nil }
}
