import CountyBooks
import LockerDomain
import OfficeSheets
import Testing

@Suite("Rows of registers against each other")
struct RegisterCheckTests {
    private let villageHeader = "区划代码,村名,生效日期\n"

    @Test("a row twice is a fault; two rows of one thing from two days are its history")
    func twice() throws {
        let twice = try SheetKit.words(
            .village,
            villageHeader + "140522102201,北留村,2026-01-05\n140522102201,北留新村,2026年1月5日\n140522102201,北留村,2026-02-01\n"
        )
        #expect(twice == ["row 3, column A 区划代码 code: repeats row 2 与第 2 行重复: delete one of the two rows 请删去一行"])
        let pasted = try SheetKit.words(.village, villageHeader + "140522102201,北留村,\n140522102201,北留村,\n")
        #expect(pasted.count == 1 && pasted.first?.contains("repeats row 2 ") == true)
    }

    @Test("where one of two rows has no day, it is open which of them holds")
    func overlapping() throws {
        let words = try SheetKit.words(
            .village,
            villageHeader + "140522102201,北留村,\n140522102202,东沟村,\n140522102201,北留新村,2026-01-05\n"
        )
        #expect(words.count == 1)
        #expect(words.first?.hasPrefix("row 2, column C 生效日期 valid_from: is empty, and another row is about") == true)
        let noColumn = try SheetKit.words(.village, "区划代码,村名\n140522102201,北留村\n140522102201,北留新村\n")
        #expect(noColumn.count == 1 && noColumn.first?.hasPrefix("row 3, column A") == true)
    }

    @Test("one village written by name and by code is one report twice")
    func namesAndCodes() throws {
        let header = "月份,村,品牌,下行,填报单位\n"
        let words = try SheetKit.words(
            .operatorReport,
            header + "2026-11,北留村,YTO,3,县共配中心\n2026-11,140522102201,YTO,4,县共配中心\n2026-11,北留村,ZTO,3,县共配中心\n"
        )
        #expect(words.count == 1 && words.first?.hasPrefix("row 3, column B 村 village: repeats row 2 ") == true)
    }

    @Test(
        "a village is found by code, by name, with its township in front, and as the state's lists write it",
        arguments: [
            ("140522102201", RegisterNames.VillageMatch.one("140522102201")), ("北留村", .one("140522102201")),
            ("北留", .one("140522102201")), ("北留村委会", .one("140522102201")), (" 北 留村 ", .one("140522102201")),
            ("上庄村", .one("140522103202")), ("上庄村民委员会", .one("140522103202")),
            ("东沟村", .several(["140522102202", "140522103201"])), ("润城镇东沟村", .one("140522103201")),
            ("北留镇 东沟", .one("140522102202")), ("润城镇北留村", .none), ("140522102299", .none), ("", .none),
        ]
    )
    func villages(_ row: (written: String, match: RegisterNames.VillageMatch)) {
        #expect(SheetKit.names.village(row.written) == row.match)
    }

