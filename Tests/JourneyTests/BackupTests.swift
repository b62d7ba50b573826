import Foundation
import Testing

@Suite("The real daemon backs itself up, and a backup is put back", .serialized)
struct BackupTests {
    private static let station = "var/backups/lockerd/test-1"

    private func events(_ scratch: Scratch) throws -> String {
        try scratch.run("lockerctl", ["events", "--json"]).output
    }

    @Test("made by hand, shown, put back on the same board: what was there is kept, and the doors are unknown")
    func sameBoard() throws {
        let scratch = try Scratch()
        try scratch.configure()
        var lockerd = try scratch.start()
        #expect(try scratch.run("lockerctl", ["scan", "FIRST"]).status == 0)
        let made = try scratch.run("lockerctl", ["backup"])
        #expect(made.status == 0 && made.output.contains("Made and checked"), "\(made.output)\(made.errors)")
        let show = try scratch.run("lockerctl", ["backup", "show", "--json"])
        #expect(show.output.contains(#""done":"full""#), "\(show.output)")
        #expect(show.output.contains(#""isOnSameDisk":true"#), "\(show.output)")
        #expect(try scratch.run("lockerctl", ["scan", "SECOND"]).status == 0)
        let running = try scratch.run("lockerctl", ["restore", "\(scratch.root)/\(Self.station)"])
        #expect(running.status == 1 && running.errors.contains("another lockerd works"), "\(running.errors)")
        #expect(scratch.stop(lockerd) == 0)

        let restored = try scratch.run("lockerctl", ["restore", "\(scratch.root)/\(Self.station)"])
        #expect(restored.status == 0, "\(restored.errors)")
        #expect(restored.output.contains("whole") && restored.output.contains("before-restore-1"), "\(restored.output)")
        #expect(restored.output.contains("lockerctl enrol TOKEN"), "\(restored.output)")
        lockerd = try scratch.start()
        let events = try events(scratch)
        #expect(events.contains(#""reason":"restored""#), "\(events)")
        #expect(!events.contains("SECOND"), "it came after the backup")
        let doors = try scratch.run("lockerctl", ["doors", "--json"]).output
        #expect(doors.components(separatedBy: "\"unknown\"").count == 3, "\(doors)")
        #expect(try scratch.run("lockerctl", ["backup"]).status == 0, "the station backs itself up again")
        #expect(scratch.stop(lockerd) == 0)
    }

    @Test(
        "a restore that the power interrupted is finished by the next start; one that had checked nothing yet is forgotten",
        arguments: [(isChecked: true, isMoved: false), (true, true), (false, false)]
    )
    func interrupted(isChecked: Bool, isMoved: Bool) throws {
        let scratch = try Scratch()
        try scratch.configure()
        var lockerd = try scratch.start()
        #expect(try scratch.run("lockerctl", ["backup"]).status == 0)
        #expect(try scratch.run("lockerctl", ["scan", "SECOND"]).status == 0)
        #expect(scratch.stop(lockerd) == 0)
        let data = "\(scratch.root)/var/lib/lockerd"
        try FileManager.default.createDirectory(atPath: "\(data)/restore.new", withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            atPath: "\(scratch.root)/\(Self.station)/journal.sqlite",
            toPath: "\(data)/restore.new/journal.sqlite"
        )
        if isChecked { try scratch.write("1.5\n", to: "var/lib/lockerd/restore.new/checked") }
        if isMoved {
            try FileManager.default.moveItem(
                atPath: "\(data)/journal.sqlite",
                toPath: "\(data)/journal.sqlite.before-restore-1"
            )
        }
        lockerd = try scratch.start()
        let events = try events(scratch)
        #expect(events.contains(#""reason":"restored""#) == isChecked, "\(events)")
        #expect(events.contains("SECOND") != isChecked, "\(events)")
        let names = try FileManager.default.contentsOfDirectory(atPath: data)
        #expect(!names.contains("restore.new"), "\(names)")
        #expect(names.contains("journal.sqlite.before-restore-1") == isChecked, "\(names)")
        #expect(!names.contains { $0.hasPrefix("journal.sqlite.before-restore-2") }, "\(names)")
        #expect(scratch.stop(lockerd) == 0)
    }

    @Test(
        "a pipe or a link in the place of a file of the backup is refused at once",
        arguments: ["manifest.json", "journal.sqlite"]
    )
    func noPlainFile(_ name: String) throws {
        let scratch = try Scratch()
        try scratch.configure()
        let lockerd = try scratch.start()
        #expect(try scratch.run("lockerctl", ["backup"]).status == 0)
        #expect(scratch.stop(lockerd) == 0)
        let file = "\(scratch.root)/\(Self.station)/\(name)"
        try FileManager.default.moveItem(atPath: file, toPath: "\(scratch.root)/aside")
        #expect(mkfifo(file, 0o600) == 0)
        for _ in 0..<2 {
            let outcome = try scratch.run("lockerd", ["--restore", "\(scratch.root)/\(Self.station)"], seconds: 30)
            #expect(outcome.status == 1 && outcome.errors.contains("no plain file"), "\(outcome.errors)")
            try FileManager.default.removeItem(atPath: file)
            try FileManager.default.createSymbolicLink(atPath: file, withDestinationPath: "\(scratch.root)/aside")
        }
    }

