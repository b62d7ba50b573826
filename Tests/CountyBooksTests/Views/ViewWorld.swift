import CountyBooks
import LockerDomain
import LockerTestKit
import StationBooks
import SyncWire
import Testing

/// A small county on the morning of 2026-11-21, 07:00: a village with two sites, one that is reached, one without a
/// site, one with a silent station, one whose site has no station.
enum ViewWorld {
    static let today = CivilDay(year: 2026, month: 11, day: 21).number
    /// Milliseconds since 1970 of a time of today, or of a day so many days before, in Asia/Shanghai.
    static func at(_ hour: Int64, _ minute: Int64 = 0, daysBefore: Int64 = 0) -> Int64 {
        (today - daysBefore) * 86_400_000 + (hour - 8) * 3_600_000 + minute * 60_000
    }
    static let now = at(7)

    static let twoSites = "140522102206"
    static let reached = "140522102207"
    static let withoutSite = "140522102208"
    static let silent = "140522103201"
    static let withoutStation = "140522103202"

    /// The day from which the station of S1 stands at S3, which is in the other township, in `movedRows`.
    static let moved = CivilDay(number: today - 5)
    static var movedRows: [DatedRow] {
        let sites = rows.compactMap { row -> DatedRow? in
            guard case .site(var site) = row, site.number == "S1" || site.number == "S3" else { return nil }
            site.stations = site.number == "S1" ? [] : ["rc-01", "yc-01"]
            return DatedRow(.site(site), validFrom: moved)
        }
        return rows.map { DatedRow($0) } + sites
    }

    static let rows: [RegisterRow] = [
        .township(Township(code: "140522102", name: "北留镇")), .township(Township(code: "140522103", name: "润城镇")),
        .village(Village(code: twoSites, name: "章训村", township: "140522102", population: 1_250, townHectometres: 85)),
        .village(Village(code: reached, name: "大桥村", township: "140522102")),
        .village(Village(code: withoutSite, name: "上庄村", township: "140522102")),
        .village(Village(code: silent, name: "屯城村", township: "140522103")),
        .village(Village(code: withoutStation, name: "王村", township: "140522103")),
        .site(
            Site(
                number: "S1",
                name: "章训便民站",
                type: .villagePoint,
                address: "章训村口",
                phone: "0356-4221234",
                operatorName: "县共配中心",
                village: twoSites,
                serves: [ServedVillage(village: reached, mode: .reach)],
                stations: ["yc-01"]
            )
        ),
        .site(
            Site(
                number: "S2",
                name: "章训邮政站",
                type: .villagePoint,
                address: "章训学校",
                operatorName: "邮政",
                village: twoSites,
                stations: ["yc-02"]
            )
        ),
        .site(
            Site(
                number: "S3",
                name: "屯城站",
                type: .locker,
                address: "屯城",
                phone: "0356-4227777",
                operatorName: "县共配中心",
                village: silent,
                stations: ["rc-01"]
            )
        ),
        .site(
            Site(
                number: "S4",
                name: "王村站",
                type: .villagePoint,
                address: "王村",
                operatorName: "邮政",
                village: withoutStation
            )
        ),
        .staff(StaffMember(number: "1025", name: "李师傅", role: "courier")),
        .staff(StaffMember(number: "1026", name: "王站长", role: "keeper", site: "S1")),
        .operatorReport(
            OperatorReport(period: "2026-11", village: withoutSite, brand: "SF", received: 7, visitDays: 12, by: "顺丰阳城")
        ),
    ]
    static let registers = Registers(rows.map { DatedRow($0) })
    static let county = (code: "140522", name: "阳城县")

    static func context(_ visibility: Visibility = .county, now: Int64 = now) -> ViewContext {
        ViewContext(registers, visibility, now: now)
    }

    // MARK: Readers

    static func carrier(_ brands: String...) throws -> Visibility {
        Visibility(try AccountRights(role: .carrier, brands: brands))
    }
    static func firm(_ name: String) throws -> Visibility {
        Visibility(try AccountRights(role: .operatorFirm, firm: name))
    }
    static func township(_ code: String) throws -> Visibility {
        Visibility(try AccountRights(role: .clerk, scope: .township(code)))
    }

    // MARK: Books

    static func piece(
        _ waybill: String,
        _ direction: Direction = .inbound,
        _ state: Piece.State = .stored,
        brand: String = "SF",
        operatorName: String = "县共配中心",
        storedAt: Int64? = nil
    ) -> Piece {
        let parties = Parties(
            brand: brand,
            operatorName: operatorName,
            agent: "章训便民站",
            cooperationMode: .shared
        )
        var piece = Piece(waybill: Waybill(rawValue: waybill), direction: direction, state: state, parties: parties)
        piece.storedAt = storedAt
        return piece
    }

