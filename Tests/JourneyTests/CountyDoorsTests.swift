import Foundation
import Testing

@Suite("The doors of a real county-server")
struct CountyDoorsTests {
    /// Status of an answer as curl says it; 000 for none.
    private func status(_ address: String, in scratch: Scratch) throws -> String {
        try tool(
            "curl",
            ["--insecure", "--silent", "--output", "/dev/null", "--write-out", "%{http_code}", address],
            scratch
        )
    }

    private func tool(_ name: String, _ arguments: [String], _ scratch: Scratch) throws -> String {
        let (process, output) = (Process(), "\(scratch.root)/\(name).out")
        try Data().write(to: URL(filePath: output))
        process.executableURL = URL(filePath: "/usr/bin/\(name)")
        process.arguments = arguments
        process.standardOutput = FileHandle(forWritingAtPath: output)
        process.standardError = FileHandle.nullDevice
        try process.run()
        try scratch.wait(name, seconds: 60) { !process.isRunning }
        return try String(contentsOfFile: output, encoding: .utf8)
    }

    @Test("with a certificate of its own it speaks TLS alone, and clerks come in by another door than stations")
    func ownCertificate() throws {
        let scratch = try Scratch()
        let (stations, pages) = (Int.random(in: 20_000...29_999), Int.random(in: 30_000...32_000))
        let (key, certificate) = ("\(scratch.root)/key.pem", "\(scratch.root)/chain.pem")
        let request = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "3", "-subj", "/CN=localhost"]
        _ = try tool("openssl", request + ["-keyout", key, "-out", certificate], scratch)
        try scratch.write(
            """
            host = "127.0.0.1"
            port = \(stations)
            [tls]
            certificate = "\(certificate)"
            key = "\(key)"
            [pages]
            host = "127.0.0.1"
            port = \(pages)
            """,
            to: "etc/county-server/county.toml"
        )
        let server = try scratch.serve(port: pages)
        let (call, page) = ("127.0.0.1:\(stations)", "127.0.0.1:\(pages)")
        #expect(try status("https://\(page)/login", in: scratch) == "200", "ports \(stations), \(pages)")
        #expect(try status("https://\(call)/v1/stations/yc-01/commands", in: scratch) == "401")
        #expect(try status("https://\(call)/login", in: scratch) == "404")
        #expect(try status("https://\(page)/v1/stations/yc-01/commands", in: scratch) == "404")
        #expect(try status("http://\(page)/login", in: scratch) == "000")
        #expect(scratch.stop(server) == 0)
    }

    @Test("a certificate that is not there is named before anything listens")
    func noCertificate() throws {
        let scratch = try Scratch()
        let tls = "[tls]\ncertificate = \"/none/chain.pem\"\nkey = \"/none/key.pem\"\n"
        try scratch.write("port = \(Int.random(in: 20_000...29_999))\n" + tls, to: "etc/county-server/county.toml")
        let refused = try scratch.run("county-server", ["serve"], seconds: 20)
        #expect(refused.status != 0)
        #expect(refused.errors.contains("/none/chain.pem"), "\(refused.errors)")
    }
}
