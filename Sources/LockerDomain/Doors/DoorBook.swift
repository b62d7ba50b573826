/// What the journal proves about all doors, with the few that something is under way at known without looking at the
/// rest: a scan must cost as much at 60 doors as at 12. Only the doors are encoded and compared.
public struct DoorBook: Sendable {
    private var doors: [DoorName: DoorState] = [:]
    /// Doors that are being opened or stand open for somebody.
    public private(set) var busy: Set<DoorName> = []
    /// Doors whose deposit was cut short.
    public private(set) var asking: Set<DoorName> = []
    /// Doors known to hold something, not to be sure, or to be out of service: no look at them is needed for a deposit.
    private var barred: Set<DoorName> = []

    public init() {}

    public var keys: Dictionary<DoorName, DoorState>.Keys { doors.keys }
    public var values: Dictionary<DoorName, DoorState>.Values { doors.values }

    public subscript(name: DoorName) -> DoorState? {
        get { doors[name] }
        set {
            doors[name] = newValue
            if newValue?.cycle != nil { busy.insert(name) } else if !busy.isEmpty { busy.remove(name) }
            if let newValue, newValue.contents != .empty || newValue.outOfService != nil {
                barred.insert(name)
            } else if !barred.isEmpty {
                barred.remove(name)
            }
            if newValue?.asksInside != nil { asking.insert(name) } else if !asking.isEmpty { asking.remove(name) }
        }
    }

    /// State of a door; one without events has the contents that the journal can prove.
    func state(of name: DoorName, contentsLost: Bool) -> DoorState {
        doors[name] ?? DoorState(contents: contentsLost ? .unknown : .empty)
    }

    /// Whether a deposit may not go into the door whatever its sensor says.
    public func isBarred(_ name: DoorName) -> Bool { barred.contains(name) }

    /// The doors that pass, by name.
    public func filter(
        _ isIncluded: (Dictionary<DoorName, DoorState>.Element) throws -> Bool
    ) rethrows -> [DoorName: DoorState] { try doors.filter(isIncluded) }
}

extension DoorBook: Sequence {
    public func makeIterator() -> Dictionary<DoorName, DoorState>.Iterator { doors.makeIterator() }
}

extension DoorBook: Hashable {
    public static func == (left: DoorBook, right: DoorBook) -> Bool { left.doors == right.doors }
    public func hash(into hasher: inout Hasher) { hasher.combine(doors) }
}

extension DoorBook: Codable {
    public init(from decoder: any Decoder) throws {
        for (name, state) in try [DoorName: DoorState](from: decoder) { self[name] = state }
    }

    public func encode(to encoder: any Encoder) throws { try doors.encode(to: encoder) }
}
