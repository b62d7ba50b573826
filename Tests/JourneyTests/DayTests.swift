import Foundation
import Testing

@Suite("The recorded day, with the real programs", .serialized)
struct DayTests {
    @Test("a day with an outage loses nothing and doubles nothing, and the check fails when the county does")
    func day() throws {
        let scratch = try Scratch()
        let programs = ["--programs", Scratch.programs]
        let day = try scratch.run(
            "recorded-day",
            ["play", "--speed", "1500", "--outage", "5"] + programs,
            seconds: 600
        )
        #expect(day.status == 0, "\(day.output.suffix(1_500))\(day.errors)")
        let lines = day.output.split(separator: "\n").map(String.init)
        let printed = lines.last { $0.hasPrefix("{") } ?? ""
        let figures = try #require(try JSONSerialization.jsonObject(with: Data(printed.utf8)) as? [String: Any])
        #expect(lines.last?.hasSuffix("make run KEEP=1") == true)
        #expect(figures["lost"] as? Int == 0)
        #expect(figures["duplicated"] as? Int == 0)
        #expect(figures["chain"] as? String == "ok")
        #expect(figures["parcelsIn"] as? Int ?? 0 >= 10)
        #expect(figures["eventsMade"] as? Int == figures["acknowledged"] as? Int)
        #expect(figures["reportsDiffer"] as? Int == 0)
        let equal = "  reports of station and county    equal: in 17, out 0 一致"
        #expect(lines.contains(equal), "\(day.output.suffix(1_500))")
        try seesOtherReports(scratch, programs)

        // The last event of a clean stop is made when nobody sends any more: it is not the county's fault.
        let books = "\(scratch.root)/var/lib/county-server"
        try FileManager.default.copyItem(atPath: books, toPath: books + ".kept")
        for (kind, key) in [("lose", "lost"), ("double", "duplicated")] {
            let before = try scratch.run("recorded-day", ["verify"] + programs)
            let broken = try scratch.run("recorded-day", ["verify", "--break", kind] + programs)
            #expect(broken.status != 0)
            let count = { (text: String) in
                (try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])?[key] as? Int ?? -1
            }
            #expect(count(broken.output) == count(before.output) + 1, "\(broken.output)\(broken.errors)")
            try FileManager.default.removeItem(atPath: books)
            try FileManager.default.copyItem(atPath: books + ".kept", toPath: books)
        }
    }

    /// One figure of the county's report is made another one at a time.
    private func seesOtherReports(_ scratch: Scratch, _ programs: [String]) throws {
        let path = "\(scratch.root)/report-county.csv"
        let kept = try String(contentsOfFile: path, encoding: .utf8)
        let changes = [
            ("140522,,", 4, "16", "140522 全部品牌 all brands 下行件数 received: station 站点 17, county 县中心 16"),
            ("140522,,", 5, "1", "140522 全部品牌 all brands 上行件数 accepted: station 站点 0, county 县中心 1"),
            ("140522102206,SF,", 4, "", "140522102206 顺丰 SF 下行件数 received: station 站点 3, county 县中心 未知 unknown"),
            ("140522102206,SF,", 6, "2", "140522102206 顺丰 SF 未收寄件数 rejected: station 站点 0, county 县中心 2"),
        ]
        for (row, column, figure, difference) in changes {
            let rows = kept.split(separator: "\n").map { line in
                var cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
                if line.hasPrefix(row) { cells[column] = figure }
                return cells.joined(separator: ",")
            }
            try scratch.write(rows.joined(separator: "\n"), to: "report-county.csv")
            let checked = try scratch.run("recorded-day", ["verify"] + programs)
            #expect(checked.status != 0)
            #expect(checked.output.contains("\"reportsDiffer\":1,"), "\(checked.output)")
            #expect(checked.errors == difference + "\n")
        }
        try scratch.write(kept, to: "report-county.csv")
        let checked = try scratch.run("recorded-day", ["verify"] + programs)
        #expect(checked.output.contains("\"reportsDiffer\":0,"), "\(checked.output)")
        #expect(checked.errors.isEmpty)
    }
}
