import LockerDomain
import StationConfiguration
import Testing

@Suite("[backup]")
struct BackupTests {
    private func backup(_ text: String) throws -> BackupSettings { try Root(Example.text + "\n" + text).load().backup }

    @Test("every hour to /var/backups/lockerd, unless the technician says otherwise")
    func settings() throws {
        #expect(try backup("") == BackupSettings())
        #expect(BackupSettings().path == "/var/backups/lockerd" && BackupSettings().minutes == 60)
        let stick = try backup("[backup]\npath = \"/media/stick/lockerd\"\nminutes = 240")
        #expect(stick == BackupSettings(path: "/media/stick/lockerd", minutes: 240))
        #expect(try backup("[backup]\npath = \"\"").path == nil)
    }

    @Test(
        "what is no folder, or no sensible time, is named with its line",
        arguments: [
            "path = \"stick\"", "path = \"/\"", "path = \"/media/stick/\"", "path = \"/media/../etc\"", "path = 1",
            "minutes = 9", "minutes = 10081", "minutes = \"60\"", "folder = \"/x\"",
        ]
    )
    func faults(line: String) throws {
        let fault = try #require(try Root(Example.text + "\n[backup]\n" + line).fault())
        #expect(fault.line != nil && !fault.mend.isEmpty, "\(fault)")
    }

    @Test("a later file wins, and the county sets nothing of it")
    func files() throws {
        let root = try Root(Example.text + "\n[backup]\nminutes = 120\n")
        try root.write("[backup]\npath = \"/media/b\"\n", root.places.overlays + "/50-backup.toml")
        #expect(try root.load().backup == BackupSettings(path: "/media/b", minutes: 120))
        #expect(ConfigurationLoader.overlays(root.places) == ["50-backup.toml"])
        try root.write("[backup]\npath = \"\"\n", root.places.county)
        #expect(try root.load().policyFault != nil)
        #expect(try root.load().backup.path == "/media/b")
    }
}