    @Test("a site's own village is not one that it serves beside it, and names become codes")
    func served() throws {
        let sheet = try RegisterSheet(
            .site,
            text: "网点编号,网点名称,类型,地址,经营企业,所在村,设点村,辐射村\n"
                + "W9,某点,村级便民服务点,某街,县共配中心,北留,北留村、上庄村,\"北留镇东沟村,润城镇东沟村\"\n"
        )
        let checked = sheet.checked(against: SheetKit.names)
        guard case .site(let site) = checked.rows.first?.row else {
            Issue.record("\(checked.faults)")
            return
        }
        #expect(site.village == "140522102201" && site.status == .open)
        #expect(
            site.serves == [
                ServedVillage(village: "140522103202", mode: .site),
                ServedVillage(village: "140522102202", mode: .reach),
                ServedVillage(village: "140522103201", mode: .reach),
            ]
        )
    }

    /// Sites of a sheet with their stations and days, and how many faults they have.
    struct Move: Sendable {
        var rows: [(site: String, stations: [String], day: String?)]
        var faults: [Int]
    }

    @Test(
        "a station belongs to one site at a time, on paper of the sheet and of the register",
        arguments: [
            // To a new site while W1 of the register goes on having it.
            Move(rows: [("W9", ["yc-beiliu-0231"], "2026-03-15")], faults: [2]),
            // W1 gives it away from the day on which W9 gets it.
            Move(rows: [("W1", [], "2026-03-15"), ("W9", ["yc-beiliu-0231"], "2026-03-15")], faults: []),
            // A day too late.
            Move(rows: [("W1", [], "2026-03-16"), ("W9", ["yc-beiliu-0231"], "2026-03-15")], faults: [3]),
            // W1 as it is registered is written anew, without the station.
            Move(rows: [("W1", [], nil), ("W9", ["yc-beiliu-0231"], nil)], faults: []),
            // Both in the sheet; the row in between is nobody's fault.
            Move(
                rows: [
                    ("W8", ["yc-runcheng-0007"], "2026-01-01"), ("W1", ["yc-beiliu-0231"], nil),
                    ("W9", ["yc-runcheng-0007"], "2026-02-01"),
                ],
                faults: [4]
            ),
            // There and back again.
            Move(
                rows: [
                    ("W1", [], "2026-03-01"), ("W9", ["yc-beiliu-0231"], "2026-03-01"), ("W9", [], "2026-04-01"),
                    ("W1", ["yc-beiliu-0231"], "2026-04-01"),
                ],
                faults: []
            ),
            // Since ever, as the one that is registered.
            Move(rows: [("W9", ["yc-beiliu-0231"], nil)], faults: [2]),
        ]
    )
    func stations(_ move: Move) throws {
        let rows = move.rows.map { row in
            DatedRow(
                .site(SheetKit.site(row.site, stations: row.stations)),
                validFrom: row.day.flatMap { CivilDay($0) }
            )
        }
        let sheet = try RegisterSheet(.site, text: SheetKit.text(rows, .site))
        let checked = sheet.checked(against: SheetKit.names)
        #expect(checked.faults.map(\.row) == move.faults)
        #expect(checked.faults.allSatisfy { $0.column?.contains("站点 stations") == true })
        #expect(checked.rows == (move.faults.isEmpty ? rows : []))
    }

    @Test("a row without a day takes the place of the newest one of its site, with its stations")
    func newest() throws {
        let gone = DatedRow(
            .site(SheetKit.site("W1", stations: [])),
            validFrom: CivilDay(year: 2026, month: 3, day: 15)
        )
        let names = RegisterNames(
            county: SheetKit.county,
            stations: ["yc-beiliu-0231"],
            rows: SheetKit.rows + [gone]
        )
        func faults(_ rows: [(site: String, day: CivilDay?)]) throws -> [Int?] {
            let dated = rows.map {
                DatedRow(.site(SheetKit.site($0.site, stations: ["yc-beiliu-0231"])), validFrom: $0.day)
            }
            return try RegisterSheet(.site, text: SheetKit.text(dated, .site)).checked(against: names).faults.map(\.row)
        }
        let (march, april) = (CivilDay(year: 2026, month: 3, day: 15), CivilDay(year: 2026, month: 4, day: 1))
        #expect(try faults([("W9", march)]) == [])
        #expect(try faults([("W1", nil)]) == [])
        #expect(try faults([("W1", nil), ("W9", april)]) == [3])
        #expect(try faults([("W9", CivilDay(year: 2026, month: 3, day: 14))]) == [2])
    }

    @Test("a station that the county does not know is not named, and one that a bad row may give away is not judged")
    func unjudged() throws {
        let phones = ["W8", "W9"].map { DatedRow(.site(SheetKit.site($0, stations: ["13812345678"]))) }
        let words = try SheetKit.words(.site, SheetKit.text(phones, .site))
        #expect(words.count == 1 && words.first?.contains("含手机号") == true)
        #expect(!words.joined().contains("138123"))
        let moved = DatedRow(.site(SheetKit.site("W9", stations: ["yc-beiliu-0231"])))
        var giving = RegisterSheet.cells(of: DatedRow(.site(SheetKit.site("W1", stations: []))))
        let header = RegisterSheet.header(.site)
        let type = try #require(header.firstIndex(of: "类型"))
        giving[type] = "小卖部"
        let faults = try SheetKit.words(.site, SheetKit.text(header, [giving, RegisterSheet.cells(of: moved)]))
        #expect(faults.count == 1 && faults.first?.contains("类型") == true)
    }

    @Test("damage traps nothing, and what can be read is read again the same: seeded")
    func damage() throws {
        var state = UInt64.random(in: .min ... .max)
        print("register damage: seed \(state)")
        func next(_ count: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % count
        }
        let pieces = Array("、,；;\"'=\n\t 0１.-年月日村示例（）E+".unicodeScalars)
        for kind in RegisterKind.allCases {
            let rows = try #require(RegisterSheetTests.full[kind]).map { DatedRow($0) }
            let whole = Array(SheetKit.text(rows, kind).unicodeScalars)
            for _ in 0..<150 {
                var scalars = whole
                for _ in 0..<next(4) + 1 { scalars[next(scalars.count)] = pieces[next(pieces.count)] }
                var text = String.UnicodeScalarView()
                text.append(contentsOf: scalars)
                guard let sheet = try? RegisterSheet(kind, text: String(text)) else { continue }
                let again = try RegisterSheet(kind, text: SheetKit.text(sheet.lines.map(\.dated), kind))
                #expect(again.faults == [] && again.lines.map(\.dated) == sheet.lines.map(\.dated), "\(String(text))")
                _ = sheet.checked(against: SheetKit.names)
            }
        }
    }
}
