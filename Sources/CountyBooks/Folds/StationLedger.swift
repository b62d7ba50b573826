public import LockerDomain
public import SyncWire

/// The rows of one station's books while events are folded into them. A store keeps them in a transaction of its own, and
/// says what it cannot do by `Failure`; nothing is durable before the fold of a page is kept.
public protocol StationLedger: AnyObject {
    associatedtype Failure: Error

    /// A line that came before, by its number, for events that waited for a clock.
    func line(_ number: Int64) throws(Failure) -> EventLine?
    func piece(_ waybill: Waybill) throws(Failure) -> Piece?
    /// Keeps a piece; `nil` forgets it, since it goes on under another number.
    func keep(_ piece: Piece?, of waybill: Waybill) throws(Failure)
    /// The last step of a piece that figures count.
    func step(of waybill: Waybill) throws(Failure) -> CountedStep?
    func keep(_ step: CountedStep?, of waybill: Waybill) throws(Failure)
    /// Notes that a line is about a piece, for its custody line.
    func trace(_ waybill: Waybill, _ number: Int64) throws(Failure)
    func add(_ count: Int, _ key: FigureKey) throws(Failure)
    func add(_ piece: CountedPiece) throws(Failure)
    func day(_ day: Int64) throws(Failure) -> StationDay?
    func keep(_ day: StationDay) throws(Failure)
    func keep(_ drift: Drift) throws(Failure)
    /// The latest visit of a run that has not departed.
    func openVisit(of run: String) throws(Failure) -> RunVisit?
    /// The visit of a run that an event ended.
    func visit(of run: String, endedBy number: Int64) throws(Failure) -> RunVisit?
    /// The visit that an event began.
    func visit(_ number: Int64) throws(Failure) -> RunVisit?
    func keep(_ visit: RunVisit) throws(Failure)
    func door(_ name: DoorName) throws(Failure) -> DoorStanding?
    func keep(_ door: DoorStanding) throws(Failure)
    /// The trouble of a kind that has not ended.
    func openTrouble(_ kind: Trouble.Kind, of thing: String) throws(Failure) -> Trouble?
    func keep(_ trouble: Trouble) throws(Failure)
    func keep(_ voice: Voice) throws(Failure)
}

/// Where a piece was counted last.
public struct CountedStep: Sendable, Hashable {
    public var brand: String
    public var direction: Direction
    /// Raw value of the last `ReportFigure`; `nil` when none counts.
    public var figure: String?
    public var mark: DayMark?
    public var feeFen = 0
    /// How an accepted shipment was counted, so that it can be taken off again.
    public var accepted: Accepted?
    /// The village that its manifest names.
    public var village: String?
    /// The firm that handles it; `nil` for that of the site.
    public var operatorName: String?

    /// Divisions in which an accepted shipment was counted.
    public struct Accepted: Sendable, Hashable {
        public var kind: String
        public var category: String?
        public var platform: String?
        public var isOutside: Bool
        public var isReused: Bool

        public init(kind: String, category: String?, platform: String?, isOutside: Bool, isReused: Bool) {
            (self.kind, self.category, self.platform) = (kind, category, platform)
            (self.isOutside, self.isReused) = (isOutside, isReused)
        }
    }

    public init(brand: String, direction: Direction) { (self.brand, self.direction) = (brand, direction) }
}
