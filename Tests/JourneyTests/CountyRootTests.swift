import Foundation
import Testing

@Suite("The root of a county, with the real program")
struct CountyRootTests {
    @Test("a second server of one county is refused and names the first, and other commands work beside it")
    func second() throws {
        let scratch = try Scratch()
        let port = 20_000 + Int.random(in: 0..<20_000)
        try scratch.write("port = \(port)\n", to: "etc/county-server/county.toml")
        let first = try scratch.serve(port: port)
        let second = try scratch.run("county-server", ["serve", "--port", "0"], seconds: 20)
        #expect(second.status != 0)
        #expect(second.errors.contains("process \(first.processIdentifier)"), "\(second.errors)")
        #expect(try scratch.run("county-server", ["stations"]).status == 0)
        #expect(try scratch.run("county-server", ["enrol-token", "test-1"]).status == 0)
        let beside = try scratch.run("county-server", ["account", "add", "li", "--role", "admin"])
        #expect(beside.output.contains("open http://127.0.0.1:\(port)/login "), "\(beside.output)\(beside.errors)")
        #expect(!beside.output.contains("start with"))
        #expect(scratch.stop(first) == 0)
        let next = try scratch.serve(port: port)
        #expect(scratch.stop(next) == 0)
    }

    @Test("a root without a county is refused and stays empty, but for what begins one")
    func noCounty() throws {
        let scratch = try Scratch()
        for command in [["account", "list"], ["stations"], ["register", "print", "site"], ["report", "verify"]] {
            let refused = try scratch.run("county-server", command)
            #expect(refused.status != 0 && refused.errors.contains("没有县中心数据"), "\(command): \(refused.errors)")
        }
        #expect(!FileManager.default.fileExists(atPath: "\(scratch.root)/var"))
        let made = try scratch.run("county-server", ["account", "add", "li", "--role", "admin"])
        #expect(made.status == 0, "\(made.errors)")
        #expect(made.output.contains("start with county-server serve, then open http://127.0.0.1:8480/login "))
        #expect(try scratch.run("county-server", ["account", "list"]).status == 0)
    }

    @Test(
        "what is to be opened in a browser goes by the configuration",
        arguments: [
            ("port = 9000\n", "http://127.0.0.1:9000/login"),
            ("public_url = \"https://county.example/locker\"\n", "https://county.example/locker/login"),
            ("[pages]\nhost = \"0.0.0.0\"\nport = 9001\n", "http://127.0.0.1:9001/login"),
            (
                "public_url = \"https://county.example/locker\"\n[pages]\nhost = \"::1\"\n",
                "http://[::1]:8481/login"
            ),
            (
                "[pages]\nhost = \"0.0.0.0\"\nurl = \"https://pages.example/office/\"\n",
                "https://pages.example/office/login"
            ),
        ]
    )
    func address(configuration: String, expected: String) throws {
        let scratch = try Scratch()
        try scratch.write(configuration, to: "etc/county-server/county.toml")
        let made = try scratch.run("county-server", ["account", "add", "li", "--role", "admin"])
        #expect(made.output.contains("open \(expected) "), "\(made.output)\(made.errors)")
    }

    @Test("a firm or a township that no register has gets no account, and the fix is named")
    func unknownRights() throws {
        let scratch = try Scratch()
        let firm = ["account", "add", "feng", "--role", "operatorFirm", "--firm", "县供销社"]
        let refused = try scratch.run("county-server", firm)
        #expect(refused.status != 0 && refused.errors.contains("load the register of operators first"))
        try scratch.write("经营企业\n县供销社\n", to: "firms.csv")
        try scratch.run("county-server", ["register", "load", "operatorFirm", "\(scratch.root)/firms.csv"])
        #expect(try scratch.run("county-server", firm).status == 0)
        let town = try scratch.run(
            "county-server",
            ["account", "add", "zhou", "--role", "clerk", "--township", "140522100"]
        )
        #expect(town.status != 0 && town.errors.contains("load the register of townships first"), "\(town.errors)")
    }

    @Test("a sheet without a column in which the register has something is refused, and the register stays")
    func removedColumn() throws {
        let scratch = try Scratch()
        try scratch.write("port = 8480\n", to: "etc/county-server/county.toml")
        try scratch.write("经营企业,公开电话\n县供销社,0356-4221234\n", to: "firms.csv")
        let load = ["register", "load", "operatorFirm", "\(scratch.root)/firms.csv"]
        // The first command of a county makes it.
        #expect(try scratch.run("county-server", ["enrol-token", "test-1"]).status == 0)
        #expect(try scratch.run("county-server", load).status == 0)
        let before = try scratch.run("county-server", ["register", "print", "operatorFirm"]).output
        #expect(before.contains("0356-4221234"), "\(before)")
        try scratch.write("经营企业\n县供销社\n", to: "firms.csv")
        let refused = try scratch.run("county-server", load)
        #expect(refused.status != 0)
        for line in [
            "1 column is not there, nothing was loaded 缺少 1 列，没有载入",
            "公开电话 phone: is not in the sheet, and 1 row of the register has something there "
                + "表中没有此列，而台账中有 1 行在此列有内容: put the column back, with its cells 请恢复该列及其内容",
        ] {
            #expect(refused.errors.contains(line), "\(refused.errors)")
        }
        #expect(try scratch.run("county-server", ["register", "print", "operatorFirm"]).output == before)
    }

    @Test("the help of a register's commands lists the registers")
    func help() throws {
        let scratch = try Scratch()
        for command in ["load", "print", "template"] {
            let said = try scratch.run("county-server", ["register", command, "--help"])
            // Where a command takes no --root, its help stands in the complaint.
            let help = said.output + said.errors
            for kind in ["township", "village", "site", "operatorFirm", "staff", "operatorReport"] {
                #expect(help.contains(kind), "\(command): \(help)")
            }
        }
    }
}
