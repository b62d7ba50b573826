import Foundation
import Glibc
import HostSupport
import LockerDomain
import StationPorts
import Testing

@Suite("Keys in files")
struct FileKeysTests {
    private let folder = NSTemporaryDirectory() + "keys-\(UUID().uuidString)"
    private let keyring = Keyring(
        signing: [UInt8](0..<32),
        exchange: [UInt8](32..<64),
        county: Keyring.County(
            signingKey: [UInt8](64..<96),
            exchangeKey: [UInt8](96..<128),
            codeKey: [UInt8](128..<160)
        )
    )

    private func mode(_ path: String) -> UInt32? {
        var info = stat()
        return stat(path, &info) == 0 ? info.st_mode & 0o7777 : nil
    }

    private func write(_ text: String, _ name: String) throws {
        try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(name)"))
    }

    private func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: "\(folder)/\(name)")), as: UTF8.self)
    }

    @Test("the key of the journal is made once, and no enrolment changes it; the folder then tells of a journal")
    func journalKey() throws {
        #expect(!FileKeys.isUsed(folder: folder))
        let keys = try FileKeys(folder: folder)
        #expect(!FileKeys.isUsed(folder: folder))
        let key = try keys.journalKey()
        #expect(key.count == 32)
        try keys.keep(keyring)
        #expect(try FileKeys(folder: folder).journalKey() == key)
        #expect(mode("\(folder)/journal") == 0o600)
        #expect(FileKeys.isUsed(folder: folder))
    }

    @Test("a key of the journal that is damaged is kept aside, and another is made")
    func damagedJournalKey() throws {
        let keys = try FileKeys(folder: folder)
        _ = try keys.journalKey()
        try write("short", "journal")
        let key = try keys.journalKey()
        #expect(key.count == 32)
        #expect(try keys.journalKey() == key)
        #expect(try text("journal.damaged") == "short")
    }

    @Test("a new station has none; what is kept comes back, also to the next process")
    func roundTrip() throws {
        let keys = try FileKeys(folder: folder)
        #expect(try keys.keyring() == nil)
        #expect(try keys.pins().isEmpty)
        var young = keyring
        young.county = nil
        try keys.keep(young)
        #expect(try keys.keyring() == young)
        try keys.keep(keyring)
        let pin = PINVerifier(badge: "00ff", salt: "01", cost: 16_384, blockSize: 8, parallelism: 1, hash: "02")
        try keys.keep(pins: [pin])
        let next = try FileKeys(folder: folder)
        #expect(try next.keyring() == keyring)
        #expect(try next.pins() == [pin])
        try next.keep(pins: [])
        #expect(try keys.pins().isEmpty)
    }

    @Test("the folder is 0700 and every file 0600, whatever the umask and whatever lay there before")
    func modes() throws {
        let before = umask(0)
        defer { umask(before) }
        let keys = try FileKeys(folder: folder)
        try write("left over by a crash", "station.json.new")
        chmod("\(folder)/station.json.new", 0o666)
        try keys.keep(keyring)
        try keys.keep(pins: [])
        _ = try keys.nextStart()
        #expect(mode(folder) == 0o700)
        for name in ["station.json", "pins.json", "start-number"] {
            #expect(mode("\(folder)/\(name)") == 0o600, "\(name)")
        }
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        #expect(files == ["pins.json", "start-number", "station.json"])
    }

    @Test(
        "a damaged key file names itself and the mend, and is not taken for a new or unenrolled station",
        arguments: [
            "", "{", "[]", "{\"signing\":\"zz\",\"exchange\":\"00\"}", "{\"signing\":\"0\",\"exchange\":\"00\"}",
            "{\"signing\":\"00\",\"exchange\":\"00\"}",
            "{\"signing\":\"S\",\"exchange\":\"S\",\"county\":{\"signingKey\":\"x\",\"exchangeKey\":\"S\",\"codeKey\":\"S\"}}",
            "{\"signing\":\"S\",\"exchange\":\"S\",\"county\":{\"signingKey\":\"S\",\"exchangeKey\":\"S\",\"codeKey\":\"00\"}}",
            "{\"signing\":\"S\",\"exchange\":\"S\",\"county\":{\"signingKey\":\"S\"}}",
        ]
    )
    func damaged(_ text: String) throws {
        let keys = try FileKeys(folder: folder)
        let good = String(repeating: "ab", count: 32)
        try write(
            text.split(separator: "\"S\"", omittingEmptySubsequences: false).joined(separator: "\"\(good)\""),
            "station.json"
        )
        let fault = #expect(throws: FileKeys.Fault.self) { try keys.keyring() }
        #expect(fault?.description.hasPrefix("\(folder)/station.json is damaged: ") == true)
        #expect(fault?.description.contains("enrol anew") == true)
    }

    @Test(
        "one wrong digit or letter anywhere is damage: a code key that nobody has would make every right code a wrong one"
    )
    func wrongDigit() throws {
        let keys = try FileKeys(folder: folder)
        try keys.keep(keyring)
        let path = "\(folder)/station.json"
        let good = try Data(contentsOf: URL(filePath: path))
        for index in good.indices {
            var bad = good
            bad[index] ^= 1
            try bad.write(to: URL(filePath: path))
            #expect(throws: FileKeys.Fault.self, "byte \(index)") { try keys.keyring() }
        }
        try good.write(to: URL(filePath: path))
        #expect(try keys.keyring() == keyring)
    }

    @Test("damaged verifiers name their file and the mend")
    func damagedPins() throws {
        let keys = try FileKeys(folder: folder)
        try write("[{\"badge\":1}]", "pins.json")
        let fault = #expect(throws: FileKeys.Fault.self) { try keys.pins() }
        #expect(fault?.description.hasPrefix("\(folder)/pins.json is damaged: ") == true)
        // The county does not send it of itself.
        #expect(fault?.description.contains("enrol anew") == true)
    }

    @Test("a station that is enrolled misses verifiers that are gone")
    func missingPins() throws {
        let keys = try FileKeys(folder: folder)
        let fault = #expect(throws: FileKeys.Fault.self) { try keys.enrolledPINs() }
        #expect(fault?.description.hasPrefix("\(folder)/pins.json is missing: ") == true)
        try keys.keep(pins: [])
        #expect(try keys.enrolledPINs().isEmpty)
    }

    @Test("the start number rises with each start, by one")
    func starts() throws {
        #expect(try FileKeys(folder: folder).nextStart() == 1)
        #expect(try FileKeys(folder: folder).nextStart() == 2)
        #expect(try FileKeys(folder: folder).nextStart() == 3)
        #expect(try text("start-number") == "3")
    }

    @Test("healings are kept beside the start number, whose last one says what to do")
    func healings() throws {
        let keys = try FileKeys(folder: folder)
        _ = try keys.nextStart()
        #expect(try keys.raiseStart(above: 41, at: 1_778_544_000_000).number == 42)
        #expect(try text("start-number") == "42 1778544000000")
        #expect(try FileKeys(folder: folder).beginStart().healings.times == [1_778_544_000_000])
        #expect(try text("start-number") == "43 1778544000000")
        try write("2147483648", "start-number")
        #expect(throws: StartRecord.Spent.self) { try keys.nextStart() }
        #expect(try text("start-number") == "2147483648")
    }

    @Test(
        "after damage it does not fall, and goes on rising",
        arguments: [
            "", "x", "\u{0}\u{0}", "12\n", "-5", "9223372036854775807", "99999999999999999999999", "\u{0661}", "7 ",
            "7 x", "7 1 2 3 4", "2147483649",
        ]
    )
    func damagedStart(_ text: String) throws {
        let keys = try FileKeys(folder: folder)
        for _ in 0..<5 { _ = try keys.nextStart() }
        try write(text, "start-number")
        let next = try keys.nextStart()
        #expect(next > 5)
        #expect(try keys.nextStart() == next + 1)
    }

    @Test("a folder that cannot be made or written is told with its path")
    func noFolder() throws {
        let fault = #expect(throws: FileKeys.Fault.self) { try FileKeys(folder: "/proc/nowhere/keys") }
        #expect(fault?.description.hasPrefix("/proc/nowhere/keys: ") == true)
        #expect(fault?.description.hasSuffix("make it writable for lockerd") == true)
        let keys = try FileKeys(folder: folder)
        try FileManager.default.removeItem(atPath: folder)
        #expect(throws: FileKeys.Fault.self) { try keys.keep(keyring) }
    }
}
