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
}
