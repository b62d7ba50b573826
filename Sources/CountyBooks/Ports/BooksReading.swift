public import LockerDomain
public import SyncWire

/// What pages, reports and commands ask the books. Each call reads one moment; calls block and throw `CountyFault` when the
/// books cannot be read. Safe from any task.
public protocol BooksReading: Sendable {
    /// How far the books are.
    func state() throws -> BooksState
    /// Everything that a report of the period is made of.
    func extract(_ period: CountyPeriod) throws -> BooksExtract
    /// The same without its pieces: how the days went.
    func days(_ period: CountyPeriod) throws -> BooksExtract
    /// Counts of a station, or of all, that lie or may lie in a period.
    ///
    /// - Parameter names: of the figures that are wanted, as `FigureKey` has them.
    func figures(of station: String?, _ period: CountyPeriod, named names: [String]) throws -> [StationFigures]
    /// Counts of all stations together that lie on days of a period: what `figures` has of days, added up, in any order.
    ///
    /// - Parameters:
    ///   - names: of the figures that are wanted, as `FigureKey` has them.
    ///   - byBrand: whether each brand has sums of its own.
    func daySums(_ period: CountyPeriod, named names: [String], byBrand: Bool) throws -> [DaySum]
    /// What each station has at hand now.
    func holdings() throws -> [StationHoldings]
    /// Since when each parcel waits, of all stations and in any order; `nil` where it is not known.
    func waitingSince() throws -> [Int64?]
    /// Pieces, the latest change first.
    func pieces(_ query: PieceQuery) throws -> [PieceOfStation]
    /// Every line about a waybill, at all stations, in the order in which it happened (交接记录).
    func custody(of waybill: Waybill) throws -> [CustodyLine]
    /// Runs of a period, the latest first.
    func visits(_ query: VisitQuery) throws -> [VisitOfStation]
    /// Troubles of doors and cameras, the latest first.
    func troubles(_ query: TroubleQuery) throws -> [TroubleOfStation]
    /// Complaints and surveys, the latest first.
    func voices(of station: String?, _ days: ClosedRange<Int64>, limit: Int) throws -> [VoiceOfStation]
    /// Doors of a station that are out of service, or whose contents are unknown.
    func doors(of station: String) throws -> [DoorStanding]
    /// Lines that nobody can interpret yet, the latest first.
    func quarantined(limit: Int) throws -> [QuarantinedLine]
    /// The day up to which the latest status proves that a station is whole, by station: an extract of the same books changes
    /// with it. Empty for books of events alone.
    func heardDays() throws -> [String: Int64]
    /// Takes in all events that are stored now, also those of stations that would wait for a while. For what must not miss
    /// any, as closing a period; it may take seconds.
    func catchUp() throws
    /// Another number after every change of the books, also after one that takes in no new event, as when a station is folded
    /// anew.
    func changes() throws -> Int64
}

extension BooksReading {
    public func catchUp() throws {}

    public func changes() throws -> Int64 { try state().through }

    public func heardDays() throws -> [String: Int64] { [:] }

    public func waitingSince() throws -> [Int64?] {
        var query = PieceQuery(limit: .max)
        (query.states, query.direction) = ([.stored], .inbound)
        return try pieces(query).map(\.piece.waitsSince)
    }

    public func days(_ period: CountyPeriod) throws -> BooksExtract {
        var extract = try extract(period)
        extract.pieces = []
        return extract
    }
}

/// How far the books are.
public struct BooksState: Sendable, Hashable {
    /// Number of the newest event that they hold, and of the newest that is stored.
    public var through: Int64
    public var newest: Int64
    /// Whether they are being made anew: figures are missing until then.
    public var isRebuilding: Bool
    /// Lines that nobody can interpret yet.
    public var quarantined: Int

    public init(through: Int64, newest: Int64, isRebuilding: Bool, quarantined: Int) {
        (self.through, self.newest) = (through, newest)
        (self.isRebuilding, self.quarantined) = (isRebuilding, quarantined)
    }
}

/// Counts of one station.
public struct StationFigures: Sendable, Hashable {
    public var station: String
    public var key: FigureKey
    public var count: Int
    /// Whether it is not known that all of it lies in the period.
    public var isUncertain: Bool