    static func counted(
        _ waybill: String,
        at station: String,
        daysBefore: Int64 = 0,
        brand: String = "SF",
        village: String? = nil,
        _ figure: ReportFigure = .received
    ) -> StationPiece {
        StationPiece(
            station: station,
            waybill: Waybill(rawValue: waybill),
            mark: .day(today - daysBefore),
            brand: brand,
            village: village,
            figure: figure,
            count: 1
        )
    }

    static func day(_ daysBefore: Int64, runs: Int) -> StationDay {
        var day = StationDay(day: today - daysBefore)
        (day.runs, day.watchedMilliseconds) = (runs, 86_400_000)
        return day
    }

    static func sight(_ station: String, lastContact: Int64?) -> StationSight {
        var sight = StationSight(station: station, isEnrolled: true)
        sight.lastContact = lastContact
        return sight
    }

    static func figure(
        _ figure: String,
        _ count: Int,
        at station: String = "yc-01",
        mark: DayMark = .day(today),
        brand: String? = "SF",
        word: String? = nil,
        isUncertain: Bool = false
    ) -> StationFigures {
        let direction: Direction? = brand == nil ? nil : .inbound
        let key = FigureKey(mark: mark, brand: brand, direction: direction, figure: figure, word: word)
        return StationFigures(station: station, key: key, count: count, isUncertain: isUncertain)
    }

    /// A line of a type as the golden file of the wire has it.
    static func line(
        _ type: EventType,
        number: Int64,
        at station: String = "yc-01",
        wall: Int64 = at(6, 30),
        clock: ClockTrust = .ntp
    ) throws -> CustodyLine {
        let line = EventLine(
            station: station,
            incarnation: String(repeating: "0", count: 32),
            sequence: Int(number),
            time: Moment(wall: wall, uptime: 1_000, clock: clock),
            bootID: "boot",
            event: try GoldenLines.event(type)
        )
        return CustodyLine(station: station, number: number, received: at(6, 45), line: line)
    }
}

extension Table {
    /// As a reader sees it.
    func seen(in language: Language = .chinese) -> Table {
        var table = self
        table.rows = rows.map { $0.map { $0.seen(in: language) } }
        return table
    }
}

extension Table.Cell {
    /// As a reader sees it: a text, also where the county has words of its own.
    func seen(in language: Language = .chinese) -> Table.Cell {
        switch self {
        case .words: .text(text(in: language))
        case .state(_, let tone): .state(text(in: language), tone)
        default: self
        }
    }
}

extension View {
    /// The table of a scope, as a reader sees it.
    func table(_ scope: String, in language: Language = .chinese) throws -> Table {
        let tables = parts.compactMap { part -> Table? in
            if case .table(let table, scope) = part { table.seen(in: language) } else { nil }
        }
        return try #require(tables.first)
    }

    /// Names of its tables.
    var scopes: [String] {
        parts.compactMap { part in if case .table(_, let scope) = part { scope } else { nil } }
    }

    /// As a reader of Chinese sees them.
    var facts: [Fact] {
        parts.flatMap { part in if case .facts(let facts) = part { facts } else { [Fact]() } }.map { fact in
            Fact(fact.name, fact.value.seen(), note: fact.note)
        }
    }

    /// A fact by its Chinese name.
    func fact(_ name: String) throws -> Fact { try #require(facts.first { $0.name.chinese == name }) }

    var notices: [String] {
        parts.compactMap { part in if case .notice(let words, _) = part { words.chinese } else { nil } }
    }

    var plots: [String] {
        parts.compactMap { part in if case .bars(let plot, let id) = part { plot.svg(id: id) } else { nil } }
    }

    /// All that stands on the page, as text.
    var text: String {
        let tables = parts.compactMap { part -> Table? in if case .table(let table, _) = part { table } else { nil } }
        let cells = tables.flatMap(\.rows).joined().map { $0.text() } + tables.flatMap(\.notes).map(\.chinese)
        let names = parts.flatMap { part -> [String] in
            if case .heading(let words) = part { [words.chinese] } else { [] }
        }
        let lines = cells + facts.map { $0.value.text() } + notices + names + [title.chinese]
        return lines.joined(separator: "\n")
    }
}

extension Table {
    /// A row by the text of a column, its cells by the columns' ids.
    func row(_ id: String, _ text: String) throws -> [String: Cell] {
        let place = try #require(columns.firstIndex { $0.id == id })
        let row = try #require(rows.first { $0[place].text() == text }, "\(rows.map { $0[place].text() })")
        return Dictionary(uniqueKeysWithValues: zip(columns.map(\.id), row))
    }
}
