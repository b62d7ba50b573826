import Foundation
import Glibc
import Testing

extension ControlSocketTests {
    @Suite("lockerctl cards", .enabled(if: Command.isBuilt))
    struct CardsCommandTests {
        /// A folder that is gone after the test.
        private func inFolder(_ body: (String) async throws -> Void) async throws {
            let folder = "\(Served.directory)/cards-\(UUID().uuidString.prefix(8))"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            try await body(folder)
        }

        private func pages(_ folder: String) throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        }

        @Test("needs no station and makes the folder")
        func offline() async throws {
            try await inFolder { folder in
                let out = folder + "/new"
                let done = try await Command.run(["cards", "--out", out, "--socket", "/nowhere"])
                #expect(done.code == 0 && done.errors.isEmpty, "\(done.errors)")
                let pages = try pages(out)
                #expect(pages.contains("cards-1.svg") && done.output.contains("\(pages.count) pages"))
                let first = try String(contentsOfFile: out + "/cards-1.svg", encoding: .utf8)
                #expect(first.hasPrefix("<?xml") && first.contains("VLK1:RECEIVE"))
            }
        }

        @Test("--doors asks the station, --shelf and --card take names")
        func named() async throws {
            try await Served.run { served in
                let words = ["--doors", "--shelf", "S1:2", "--card", "run:0700", "--set", "none", "--json"]
                let done = try await Command.run(["cards", "--socket", served.path] + words)
                #expect(done.code == 0, "\(done.errors)")
                #expect(
                    done.output.contains(#"{"en":"Door A01","group":"doors","text":"VLK1:DOOR:A01","zh":"格口 A01"}"#)
                )
                for text in ["VLK1:SHELF:S1-01", "VLK1:SHELF:S1-02", "VLK1:RUN:0700"] {
                    #expect(done.output.contains("\"\(text)\""))
                }
                #expect(!done.output.contains("VLK1:END"))
            }
            let missing = try await Command.run(["cards", "--doors", "--json", "--socket", "/tmp/no-such-dir/x.sock"])
            #expect(missing.code == 69 && missing.errors.contains("systemctl start lockerd") && missing.output.isEmpty)
        }

        @Test("one set comes with the cards for everybody, and writes nothing as JSON")
        func set() async throws {
            let done = try await Command.run(["cards", "--set", "agent", "--json"])
            for text in ["VLK1:TAKE", "VLK1:DELIVERED", "VLK1:END"] { #expect(done.output.contains("\"\(text)\"")) }
            #expect(!done.output.contains("VLK1:RECEIVE"))
            let list = try JSONSerialization.jsonObject(with: Data(done.output.utf8)) as? [String: [[String: String]]]
            #expect(list?["cards"]?.allSatisfy { $0.keys.sorted() == ["en", "group", "text", "zh"] } == true)
        }

        @Test("what is there is kept, unless --force, which leaves no page of a longer sheet")
        func kept() async throws {
            try await inFolder { folder in
                #expect(try await Command.run(["cards", "--out", folder]).code == 0)
                let before = try pages(folder)
                let again = try await Command.run(["cards", "--out", folder, "--set", "agent"])
                #expect(again.code == 1 && again.errors.contains("/cards-1.svg exists already"))
                #expect(again.errors.contains("--force"))
                #expect(try pages(folder) == before)
                #expect(try await Command.run(["cards", "--out", folder, "--set", "agent", "--force"]).code == 0)
                #expect(try pages(folder) == ["cards-1.svg"])
            }
        }

        @Test("a folder that cannot be written names itself, the cause and the mend")
        func folders() async throws {
            try await inFolder { folder in
                let file = folder + "/file"
                try Data().write(to: URL(fileURLWithPath: file))
                for (out, cause) in [
                    (file, "is no folder"), (folder + "/a/b", "no folder above"), ("/proc/x", "/proc/x"),
                ] {
                    let done = try await Command.run(["cards", "--out", out])
                    #expect(
                        done.code == 1 && done.errors.contains(out) && done.errors.contains(cause),
                        "\(done.errors)"
                    )
                }
                #expect(try pages(folder) == ["file"])
            }
        }

        @Test(
            "wrong usage is 64 and says what to type",
            arguments: [
                ["--set", "nobody"], ["--set", "doors"], ["--set", "none"], ["--set", "runs"], ["--shelf", "S1"],
                ["--shelf", "S1:0"], ["--shelf", ":4"], ["--shelf", "S1:501"], ["--card", "NONSENSE"], ["--card", ""],
                ["--format", "pdf"], ["--out", ""],
            ]
        )
        func usage(words: [String]) async throws {
            let done = try await Command.run(["cards"] + words)
            #expect(done.code == 64 && done.output.isEmpty && !done.errors.isEmpty)
        }

        @Test("a number plate is spelt in ASCII in the bars and as it is in the title")
        func plate() async throws {
            let done = try await Command.run(["cards", "--set", "none", "--card", "RUN:0700:XIN-3:晋E12345", "--json"])
            #expect(done.code == 0, "\(done.errors)")
            #expect(done.output.contains(#""text":"VLK1:RUN:0700:XIN-3:SX-E12345","zh":"班次 0700 晋E12345""#))
        }

        @Test("a name that no scanner types is refused before anything is written")
        func unprintable() async throws {
            try await inFolder { folder in
                let done = try await Command.run(["cards", "--out", folder, "--card", "DOOR:格口一"])
                #expect(done.code == 1 && done.errors.contains("DOOR:格口一") && done.errors.contains("station.toml"))
                #expect(try pages(folder).isEmpty)
            }
        }
    }
}
