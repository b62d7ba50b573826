import Foundation
import Testing

@Suite("https with the clock at 1970, with the real programs", .serialized)
struct FromEpochTests {
    private static let certificates =
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(2).joined(separator: "/")
        + "/HTTPUplinkTests/Certificates"

    @Test("the first signed time is taken whatever the dates of the certificate are, and judges them from then on")
    func fromEpoch() throws {
        let scratch = try Scratch()
        let (port, outside) = (20_000 + Int.random(in: 0..<10_000), 30_000 + Int.random(in: 0..<2_000))
        try scratch.write(
            "port = \(port)\npublic_url = \"https://localhost:\(outside)\"\n",
            to: "etc/county-server/county.toml"
        )
        try scratch.configure(
            "[simulation]\nclock = \"none\"\nstart = \"1970-01-03 08:00\"",
            county: "https://localhost:\(outside)"
        )
        try scratch.write(
            "[county]\nca = \"\(Self.certificates)/authority.pem\"\n",
            to: "etc/lockerd/station.d/10-ca.toml"
        )
        let key = try Data(contentsOf: URL(filePath: "\(Self.certificates)/county-key.der"))
            .base64EncodedString(options: .lineLength64Characters)
        try scratch.write("-----BEGIN EC PRIVATE KEY-----\n\(key)\n-----END EC PRIVATE KEY-----\n", to: "key.pem")
        try scratch.write(Self.terminator, to: "terminator.py")

        let county = try Running("\(Scratch.programs)/county-server", ["serve", "--root", scratch.root])
        defer { county.end() }
        try scratch.wait("county-server to listen", seconds: 60) { Scratch.listens(port) }
        let token = try scratch.run("county-server", ["enrol-token", "test-1"]).output
            .trimmingCharacters(in: .whitespacesAndNewlines)
        var tls = try terminate("expired", scratch, from: outside, to: port)
        defer { tls.end() }
        let lockerd = try scratch.start()
        #expect(try status(scratch).contains(#""clock":"none""#))
        let enrolled = try scratch.run("lockerctl", ["enrol", token])
        #expect(enrolled.status == 0, "\(enrolled.errors)")
        try scratch.wait("the county's time", seconds: 60) { try status(scratch).contains(#""clock":"county""#) }
        try scratch.wait("the fault that says clock", seconds: 60) {
            let link = try scratch.run("lockerctl", ["uplink", "status", "--json"]).output
            return link.contains(#""code":"expired""#) && link.contains("this clock says 20")
        }
        tls.end()
        tls = try terminate("good", scratch, from: outside, to: port)
        try scratch.wait("the events at the county", seconds: 60) {
            try scratch.run("lockerctl", ["uplink", "status", "--json"]).output.contains(#""eventsWaiting":0"#)
        }
        #expect(scratch.stop(lockerd) == 0)
    }

    private func status(_ scratch: Scratch) throws -> String {
        try scratch.run("lockerctl", ["status", "--json"]).output
    }

    private func terminate(_ certificate: String, _ scratch: Scratch, from: Int, to: Int) throws -> Running {
        let files = ["\(Self.certificates)/\(certificate).pem", "\(scratch.root)/key.pem"]
        let tls = try Running(
            "/usr/bin/python3",
            ["\(scratch.root)/terminator.py", "\(from)", "\(to)"] + files
        )
        try scratch.wait("the TLS port", seconds: 60) { Scratch.listens(from) }
        return tls
    }

    /// Takes TLS at one port and speaks plain to another.
    private static let terminator = """
        import select, socket, ssl, sys, threading
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[3], sys.argv[4])
        def serve(raw):
            try:
                outer = context.wrap_socket(raw, server_side=True)
                inner = socket.create_connection(("127.0.0.1", int(sys.argv[2])))
                while True:
                    ready = [outer] if outer.pending() else select.select([outer, inner], [], [])[0]
                    for side in ready:
                        data = side.recv(65536)
                        if not data:
                            outer.close()
                            return inner.close()
                        (inner if side is outer else outer).sendall(data)
            except OSError:
                raw.close()
        listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
        while True:
            threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
        """

    /// Another program, killed at the end.
    private final class Running {
        private let process = Process()

        init(_ program: String, _ arguments: [String]) throws {
            process.executableURL = URL(filePath: program)
            process.arguments = arguments
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
        }

        func end() { Scratch.end(process, SIGKILL) }

        deinit { end() }
    }
}
