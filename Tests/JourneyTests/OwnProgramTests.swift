import Foundation
import Testing

@Suite("A program that was written from the pages alone", .serialized)
struct OwnProgramTests {
    private static let program =
        "\(#filePath.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" })/station.py"

    @Test("it enrols, sends, says what it lost, mends its counter, and does a command")
    func answered() throws {
        let scratch = try Scratch()
        let port = 20_000 + Int.random(in: 0..<20_000)
        let url = "http://127.0.0.1:\(port)/locker"
        try scratch.write("port = \(port)\npublic_url = \"\(url)\"\n", to: "etc/county-server/county.toml")
        try scratch.write("快递公司,快递单号,收件人,收件人电话,规格\n顺丰,SF7444404156506,张三,13812345678,大\n", to: "sheet.csv")
        let token = try scratch.run("county-server", ["enrol-token", "test-1"]).output
        let sheet = "\(scratch.root)/sheet.csv"
        let loaded = try scratch.run("county-server", ["manifest", "load", sheet, "--station", "test-1"])
        #expect(loaded.status == 0, "\(loaded.errors)")
        let county = try scratch.serve(port: port)

        let played = try play(url, token.trimmingCharacters(in: .whitespacesAndNewlines))
        #expect(played == "ok\n")
        let verified = try scratch.run("county-server", ["verify", "--station", "test-1"])
        #expect(verified.output.contains("chain ok 8 events, lost 丢失 5-5"), "\(verified.output)")
        #expect(scratch.stop(county) == 0)
    }

    /// What the program says, its faults included.
    private func play(_ url: String, _ token: String) throws -> String {
        let (process, pipe) = (Process(), Pipe())
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = [Self.program, url, token]
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        return String(decoding: output, as: UTF8.self)
    }
}