    public init(station: String, key: FigureKey, count: Int, isUncertain: Bool) {
        (self.station, self.key, self.count, self.isUncertain) = (station, key, count, isUncertain)
    }
}

/// What a station has at hand now.
public struct StationHoldings: Sendable, Hashable {
    public var station: String
    /// Parcels that wait for their recipients (在库待取).
    public var waiting: Int
    /// Of these, those whose hold period is over (滞留).
    public var overdue: Int
    /// Since when the oldest of them waits, milliseconds since 1970.
    public var oldest: Int64?
    /// Shipments that wait for a run.
    public var outbound: Int
    /// Doors that take no deposit.
    public var doorsOut: Int
    /// Cameras that do not answer.
    public var camerasOff: Int

    public init(station: String) {
        (self.station, waiting, overdue, outbound, doorsOut, camerasOff) = (station, 0, 0, 0, 0, 0)
    }
}

/// Which pieces are wanted.
public struct PieceQuery: Sendable, Hashable {
    /// The waybill, or its last digits; `nil` for any.
    public var waybill: String?
    public var station: String?
    public var states: Set<Piece.State> = []
    public var direction: Direction?
    /// Brands that may be seen; `nil` for all.
    public var brands: [String]?
    /// Name of the firm that handles them; `nil` for all.
    public var operatorName: String?
    /// Stations of that firm: what names no firm there it handles too.
    public var operatorStations: [String] = []
    public var isOverdue = false
    /// At most so many.
    public var limit: Int

    public init(limit: Int) { self.limit = limit }
}

/// A piece and the station whose books have it.
public struct PieceOfStation: Sendable, Hashable {
    public var station: String
    public var piece: Piece

    public init(station: String, piece: Piece) { (self.station, self.piece) = (station, piece) }
}

/// One line about a piece.
public struct CustodyLine: Sendable, Hashable {
    public var station: String
    /// Number of the event, by which it is found for ever.
    public var number: Int64
    /// Milliseconds since 1970 at which it came.
    public var received: Int64
    public var line: EventLine

    public init(station: String, number: Int64, received: Int64, line: EventLine) {
        (self.station, self.number, self.received, self.line) = (station, number, received, line)
    }
}

/// Which runs are wanted.
public struct VisitQuery: Sendable, Hashable {
    public var days: ClosedRange<Int64>
    public var station: String?
    public var route: String?
    public var limit: Int

    public init(days: ClosedRange<Int64>, limit: Int) { (self.days, self.limit) = (days, limit) }
}

/// A run at a station.
public struct VisitOfStation: Sendable, Hashable {
    public var station: String
    public var visit: RunVisit

    public init(station: String, visit: RunVisit) { (self.station, self.visit) = (station, visit) }
}

/// Which troubles are wanted.
public struct TroubleQuery: Sendable, Hashable {
    public var station: String?
    /// Those that have not ended alone.
    public var isOpen = false
    public var kinds: Set<Trouble.Kind> = []
    public var limit: Int

    public init(limit: Int) { self.limit = limit }
}

/// A trouble at a station.
public struct TroubleOfStation: Sendable, Hashable {
    public var station: String
    public var trouble: Trouble

    public init(station: String, trouble: Trouble) { (self.station, self.trouble) = (station, trouble) }
}

/// A complaint or survey at a station.
public struct VoiceOfStation: Sendable, Hashable {
    public var station: String
    public var voice: Voice

    public init(station: String, voice: Voice) { (self.station, self.voice) = (station, voice) }
}

/// A stored line that nobody can interpret.
public struct QuarantinedLine: Sendable, Hashable {
    public var station: String
    public var incarnation: String
    public var sequence: Int
    public var received: Int64
    /// Short name of its type; `nil` when it names none.
    public var type: String?
    /// Why.
    public var fault: String

    public init(station: String, incarnation: String, sequence: Int, received: Int64, type: String?, fault: String) {
        (self.station, self.incarnation, self.sequence) = (station, incarnation, sequence)
        (self.received, self.type, self.fault) = (received, type, fault)
    }
}
