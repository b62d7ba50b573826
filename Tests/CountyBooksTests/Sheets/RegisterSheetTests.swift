import CountyBooks
import LockerDomain
import OfficeSheets
import Testing

@Suite("Registers as sheets")
struct RegisterSheetTests {
    /// Rows with every field filled in and rows with none that may be missing.
    static let full: [RegisterKind: [RegisterRow]] = [
        .township: [.township(Township(code: "140522102", name: "北留镇"))],
        .village: [
            .village(
                Village(
                    code: "140522102201",
                    name: "北留村",
                    township: "140522102",
                    population: 2_341,
                    townHectometres: 5
                )
            ),
            .village(Village(code: "140522102202", name: "东沟村", township: "140522102", townHectometres: 120)),
            .village(Village(code: "140522103201", name: "东沟村", township: "140522103", population: 0)),
        ],
        .operatorFirm: [
            .operatorFirm(OperatorFirm(name: "县共配中心", creditCode: "914403001922038216", phone: "0356-4221234")),
            .operatorFirm(OperatorFirm(name: "SF, 阳城")),
        ],
        .site: [
            .site(
                Site(
                    number: "W-2",
                    name: "润城镇综合服务站",
                    type: .townshipStation,
                    address: "润城镇中街 \"5\" 号，一层",
                    phone: "13812345678",
                    equipment: ["智能快件箱", "热敏 打印机", "扫码枪（2 把）"],
                    operatorName: "县共配中心",
                    village: "140522103202",
                    serves: [
                        ServedVillage(village: "140522103201", mode: .site),
                        ServedVillage(village: "140522102201", mode: .reach),
                        ServedVillage(village: "140522102202", mode: .reach),
                    ],
                    stations: ["yc-runcheng-0007"],
                    status: .suspended
                )
            ),
            .site(SheetKit.site("W1", stations: [])),
        ],
        .staff: [
            .staff(StaffMember(number: "2001", name: "张三丰", role: "keeper", site: "W1")),
            .staff(StaffMember(number: "18446744073709551615", name: "某甲", role: "inspector")),
        ],
        .operatorReport: [
            .operatorReport(
                OperatorReport(
                    period: "2026-11",
                    village: "140522102201",
                    brand: "YTO",
                    received: 0,
                    accepted: 12,
                    visitDays: 26,
                    by: "县共配中心"
                )
            ),
            .operatorReport(
                OperatorReport(period: "2026-11", village: "140522102202", brand: "YTO", received: 4, by: "县共配中心")
            ),
        ],
    ]

    @Test("what is exported is loaded again as it was, with and without the day", arguments: RegisterKind.allCases)
    func roundTrip(_ kind: RegisterKind) throws {
        let rows = try #require(Self.full[kind])
        let day = kind == .operatorReport ? nil : CivilDay(year: 2026, month: 1, day: 5)
        for validFrom in [nil, day] {
            let dated = rows.map { DatedRow($0, validFrom: validFrom) }
            let sheet = try RegisterSheet(kind, text: SheetKit.text(dated, kind))
            #expect(sheet.faults == [] && sheet.notes == [])
            #expect(sheet.lines.map(\.dated) == dated && sheet.lines.map(\.row) == Array(2..<2 + rows.count))
            let checked = sheet.checked(against: SheetKit.names)
            #expect(checked.faults == [] && checked.rows == dated)
        }
    }

