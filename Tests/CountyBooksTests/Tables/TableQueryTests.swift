import CountyBooks
import Testing

@Suite("Queries of tables")
struct TableQueryTests {
    private func items(_ pairs: [(String, String)]) -> [(key: Substring, value: Substring)] {
        pairs.map { (key: Substring($0.0), value: Substring($0.1)) }
    }

    private func query(_ pairs: [(String, String)], scope: String = "") -> TableQuery {
        TableQuery(items(pairs), scope: scope)
    }

    @Test("an address is read, and written back as it was")
    func roundTrip() {
        let read = query([("sort", "pieces"), ("order", "desc"), ("filter", "北留 <a>&"), ("page", "2"), ("size", "50")])
        #expect(read == TableQuery(sort: "pieces", isDescending: true, filter: "北留 <a>&", page: 2, size: 50))
        #expect(read.text == "sort=pieces&order=desc&filter=%E5%8C%97%E7%95%99%20%3Ca%3E%26&page=2&size=50")
        #expect(query(read.items) == read)
        #expect(query([]).text == "")
    }

    private static let addresses: [(String, TableQuery)] = [
        ("page=0", TableQuery()), ("page=-1", TableQuery()), ("page=+2", TableQuery()), ("page=", TableQuery()),
        ("page=99999999999999999999", TableQuery(page: 1_000_000)),
        ("page=2&page=3", TableQuery(page: 2)),
        ("size=0", TableQuery(size: 1)), ("size=501", TableQuery(size: 500)),
        ("sort=a;drop", TableQuery()), ("sort=", TableQuery()),
        ("sort=" + String(repeating: "a", count: 41), TableQuery()),
        ("order=desc", TableQuery()), ("sort=a&order=up", TableQuery(sort: "a")),
        ("filter= \n ", TableQuery()), ("town=1", TableQuery()),
    ]

    @Test("what nobody can mean is the default, what is out of bounds is the bound", arguments: addresses)
    func bounds(_ row: (address: String, query: TableQuery)) {
        let items = row.address.split(separator: "&").map { item -> (key: Substring, value: Substring) in
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (key: parts[0], value: parts[1])
        }
        #expect(TableQuery(items) == row.query)
    }

    @Test("a long filter is cut")
    func longFilter() {
        let read = query([("filter", String(repeating: "村", count: 100_000))])
        #expect(read.filter.count == TableLimits.filterCharactersMax)
    }

    @Test("tables that share a page leave each other's items, and those of the page, as they are")
    func scopes() {
        let address = [("day", "2026-11-03"), ("doors.sort", "number"), ("doors.page", "3"), ("events.page", "7")]
        let doors = query(address, scope: "doors")
        #expect(doors == TableQuery(scope: "doors", sort: "number", page: 3))
        #expect(
            doors.at(page: 4).text(beside: items(address))
                == "day=2026-11-03&events.page=7&doors.sort=number&doors.page=4"
        )
        #expect(query(address) == TableQuery())
    }

    @Test("a header sorts by its column, then the other way, from the first page")
    func headers() {
        let start = TableQuery(sort: "village", filter: "北", page: 3)
        let once = start.sorted(by: "pieces")
        #expect(once == TableQuery(sort: "pieces", filter: "北"))
        #expect(once.sorted(by: "pieces") == TableQuery(sort: "pieces", isDescending: true, filter: "北"))
        #expect(once.sorted(by: "pieces").sorted(by: "pieces") == once)
    }
}
