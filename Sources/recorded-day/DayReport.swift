import Foundation

/// What the day came to: a page to read and one line of JSON.
struct DayReport {
    let totals: Books.Totals
    let reports: ReportsOfDay
    let seconds: Double
    let residentKiB: Int

    init(_ programs: Programs, seconds: Double, residentKiB: Int) throws {
        let county = try programs.ask("county-server", ["events", "--station", Day.station, "--json"])
        let books = try Books(journal: "\(programs.root)/var/lib/lockerd/journal.sqlite", county: county)
        var totals = try books.totals()
        let verified = (try? programs.ask("county-server", ["verify", "--station", Day.station])) ?? ""
        if !verified.contains("chain ok") { totals.chain = "broken" }
        self.totals = totals
        reports = try ReportsOfDay(root: programs.root)
        self.seconds = seconds
        self.residentKiB = residentKiB
    }

    var isGood: Bool {
        totals.lost == 0 && totals.duplicated == 0 && totals.chain == "ok" && totals.parcelsIn > 0 && reports.isGood
    }

    var json: String {
        "{\"parcelsIn\":\(totals.parcelsIn),\"collected\":\(totals.collected),"
            + "\"stillInside\":\(totals.parcelsIn - totals.collected),\"doorsOpened\":\(totals.doorsOpened),"
            + "\"eventsMade\":\(totals.eventsMade),\"acknowledged\":\(totals.acknowledged),\"lost\":\(totals.lost),"
            + "\"duplicated\":\(totals.duplicated),\"chain\":\"\(totals.chain)\","
            + "\"reportsDiffer\":\(reports.differences.count),"
            + "\"seconds\":\(Int(seconds.rounded())),\"residentKiB\":\(residentKiB)}"
    }

    var text: String {
        """

        The day at \(Day.station)
          parcels taken in (存入)          \(totals.parcelsIn)
          collected (取走)                 \(totals.collected)
          still inside (在柜)              \(totals.parcelsIn - totals.collected)
          doors seen open (开门)           \(totals.doorsOpened)
          events made at the station       \(totals.eventsMade)
          events in the county's books     \(totals.acknowledged)
          lost \(totals.lost), counted twice \(totals.duplicated), hash chain \(totals.chain)
          \(reports.lines.joined(separator: "\n  "))
          \(Int(seconds.rounded())) s, lockerd took \(residentKiB) KiB of memory
        """
    }
}