    @Test("a template is a sheet that is read, and refused with its examples in it", arguments: RegisterKind.allCases)
    func template(_ kind: RegisterKind) throws {
        let template = RegisterSheet.template(kind)
        let header = try #require(template.first)
        #expect(template.count == 3 && Set(template.map(\.count)).count == 1)
        #expect(header.count { $0.hasSuffix("（必填）") } >= 1)
        #expect(header.map { $0.replacing("（必填）", with: "") } == RegisterSheet.header(kind))
        let sheet = try RegisterSheet(kind, text: SheetKit.text(header, Array(template.dropFirst())))
        #expect(sheet.lines.count == 2 && sheet.faults == [] && sheet.notes == [])
        #expect(sheet.lines.allSatisfy { $0.dated.row.kind == kind && $0.dated.row.name.contains("示例") })
        #expect(Set(sheet.lines.map(\.dated.row.key)).count == 2)
        let checked = sheet.checked(against: SheetKit.names)
        #expect(checked.rows.isEmpty)
        #expect(
            SheetFault.lines(checked.faults) == ["rows 2-3: is an example of the template 是模板中的示例行: delete the row 请删去"]
        )
    }

    @Test("each header of the list is a column of its own, in Chinese and in English", arguments: RegisterKind.allCases)
    func headers(_ kind: RegisterKind) throws {
        let names = RegisterSheet.columnList(kind).split(separator: ", ").map {
            $0.split(separator: " ").map(String.init)
        }
        #expect(names.compactMap(\.first) == RegisterSheet.header(kind))
        for language in [0, 1] {
            let header = names.map { $0[language] }
            let sheet = try RegisterSheet(kind, text: SheetKit.text(header, []))
            #expect(sheet.notes == [] && sheet.lines.isEmpty)
        }
    }

    @Test("a sheet of another register, or with a needed column removed, is refused; others are missed in a note")
    func columns() throws {
        let village = SheetKit.text(["区划代码", "村名"], [["140522102201", "北留村"]])
        for (kind, cause) in [
            (RegisterKind.site, "no row names the columns 没有列名行"), (.township, "has no column 乡镇 name 缺少“乡镇”列"),
            (.staff, "no row names the columns 没有列名行"), (.operatorReport, "has no column 月份 month 缺少“月份”列"),
        ] {
            let fault = try #require(throws: SheetFault.self) { try RegisterSheet(kind, text: village) }
            #expect(fault.cause == cause, "\(kind)")
        }
        let notes = try RegisterSheet(.village, text: village).notes
        #expect(
            notes == [
                "columns not there, left empty 没有的列，留空: 乡镇 township, 人口 population, 距镇驻地公里 town_km, 生效日期 valid_from"
            ]
        )
        let other = SheetKit.text(["区划代码", "村名", "书记"], [["140522102201", "北留村", "某甲"], ["", "", "某乙"]])
        let passed = try RegisterSheet(.village, text: other)
        #expect(passed.lines.count == 1 && passed.notes.first == "columns not used 未用的列: C 书记")
        #expect(passed.notes.last?.hasPrefix("row 3: nothing in a column of the register") == true)
        let many = SheetKit.text(["工号", "姓名", "岗位"], (1...20_001).map { ["\($0)", "某", "courier"] })
        let fault = #expect(throws: SheetFault.self) { try RegisterSheet(.staff, text: many) }
        #expect(fault?.cause.hasPrefix("has 20001 rows, at most 20000 fit") == true)
    }

    @Test("rows and fields as offices write them")
    func written() throws {
        let villages = try RegisterSheet(
            .village,
            text: """
                阳城县行政村台账,,,,,
                *统计用区划代码,行政村,所属乡镇,人口（人）,距镇驻地（公里）,生效日期
                '１４０５２２１０２２０１,北留村委会,北留镇,"2,341",4.96,2026/1/5 0:00
                140522102202.0,东沟村,140522102000,１２０,12.0,2026年1月5日
                ="140522103202",上庄村,,,0.5,2026.11.21
                """
        ).checked(against: SheetKit.names)
        #expect(villages.faults == [])
        let rows = villages.rows.compactMap { if case .village(let row) = $0.row { row } else { nil } }
        #expect(rows.map(\.code) == ["140522102201", "140522102202", "140522103202"])
        #expect(rows.map(\.township) == ["140522102", "140522102", "140522103"])
        #expect(rows.map(\.population) == [2_341, 120, nil])
        #expect(rows.map(\.townHectometres) == [49, 120, 5], "4.96 km are less than five")
        #expect(villages.rows.map(\.validFrom?.description) == ["2026-01-05", "2026-01-05", "2026-11-21"])
        let reports = try RegisterSheet(
            .operatorReport,
            text: "月份,村,品牌,下行,填报单位\n2026/11/1,上庄村,YTO,3,县共配中心\n2026年9月,润城镇东沟村,YTO,3,县共配 中心\n"
        ).checked(against: SheetKit.names)
        #expect(reports.rows.map(\.row.key) == ["2026-11 140522103202 YTO 县共配中心", "2026-09 140522103201 YTO 县共配中心"])
    }

    @Test(
        "published phones are kept in one form",
        arguments: [
            ("0356-4221234", "0356-4221234"), ("（0356）4221234", "0356-4221234"), ("03564221234", "0356-4221234"),
            ("010 8888 6666", "010-88886666"), ("0356-4221234-8021", "0356-4221234-8021"),
            ("+86 138 1234 5678", "13812345678"),
            ("138-1234-5678", "13812345678"), ("008613812345678", "13812345678"), ("４００-１２３-４５６７", "4001234567"),
            ("95338", "95338"),
            ("4221234", "4221234"),
        ]
    )
    func phones(_ row: (written: String, kept: String)) throws {
        let text = SheetKit.text(["经营企业", "公开电话"], [["县共配中心", row.written], ["阳城快递", row.kept]])
        let sheet = try RegisterSheet(.operatorFirm, text: text)
        #expect(sheet.faults == [])
        #expect(sheet.lines.map { RegisterSheet.cells(of: $0.dated)[2] } == [row.kept, row.kept])
    }
}
