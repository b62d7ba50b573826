import Foundation
import GRDB
import Testing

@Suite("Commands leave entries in the audit log")
struct CommandAuditTests {
    /// Action and object of each entry, the oldest first; every author is a user of the command line.
    private func entries(_ scratch: Scratch) throws -> [String] {
        let books = try DatabaseQueue(path: "\(scratch.root)/var/lib/county-server/county.sqlite")
        return try books.read { db in
            try Row.fetchAll(db, sql: "SELECT author, action, object FROM audit ORDER BY number").map { row in
                let (author, action, object): (String, String, String) = (row[0], row[1], row[2])
                #expect(author == "command line \(NSUserName())")
                return "\(action) \(object)"
            }
        }
    }

    @Test("each one that changes something, or shows what is somebody's own, and none that only reads")
    func logged() throws {
        let scratch = try Scratch()
        try scratch.write("port = 8480\n", to: "etc/county-server/county.toml")
        try scratch.write("快递公司,快递单号,收件人,收件人电话,规格\n顺丰,SF7444404156506,张三,13812345678,大\n", to: "sheet.csv")
        try scratch.write("区划代码,乡镇\n140522100,北留镇\n", to: "towns.csv")
        let commands = [
            ["enrol-token", "test-1"], ["register", "load", "township", "\(scratch.root)/towns.csv"],
            ["account", "add", "wang", "--role", "admin"], ["account", "reset", "wang"],
            ["manifest", "load", "\(scratch.root)/sheet.csv", "--station", "test-1"],
            ["code", "SF7444404156506", "--station", "test-1"], ["clock", "confirm", "--yes"],
            ["recall", "SF7444404156506", "--station", "test-1"],
            ["support-code", "--station", "test-1", "--door", "A01"],
        ]
        for command in commands {
            let outcome = try scratch.run("county-server", command)
            #expect(outcome.status == 0, "\(command): \(outcome.errors)")
        }
        for command in [["stations"], ["account", "list"], ["register", "print", "township"]] {
            #expect(try scratch.run("county-server", command).status == 0, "\(command)")
        }
        let seen = try entries(scratch)
        #expect(
            seen.map { $0.prefix { $0 != " " } } == [
                "enrolmentMade", "registerImported", "accountAdded", "passwordReset", "manifestImported", "codeIssued",
                "clockConfirmed", "commandSent", "codeIssued",
            ],
            "\(seen)"
        )
        #expect(seen.first == "enrolmentMade test-1")
        #expect(seen.contains { $0.hasPrefix("manifestImported test-1 ") })
    }

    @Test("a command that is refused leaves none")
    func refused() throws {
        let scratch = try Scratch()
        try scratch.write("port = 8480\n", to: "etc/county-server/county.toml")
        try scratch.write("a,b\n1,2\n", to: "sheet.csv")
        _ = try scratch.run("county-server", ["enrol-token", "test-1"])
        let loaded = try scratch.run(
            "county-server",
            ["manifest", "load", "\(scratch.root)/sheet.csv", "--station", "test-1"]
        )
        #expect(loaded.status != 0)
        #expect(try entries(scratch) == ["enrolmentMade test-1"])
    }
}
