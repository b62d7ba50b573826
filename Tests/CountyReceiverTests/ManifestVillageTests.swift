import CountyBooks
import CountyReceiver
import CountySQLite
import Foundation
import GRDB
import LockerDomain
import SyncWire
import Testing

@Suite("The village of a manifest's rows (村)")
struct ManifestVillageTests {
    private let county: County

    init() throws {
        county = try TestCounty().county
        _ = try county.makeEnrolmentToken(station: "yc-1")
    }

    private func keepVillages() throws {
        let rows = [
            DatedRow(.township(Township(code: "140522100", name: "北留镇"))),
            DatedRow(.village(Village(code: "140522100201", name: "北留村", township: "140522100"))),
            DatedRow(.village(Village(code: "140522100202", name: "南村", township: "140522100"))),
            DatedRow(.village(Village(code: "140522100203", name: "南村", township: "140522100"))),
        ]
        try county.registers.keep(rows.map { RegisterChange($0) }, by: "test", at: 1)
    }

    private func load(_ village: String) throws -> County.LoadedManifest {
        try county.loadManifest(Array("运单号,品牌,村\nSF7444404156506,SF,\(village)\n".utf8), station: "yc-1")
    }

    /// What the station is told.
    private func villages(of loaded: County.LoadedManifest) throws -> [String?] {
        let bytes = try DatabaseQueue(path: county.booksPath).read { db in
            try Data.fetchOne(db, sql: "SELECT bytes FROM manifest WHERE id = ?", arguments: [loaded.manifest])
        }
        return try CanonicalJSON.decode(ManifestMessage.self, from: Array(#require(bytes))).entries.map(\.village)
    }

    @Test("a village by name or code is written as its code, which the station's event then carries")
    func code() throws {
        try keepVillages()
        for written in ["北留村", "140522100201", "北留"] {
            let loaded = try load(written)
            #expect(try villages(of: loaded) == ["140522100201"])
        }
    }

    @Test(
        "a village that the register does not know, or knows twice, is refused with row and column",
        arguments: ["西村", "南村"]
    )
    func unknown(village: String) throws {
        try keepVillages()
        let fault = try #require(throws: CountyFault.self) { try load(village) }
        #expect(fault.description.contains("row 2, 村 village"), "\(fault)")
    }

    @Test("while the county has no village, a name stays as it is written")
    func empty() throws {
        let loaded = try load("西村")
        #expect(try villages(of: loaded) == ["西村"])
    }
}
