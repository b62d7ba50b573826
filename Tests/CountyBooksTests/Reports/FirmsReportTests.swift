import CountyBooks
import Foundation
import LockerDomain
import Testing

@Suite("What firms report themselves")
struct FirmsReportTests {
    private typealias County = SmallCounty

    @Test("a year has the sheets of its months, and lines above the villages what they say together")
    func reportedSums() throws {
        var county = try SmallCounty()
        func sheet(_ month: String, _ village: String, _ received: Int, by firm: String = "共配") -> DatedRow {
            DatedRow(
                .operatorReport(
                    OperatorReport(
                        period: month,
                        village: village,
                        brand: "SF",
                        received: received,
                        visitDays: received * 2,
                        by: firm
                    )
                )
            )
        }
        county.rows += [
            sheet("2026-10", County.far, 5), sheet("2026-11", County.far, 3), sheet("2026-11", County.far, 1, by: "邮政"),
            sheet("2026-11", County.south, 2), sheet("2025-11", County.far, 100),
        ]
        #expect(try county.line(County.township).reported?.received == 6)
        #expect(try county.line("140522", "SF").reported?.received == 6)
        #expect(try county.line("140522").reported?.by == ["共配", "邮政"])
        #expect(try county.line("140522").reported?.visitDays == nil)
        #expect(try county.line(County.far).reported?.visitDays == 6)
        county.period = try #require(CountyPeriod(.year, "2026"))
        #expect(try county.line(County.far).reported?.received == 9)
        #expect(try county.line(County.far).reported?.visitDays == 16)
        #expect(try county.line("140522").reported?.received == 11)
        county.period = CountyPeriod(day: county.day(1))
        #expect(try county.line(County.far).reported == nil)
    }

    @Test("what a firm says of 顺丰速运 stands in the line of the parcels that are SF")
    func reportedByAnotherName() throws {
        var county = try SmallCounty()
        let report = OperatorReport(period: "2026-11", village: County.far, brand: "顺丰速运", received: 2, by: "共配")
        county.rows.append(DatedRow(.operatorReport(report)))
        #expect(try county.line(County.far, "SF").reported?.received == 2)
        // As a store reads it that was written by somebody else.
        let stored = #"{"period":"2026-11","village":"140522102208","brand":"圆通速递","received":1,"by":"共配"}"#
        #expect(try JSONDecoder().decode(OperatorReport.self, from: Data(stored.utf8)).brand == "YTO")
        let table = ReportView(county.report, ViewContext(Registers(county.rows), now: county.now)).table
        let brand = try #require(table.columns.firstIndex { $0.id == "brand" })
        let shown = Set(table.rows.map { $0[brand].text(in: .chinese) })
        #expect(shown.contains("顺丰") && !shown.contains("顺丰速运") && !shown.contains("SF"))
    }

    @Test("a sum of what firms say is unknown where one of them leaves a part of it blank, and is frozen as such")
    func reportedBlank() throws {
        var county = try SmallCounty()
        let said: [(village: String, brand: String, accepted: Int?)] = [
            (County.far, "SF", 8), (County.south, "YTO", nil),
        ]
        for (village, brand, accepted) in said {
            let report = OperatorReport(
                period: "2026-11",
                village: village,
                brand: brand,
                received: 2,
                accepted: accepted,
                by: "共配"
            )
            county.rows.append(DatedRow(.operatorReport(report)))
        }
        #expect(try county.line(County.far).reported?.accepted == 8)
        #expect(try county.line(County.south).reported?.unsummed == [])
        let table = ReportView(county.report, ViewContext(Registers(county.rows), now: county.now)).table
        for code in [County.township, "140522"] {
            let reported = try #require(try county.line(code).reported)
            #expect(reported.received == 4)
            #expect(reported.accepted == nil)
            #expect(try county.line(code, "SF").reported?.accepted == 8)
            let frozen = try #require(ReportSheet(county.report).rows[ReportSheet.Key(code: code, brand: "")])
            #expect(frozen.figures[.reportedReceived] == 4)
            #expect(frozen.figures[.reportedAccepted] == nil)
            #expect(try table.row("code", code)["reportedAccepted"] == .unknown)
        }
        #expect(try table.row("code", County.south)["reportedAccepted"] == Table.Cell.none)
    }

    @Test("shows what firms report in columns of its own, never added")
    func reported() throws {
        var county = try SmallCounty()
        county.count("SF1", on: .day(county.day(1)), village: "远村")
        for (brand, received, visits) in [("SF", 4, 12), ("YTO", 3, nil)] as [(String, Int, Int?)] {
            let report = OperatorReport(
                period: "2026-11",
                village: County.far,
                brand: brand,
                received: received,
                visitDays: visits,
                by: "共配"
            )
            county.rows.append(DatedRow(.operatorReport(report)))
        }
        let all = try county.line(County.far)
        #expect(all.figures.received == 1)
        #expect(all.reported == ReportedFigures(received: 7, accepted: nil, visitDays: 12, by: ["共配"]))
        #expect(try county.line(County.far, "YTO").reported?.received == 3)
        #expect(try county.line(County.township).reported?.received == 7)
    }
}
