import ControlServer
import Foundation
import Glibc
import StationPorts
import Testing

extension ControlSocketTests {
    @Suite("lockerctl against a served socket", .enabled(if: Command.isBuilt))
    struct CommandTests {
        @Test(
            "every command shows its reply within 80 columns",
            arguments: [
                ["status"], ["doors"], ["parcels"], ["events"], ["uplink"], ["uplink", "status"], ["screen", "--once"],
                ["shipments"], ["promise"], ["tell"], ["report"], ["report", "day", "--of", "2026-08-21"],
                ["report", "month"], ["scan", "SF7444404156506"], ["scan", "--keypad", "18081673"], ["enrol", "t-1"],
                ["clock"], ["clock", "show"], ["clock", "set", "2026-08-21 09:30"],
            ]
        )
        func texts(words: [String]) async throws {
            try await Served.run { served in
                let done = try await Command.run(words + ["--socket", served.path])
                #expect(done.code == 0, "\(done.errors)")
                #expect(!done.output.isEmpty && done.errors.isEmpty)
                #expect(!done.output.contains("\u{1B}"))
            }
        }

        @Test(
            "--json prints one document",
            arguments: [
                "status", "doors", "parcels", "uplink", "screen", "shipments", "promise", "tell", "report", "clock",
            ]
        )
        func json(command: String) async throws {
            try await Served.run { served in
                let done = try await Command.run(["--socket", served.path, command, "--json"])
                #expect(done.code == 0, "\(done.errors)")
                #expect(try JSONSerialization.jsonObject(with: Data(done.output.utf8)) is [String: Any])
                #expect(try await served.call("/v1/" + command).body + "\n" == done.output)
            }
        }

        @Test("events --json prints the newest lines verbatim")
        func events() async throws {
            let port = FakePort()
            try await Served.run(port) { served in
                let done = try await Command.run(["events", "--json", "--limit", "2", "--socket", served.path])
                #expect(
                    done.output
                        == port.lines.suffix(2).map { String(decoding: $0.bytes, as: UTF8.self) + "\n" }.joined()
                )
                let behind = try await Command.run(["events", "--json", "--after", "1.1", "--socket", served.path])
                #expect(behind.output.split(separator: "\n").count == 4)
            }
        }

        @Test("a report goes into a file for a spreadsheet; what cannot be written is said")
        func csv() async throws {
            try await Served.run { served in
                let file = (served.path as NSString).deletingLastPathComponent + "/月报.csv"
                let words = ["report", "month", "--of", "2026-08", "--socket", served.path, "--csv"]
                let done = try await Command.run(words + [file])
                #expect(done.code == 0 && done.output.contains("2026-08"), "\(done.errors)")
                let bytes = try #require(FileManager.default.contents(atPath: file))
                #expect(bytes.starts(with: Array("\u{FEFF}station,period,closed,brand".utf8)))
                #expect(bytes.suffix(2) == Data("\r\n".utf8))
                #expect(!FileManager.default.fileExists(atPath: file + ".partial"))
                let nowhere = try await Command.run(words + ["/tmp/no-such-dir-格口/a.csv"])
                #expect(nowhere.code == 1 && nowhere.errors.contains("格口/a.csv cannot be written"))
                let both = try await Command.run(words + [file, "--json"])
                #expect(both.code == 0 && both.output.hasPrefix("{"))
                let bad = try await Command.run(["report", "day", "--of", "gestern & heute", "--socket", served.path])
                #expect(bad.code == 1 && bad.errors.contains("gestern & heute"))
            }
        }

        @Test("--root finds the socket below it")
        func root() async throws {
            let root = "\(Served.directory)/lk-\(UUID().uuidString.prefix(8))"
            try FileManager.default.createDirectory(atPath: root + "/run/lockerd", withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: root) }
            try await Served.run(at: root + "/run/lockerd/control.sock") { (_: Served) async throws in
                #expect(try await Command.run(["status", "--root", root]).code == 0)
                #expect(try await Command.run(["--root", root, "status"]).code == 0)
            }
        }

        @Test("a daemon that is not there is 69 and says how to start it")
        func unreachable() async throws {
            for words in [["status"], ["screen", "--once"], ["events"], ["enrol", "t"], ["scan", "x"]] {
                let done = try await Command.run(words + ["--socket", "/tmp/no-such-dir-格口/control.sock"])
                #expect(done.code == 69)
                #expect(done.errors.contains("systemctl start lockerd") && done.errors.contains("格口"), "\(done.errors)")
            }
        }

        @Test("a refusal is 1 and keeps the station's words")
        func refused() async throws {
            try await Served.run(roles: FakePeers.roles, peers: FakePeers(groups: [])) { served in
                let done = try await Command.run(["status", "--socket", served.path])
                #expect(done.code == 1)
                #expect(done.errors.contains("lockerd-view") && done.output.isEmpty)
            }
        }

        @Test(
            "wrong usage is 64",
            arguments: [
                ["nonsense"], ["scan"], ["events", "--after", "1"], ["events", "--limit", "-1"], ["status", "extra"],
                ["status", "--root", "/a", "--socket", "/b"],
            ]
        )
        func usage(words: [String]) async throws {
            #expect(try await Command.run(words).code == 64)
        }

        @Test("waybill needs no station")
        func waybill() async throws {
            let done = try await Command.run(["waybill", "ｓｆ7444404156506", "--json"])
            #expect(done.code == 0)
            #expect(
                done.output
                    == #"{"brands":[{"brand":"SF","percent":95}],"checkDigit":"none","kind":"waybill","#
                    + #""normalized":"SF7444404156506","warnings":[]}"# + "\n"
            )
            #expect(try await Command.run(["waybill", "SF7444404156506"]).output.contains("SF 95 %"))
        }

        @Test("long and odd input gets a clear answer")
        func odd() async throws {
            let long = try await Command.run(["waybill", String(repeating: "取", count: 10_000)])
            #expect(long.code == 1 && long.errors.contains("10000 characters"))
            for text in ["", "   ", "\u{1}\u{2}"] {
                let done = try await Command.run(["waybill", text])
                #expect(done.code == 1 && done.errors.hasPrefix("lockerctl: the text"))
            }
            try await Served.run { served in
                let socket = ["--socket", served.path]
                #expect(try await Command.run(["scan", String(repeating: "取", count: 10_000)] + socket).code == 0)
                let beyond = try await Command.run(["scan", String(repeating: "取", count: 40_000)] + socket)
                #expect(beyond.code == 1 && beyond.errors.contains("65536 bytes"))
                #expect(try await Command.run(["scan"] + socket + ["--", "-7"]).code == 0)
            }
        }

        @Test("the kernel's word decides over roles", .enabled(if: geteuid() == 0 && Command.canSwitchUser))
        func kernelRoles() async throws {
            try await Served.run(roles: .init(groups: [.view: 54_321], ownUser: 0)) { served in
                func status(_ groups: String) async throws -> Command.Done {
                    try await Command.run(["status", "--socket", served.path], as: groups)
                }
                #expect(try await status("54321").code == 0)
                let none = try await status("54322")
                #expect(none.code == 1 && none.errors.contains("lockerd-view"))
                let most = try await status((60_001...60_256).map(String.init).joined(separator: ","))
                #expect(most.errors.contains("lockerd-view"), "\(most.errors)")
                let beyond = try await status((60_001...60_257).map(String.init).joined(separator: ","))
                #expect(beyond.code == 1 && beyond.errors.contains("more than 256 groups"), "\(beyond.errors)")
            }
        }
    }
}
