import LockerDomain
import StationBooks

/// A line of a report while it is counted.
struct ReportLineKey: Hashable {
    var code: String
    /// Empty in the line of all brands: no brand is.
    var brand: String
}

/// Counts each waybill once in each line of a report: a line has it when its counts in the period are more than nothing.
///
/// Nearly every waybill is one piece of one station; those are counted at once, and the others are put together by their
/// numbers. Names are looked up once a piece and are numbers from then on.
struct PieceCounter {
    private struct Piece {
        /// Index into `places`.
        var place: Int
        var figure: ReportFigure
        var count: Int
        var isSure: Bool
    }

    private struct Place: Hashable {
        var village: String
        var brand: String
    }

    private struct Claim: Hashable {
        var line: Int
        var figure: ReportFigure
    }

    private let county: String
    private var lineNumbers: [ReportLineKey: Int] = [:]
    private var keys: [ReportLineKey] = []
    private var figures: [ReportFigures] = []
    private var placeNumbers: [Place: Int] = [:]
    /// Lines in which a piece of each place counts.
    private var places: [[Int]] = []
    private var pieces: [Waybill: Piece] = [:]
    /// Those of waybills that have more than one.
    private var several: [Waybill: [Piece]] = [:]

    /// - Parameter county: code of the line of the whole county.
    init(county: String, capacity: Int) {
        self.county = county
        pieces.reserveCapacity(capacity)
    }

    /// Takes a piece that counts in the period, or may.
    mutating func add(_ piece: StationPiece, village: String, isSure: Bool) {
        let place = place(Place(village: village, brand: piece.brand))
        let counted = Piece(place: place, figure: piece.figure, count: piece.count, isSure: isSure)
        guard let other = pieces.updateValue(counted, forKey: piece.waybill) else { return }
        several[piece.waybill, default: [other]].append(counted)
    }

    /// The figures of all lines that have some.
    mutating func sums() -> [ReportLineKey: ReportFigures] {
        for (waybill, piece) in pieces {
            if several.isEmpty || several[waybill] == nil {
                count(piece)
            } else if let all = several[waybill] {
                count(all)
            }
        }
        let sums = zip(keys, figures).filter { $0.1 != ReportFigures() }
        return Dictionary(uniqueKeysWithValues: sums.map { ($0, $1) })
    }

    private mutating func count(_ piece: Piece) {
        guard piece.count > 0 else { return }
        for line in places[piece.place] { count(Claim(line: line, figure: piece.figure), isSure: piece.isSure) }
    }

    private mutating func count(_ all: [Piece]) {
        var sure: [Claim: Int] = [:]
        var unsure: [Claim: Int] = [:]
        for piece in all {
            for line in places[piece.place] {
                let claim = Claim(line: line, figure: piece.figure)
                if piece.isSure {
                    sure[claim, default: 0] += piece.count
                } else {
                    unsure[claim, default: 0] += piece.count
                }
            }
        }
        for (claim, sum) in sure where sum > 0 { count(claim, isSure: true) }
        for (claim, sum) in unsure where sum > 0 && (sure[claim] ?? 0) <= 0 { count(claim, isSure: false) }
    }

    private mutating func count(_ claim: Claim, isSure: Bool) {
        switch (claim.figure, isSure) {
        case (.received, true): figures[claim.line].received += 1
        case (.accepted, true): figures[claim.line].accepted += 1
        case (.rejected, true): figures[claim.line].rejected += 1
        case (.received, false): figures[claim.line].receivedUncertain += 1
        case (.accepted, false): figures[claim.line].acceptedUncertain += 1
        default: break
        }
    }

    // MARK: Lines

    private mutating func place(_ place: Place) -> Int {
        if let known = placeNumbers[place] { return known }
        // What belongs to no village that is known stands in a line of its own and in that of the county.
        let township = String(place.village.prefix(RegisterCodes.townshipDigits))
        let codes = place.village.isEmpty ? ["", county] : [place.village, township, county]
        let lines = codes.flatMap { code in
            [line(ReportLineKey(code: code, brand: place.brand)), line(ReportLineKey(code: code, brand: ""))]
        }
        placeNumbers[place] = places.count
        places.append(lines)
        return places.count - 1
    }

    private mutating func line(_ key: ReportLineKey) -> Int {
        if let known = lineNumbers[key] { return known }
        lineNumbers[key] = keys.count
        keys.append(key)
        figures.append(ReportFigures())
        return keys.count - 1
    }
}
