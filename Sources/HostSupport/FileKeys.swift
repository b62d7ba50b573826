import Crypto
import FoundationEssentials
import Glibc
public import LockerDomain
public import StationPorts

/// Secrets in files of mode 0600 below one folder of mode 0700. Each write is a new file, synced, then renamed.
public struct FileKeys: KeyPort {
    private let folder: String

    /// Why a key cannot be used.
    public struct Fault: Error, Sendable, CustomStringConvertible {
        public var description: String
    }

    /// Makes the folder when it is not there.
    public init(folder: String) throws {
        self.folder = folder
        guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
            throw Fault(description: "\(folder): \(String(cString: strerror(errno))): make it writable for lockerd")
        }
    }

    /// Takes the folder as it is, and makes it when that is possible: what is wrong with it is thrown by each call.
    public init(existing folder: String) {
        self.folder = folder
        mkdir(folder, 0o700)
    }

    private struct StoredKeyring: Codable {
        var signing: String
        var exchange: String
        var county: County?
        /// SHA-256 over the keys: one wrong digit is a key of the right length, with which every right code is a wrong one.
        var check: String

        struct County: Codable {
            var signingKey: String
            var exchangeKey: String
            var codeKey: String
        }
    }

    public func keyring() throws -> Keyring? {
        guard let data = try read("station.json") else { return nil }
        guard let stored = try? JSONDecoder().decode(StoredKeyring.self, from: data),
            let keyring = Self.keyring(of: stored), stored.check == Self.check(of: keyring)
        else {
            throw Fault(description: "\(folder)/station.json is damaged: restore it, or remove it and enrol anew")
        }
        return keyring
    }

    /// `nil` when any of it is damaged: a station with half its keys must not look like one that never enrolled.
    private static func keyring(of stored: StoredKeyring) -> Keyring? {
        func key(_ hex: String) -> [UInt8]? { Hex.decode(hex).flatMap { $0.count == 32 ? $0 : nil } }
        guard let signing = key(stored.signing), let exchange = key(stored.exchange) else { return nil }
        guard let county = stored.county else { return Keyring(signing: signing, exchange: exchange) }
        guard let signingKey = key(county.signingKey), let codeKey = key(county.codeKey),
            let exchangeKey = Hex.decode(county.exchangeKey)
        else { return nil }
        return Keyring(
            signing: signing,
            exchange: exchange,
            county: Keyring.County(signingKey: signingKey, exchangeKey: exchangeKey, codeKey: codeKey)
        )
    }

    public func keep(_ keyring: Keyring) throws {
        let county = keyring.county.map {
            StoredKeyring.County(
                signingKey: Hex.encode($0.signingKey),
                exchangeKey: Hex.encode($0.exchangeKey),
                codeKey: Hex.encode($0.codeKey)
            )
        }
        let stored = StoredKeyring(
            signing: Hex.encode(keyring.signing),
            exchange: Hex.encode(keyring.exchange),
            county: county,
            check: Self.check(of: keyring)
        )
        try write(JSONEncoder().encode(stored), to: "station.json")
    }

    private static func check(of keyring: Keyring) -> String {
        let county = keyring.county.map { $0.signingKey + $0.exchangeKey + $0.codeKey } ?? []
        return Hex.encode(Array(SHA256.hash(data: keyring.signing + keyring.exchange + county)))
    }

    public func pins() throws -> [PINVerifier] {
        guard let data = try read("pins.json") else { return [] }
        guard let pins = try? JSONDecoder().decode([PINVerifier].self, from: data) else {
            throw pinFault("is damaged")
        }
        return pins
    }

    /// Those of a station that is enrolled: its enrolment writes the file, and the county sends it again only with the next
    /// one or when a PIN changes.
    public func enrolledPINs() throws -> [PINVerifier] {
        guard try read("pins.json") != nil else { throw pinFault("is missing") }
        return try pins()
    }

    private func pinFault(_ cause: String) -> Fault {
        Fault(
            description:
                "\(folder)/pins.json \(cause): no PIN counts; restore it, or enrol anew, which brings it again "
                + "(密码文件不能用，请恢复或重新登记); shown until the next start"
        )
    }

    public func keep(pins: [PINVerifier]) throws { try write(JSONEncoder().encode(pins), to: "pins.json") }

    /// Whether anything is kept here: a station that is new has nothing.
    public static func isUsed(folder: String) -> Bool {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        // What a crash left half written says nothing of a journal.
        return names.contains { !$0.hasSuffix(".new") }
    }

    /// `journal` in the folder. A backup of a station holds it and no other key. One that is damaged proves nothing any more:
    /// it is moved to `journal.damaged`.
    public func journalKey() throws -> [UInt8] {
        if let kept = try read("journal") {
            if kept.count == Self.journalKeyBytes { return Array(kept) }
            guard rename("\(folder)/journal", "\(folder)/journal.damaged") == 0 else {
                throw failure("\(folder)/journal")
            }
        }
        var generator = SystemRandomNumberGenerator()
        let key = (0..<Self.journalKeyBytes).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        try write(Data(key), to: "journal")
        return key
    }

    private static let journalKeyBytes = 32

    /// Start numbers that are left, at the least, after a damaged one.
    private static let startsLeftMin = 1_000_000

    public func start() throws -> StartRecord {
        guard let data = try read("start-number") else { return StartRecord() }
        if let record = StartRecord(String(decoding: data, as: UTF8.self)) { return record }
        // A damaged number should not fall: seconds since 1970 are above any count of starts, if the clock is any good. If it
        // is not, the county's answer heals it.
        let seconds = Int(Date().timeIntervalSince1970)
        return StartRecord(number: min(seconds, Limits.counterMax - Self.startsLeftMin))
    }

    public func keep(_ start: StartRecord) throws { try write(Data(start.description.utf8), to: "start-number") }

    private func read(_ name: String) throws -> Data? {
        let path = "\(folder)/\(name)"
        guard access(path, F_OK) == 0 else {
            // Only what is not there was never written.
            guard errno != ENOENT else { return nil }
            throw Fault(description: "\(path): \(String(cString: strerror(errno))): make \(folder) a folder of lockerd")
        }
        do { return try Data(contentsOf: URL(filePath: path)) } catch {
            throw Fault(description: "\(path) cannot be read: it must belong to the user of lockerd, mode 0600")
        }
    }

    private func write(_ data: Data, to name: String) throws {
        do { try DurableFile.write(Array(data), to: "\(folder)/\(name)", mode: 0o600) } catch {
            throw Fault(description: "\(error) for lockerd")
        }
    }

    private func failure(_ path: String) -> Fault {
        Fault(description: "\(path): \(String(cString: strerror(errno))): make room and make it writable for lockerd")
    }
}
