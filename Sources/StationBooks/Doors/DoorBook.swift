public import LockerDomain

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
            mark(name, newValue?.marks ?? DoorMarks())
        }
    }

    /// Changes a door where it stands; one without events has the contents that the journal can prove.
    mutating func change(_ name: DoorName, contentsLost: Bool, _ body: (inout DoorState) -> Void) {
        guard let position = doors.index(forKey: name) else {
            var state = state(of: name, contentsLost: contentsLost)
            body(&state)
            return self[name] = state
        }
        let (before, after) = Self.change(&doors.values[position], body)
        if after != before { mark(name, after) }
    }

    private static func change(
        _ state: inout DoorState,
        _ body: (inout DoorState) -> Void
    ) -> (before: DoorMarks, after: DoorMarks) {
        let before = state.marks
        body(&state)
        return (before, state.marks)
    }

    private mutating func mark(_ name: DoorName, _ marks: DoorMarks) {
        if marks.isBusy { busy.insert(name) } else if !busy.isEmpty { busy.remove(name) }
        if marks.isBarred { barred.insert(name) } else if !barred.isEmpty { barred.remove(name) }
        if marks.isAsking { asking.insert(name) } else if !asking.isEmpty { asking.remove(name) }
    }

    /// State of a door; one without events has the contents that the journal can prove.
    package func state(of name: DoorName, contentsLost: Bool) -> DoorState {
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

/// What a door is found by.
private struct DoorMarks: Equatable {
    var isBusy = false
    var isBarred = false
    var isAsking = false
}

extension DoorState {
    fileprivate var marks: DoorMarks {
        DoorMarks(
            isBusy: cycle != nil,
            isBarred: contents != .empty || outOfService != nil,
            isAsking: asksInside != nil
        )
    }
}
