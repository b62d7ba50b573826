public import CountyBooks
public import LockerDomain
import SyncWire
import Synchronization

extension MemoryBooks {
    /// Rows of all stations, the latest first, at most so many.
    private func rows<Row: Sendable>(
        of station: String?,
        limit: Int,
        _ read: @Sendable (MemoryLedger) -> [Row],
        latest: (Row) -> Int64
    ) -> [(station: String, row: Row)] {
        let all = kept.withLock { kept in
            kept.stations.filter { station == nil || $0.key == station }.flatMap { id, books in
                read(books.ledger).map { (station: id, row: $0) }
            }
        }
        return Array(all.sorted { latest($0.row) > latest($1.row) }.prefix(limit))
    }

    public func pieces(_ query: PieceQuery) -> [PieceOfStation] {
        let all = kept.withLock { kept in
            kept.stations.filter { query.station == nil || $0.key == query.station }.flatMap { id, books in
                books.ledger.pieces.values.filter { query.wants($0, at: id) }
                    .map { PieceOfStation(station: id, piece: $0) }
            }
        }
        return Array(all.sorted { $0.piece.lastEvent > $1.piece.lastEvent }.prefix(query.limit))
    }

    public func visits(_ query: VisitQuery) -> [VisitOfStation] {
        rows(of: query.station, limit: query.limit) { ledger in
            ledger.visits.values.filter { visit in
                // One whose day is not known yet stands where it came.
                let day = visit.day ?? ReportPeriod.day(ofWall: visit.arrivedAt)
                return query.days.contains(day) && (query.route.map { $0 == visit.route } ?? true)
            }
        } latest: {
            $0.arrivedAt
        }
        .map { VisitOfStation(station: $0.station, visit: $0.row) }
    }

    public func troubles(_ query: TroubleQuery) -> [TroubleOfStation] {
        rows(of: query.station, limit: query.limit) { ledger in
            ledger.troubles.values.filter { trouble in
                (query.kinds.isEmpty || query.kinds.contains(trouble.kind)) && (!query.isOpen || trouble.until == nil)
            }
        } latest: {
            $0.from
        }
        .map { TroubleOfStation(station: $0.station, trouble: $0.row) }
    }

    public func voices(of station: String?, _ days: ClosedRange<Int64>, limit: Int) -> [VoiceOfStation] {
        rows(of: station, limit: limit) { ledger in
            ledger.voices.filter { days.contains(ReportPeriod.day(ofWall: $0.at)) }
        } latest: {
            $0.at
        }
        .map { VoiceOfStation(station: $0.station, voice: $0.row) }
    }

    public func custody(of waybill: Waybill) -> [CustodyLine] {
        kept.withLock { kept in
            let pieces = kept.stations.values.flatMap { Array($0.ledger.pieces.values) }
            // A parcel that has two numbers is one: the lines of both are its custody line.
            var names: Set<Waybill> = [waybill]
            var count = 0
            while count < names.count {
                count = names.count
                for piece in pieces {
                    guard let formerly = piece.formerly else { continue }
                    if names.contains(piece.waybill) || names.contains(formerly) {
                        names.formUnion([piece.waybill, formerly])
                    }
                }
            }
            var timed: [(time: Int64, line: CustodyLine)] = []
            for (_, books) in kept.stations.sorted(by: { $0.key < $1.key }) {
                var time = Int64.min
                for number in Set(names.flatMap { books.ledger.traces[$0] ?? [] }).sorted() {
                    guard let line = kept.lines[number] else { continue }
                    // A line without a time of its own happened behind the one before it.
                    time = max(time, line.line.time.clock.isDated || time == .min ? line.when : time)
                    timed.append((time, line))
                }
            }
            let ordered = timed.enumerated().sorted { left, right in
                (left.element.time, left.offset) < (right.element.time, right.offset)
            }
            return ordered.map(\.element.line)
        }
    }
}

extension PieceQuery {
    /// Whether a piece is asked for.
    fileprivate func wants(_ piece: Piece, at station: String) -> Bool {
        let isNamed =
            waybill.map { text in
                piece.waybill.rawValue.hasSuffix(text) || piece.formerly?.rawValue == text
            } ?? true
        return isNamed && (states.isEmpty || states.contains(piece.state))
            && (direction.map { $0 == piece.direction } ?? true) && (brands.map { $0.contains(piece.brand) } ?? true)
            && (operatorName.map { handles(piece, $0, at: station) } ?? true)
            && (!isOverdue || piece.state.isAtSite && piece.overdueAt != nil)
    }

    private func handles(_ piece: Piece, _ firm: String, at station: String) -> Bool {
        piece.operatorName == firm
            || ["", Parties.noOperator].contains(piece.operatorName) && operatorStations.contains(station)
    }
}

extension CustodyLine {
    /// When it was made, as well as it is known.
    fileprivate var when: Int64 { line.time.clock.isDated ? line.time.wall : received }
}