    @Test("lockerd does one task at a time: what is to be checked is not put back")
    func oneTask() throws {
        let scratch = try Scratch()
        try scratch.configure()
        let lockerd = try scratch.start()
        #expect(try scratch.run("lockerctl", ["backup"]).status == 0)
        #expect(scratch.stop(lockerd) == 0)
        let restore = ["--restore", "\(scratch.root)/\(Self.station)"]
        for arguments in [restore + ["--check"], restore + ["--try-upgrade"], ["--check", "--try-upgrade"]] {
            let outcome = try scratch.run("lockerd", arguments)
            #expect(outcome.status == 64 && outcome.errors.contains("give one of them"), "\(outcome.errors)")
        }
        let alone = try scratch.run("lockerd", ["--with-configuration"])
        #expect(alone.status == 64 && alone.errors.contains("belongs to --restore"), "\(alone.errors)")
        let kept = "\(scratch.root)/var/lib/lockerd/journal.sqlite.before-restore-1"
        #expect(!FileManager.default.fileExists(atPath: kept))
        let port = try scratch.run("county-server", ["serve", "--port", "99999"])
        #expect(port.status == 64 && port.errors.contains("0 to 65535"), "\(port.errors)")
    }

    @Test("on a new board: another station's is refused, its configuration makes this board that station")
    func newBoard() throws {
        let (old, new) = (try Scratch(), try Scratch())
        try old.configure()
        try old.write("[promise]\nhotline = \"12345678\"\n", to: "etc/lockerd/station.d/50-promise.toml")
        try old.giveKeys()
        let first = try old.start()
        #expect(try old.run("lockerctl", ["backup"]).status == 0)
        #expect(old.stop(first) == 0)
        let folder = "\(old.root)/\(Self.station)"
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
        #expect(names.contains { $0.hasSuffix("keys/journal") })
        #expect(!names.contains { $0.hasSuffix("station.json") || $0.hasSuffix("start-number") }, "\(names)")

        let bare = try new.run("lockerd", ["--restore", folder])
        #expect(bare.status == 1 && bare.errors.contains("--with-configuration"), "\(bare.errors)")
        try new.write(
            "[station]\nid = \"test-2\"\nkind = \"terminal\"\n[county]\nurl = \"http://127.0.0.1:9\"\n[board]\ndriver = \"simulated\"\n",
            to: "etc/lockerd/station.toml"
        )
        let other = try new.run("lockerd", ["--restore", folder])
        #expect(other.status == 1 && other.errors.contains("this one is test-2"), "\(other.errors)")
        #expect(!FileManager.default.fileExists(atPath: "\(new.root)/var/lib/lockerd/journal.sqlite"))

        let taken = try new.run("lockerd", ["--restore", folder, "--with-configuration"])
        #expect(taken.status == 0, "\(taken.errors)")
        #expect(FileManager.default.fileExists(atPath: "\(new.root)/etc/lockerd/station.toml.before-restore-1"))
        let second = try new.start()
        let status = try new.run("lockerctl", ["status", "--json"]).output
        #expect(status.contains(#""station":"test-1""#) && status.contains("12345678"), "\(status)")
        #expect(status.contains(#""enrolled":false"#), "no key but that of the journal was in the backup")
        #expect(try events(new).contains(#""reason":"restored""#))
        #expect(new.stop(second) == 0)
    }

    @Test("a damaged backup is not put back, whatever of it is damaged; the station stays as it is")
    func damaged() throws {
        let scratch = try Scratch()
        try scratch.configure()
        let lockerd = try scratch.start()
        #expect(try scratch.run("lockerctl", ["backup"]).status == 0)
        #expect(scratch.stop(lockerd) == 0)
        let folder = "\(scratch.root)/\(Self.station)"
        let journal = "\(scratch.root)/var/lib/lockerd/journal.sqlite"
        let before = try Data(contentsOf: URL(filePath: journal))
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
            let url = URL(filePath: "\(folder)/\(name)")
            guard let bytes = try? Data(contentsOf: url), !bytes.isEmpty else { continue }
            var spoilt = bytes
            // In the journal: the name of its first incarnation lies somewhere; the header is enough for the others.
            for offset in name.hasSuffix(".sqlite") ? [3, 40] : [bytes.count / 2] { spoilt[offset] ^= 0x20 }
            try spoilt.write(to: url)
            let outcome = try scratch.run("lockerctl", ["restore", folder])
            #expect(outcome.status == 1 && outcome.errors.contains("backup"), "\(name): \(outcome.errors)")
            #expect(!outcome.errors.contains("a new copy"), "nobody makes another one of it: \(outcome.errors)")
            try bytes.write(to: url)
        }
        #expect(try Data(contentsOf: URL(filePath: journal)) == before)
        #expect(try scratch.run("lockerctl", ["restore", "\(folder)-2"]).errors.contains("not there"))
        #expect(try scratch.run("lockerctl", ["restore", folder]).status == 0)
    }

    @Test("switched off, and a folder that is a file: said in the status or in the answer, and the station works on")
    func faults() throws {
        let scratch = try Scratch()
        try scratch.configure("[backup]\npath = \"\"")
        var lockerd = try scratch.start()
        let off = try scratch.run("lockerctl", ["backup"])
        #expect(off.status == 1 && off.errors.contains("switched off"), "\(off.errors)")
        #expect(scratch.stop(lockerd) == 0)
        try scratch.configure()
        try scratch.write("", to: "var/backups/lockerd")
        lockerd = try scratch.start()
        let failed = try scratch.run("lockerctl", ["backup"])
        #expect(failed.status == 1 && failed.errors.contains("备份目录不存在"), "\(failed.errors)")
        let status = try scratch.run("lockerctl", ["status", "--json"]).output
        #expect(status.contains("备份目录不存在"), "\(status)")
        #expect(try scratch.run("lockerctl", ["scan", "RUBBISH"]).status == 0)
        try FileManager.default.removeItem(atPath: "\(scratch.root)/var/backups/lockerd")
        #expect(try scratch.run("lockerctl", ["backup"]).status == 0)
        #expect(try !scratch.run("lockerctl", ["status", "--json"]).output.contains("备份目录不存在"))
        #expect(scratch.stop(lockerd) == 0)
    }
}
