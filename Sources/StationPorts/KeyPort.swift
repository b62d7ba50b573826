public import LockerDomain

/// The secrets of a station, in raw bytes; only the key store and the composition root see them.
public struct Keyring: Sendable, Equatable {
    /// Ed25519, private, 32 bytes.
    public var signing: [UInt8]
    /// X25519, private, 32 bytes.
    public var exchange: [UInt8]
    /// What enrolment brought; `nil` before.
    public var county: County?

    /// What the county gave at enrolment.
    public struct County: Sendable, Equatable {
        /// Ed25519, public, 32 bytes.
        public var signingKey: [UInt8]
        /// X25519, public, 32 bytes.
        public var exchangeKey: [UInt8]
        /// K, 32 bytes.
        public var codeKey: [UInt8]

        public init(signingKey: [UInt8], exchangeKey: [UInt8], codeKey: [UInt8]) {
            self.signingKey = signingKey
            self.exchangeKey = exchangeKey
            self.codeKey = codeKey
        }
    }

    public init(signing: [UInt8], exchange: [UInt8], county: County? = nil) {
        self.signing = signing
        self.exchange = exchange
        self.county = county
    }
}

/// Where secrets are kept: files of mode 0600, or memory in simulation. Every method blocks until it is durable.
public protocol KeyPort: Sendable {
    /// The keys; `nil` on a new station.
    func keyring() throws -> Keyring?
    func keep(_ keyring: Keyring) throws
    func pins() throws -> [PINVerifier]
    func keep(pins: [PINVerifier]) throws
    /// The key that binds snapshots to this journal, 32 bytes: made with the journal, changed by no enrolment. Made now when
    /// there is none.
    func journalKey() throws -> [UInt8]
    /// What is kept of the start number of `Locker-Counter`; that of a new station when nothing is kept.
    func start() throws -> StartRecord
    func keep(_ start: StartRecord) throws
}

extension KeyPort {
    /// A number that is higher at each start (`Locker-Counter`); one durable write.
    ///
    /// - Throws: what the store throws, or `StartRecord.Spent`.
    public func nextStart() throws -> Int { try beginStart().number }

    /// The same, with the healings that are kept beside it.
    ///
    /// - Parameter isEnrolled: somebody enrolled the station just now, so its healings are forgotten.
    public func beginStart(isEnrolled: Bool = false) throws -> StartRecord {
        var record = try start()
        try record.begin()
        if isEnrolled { record.forgetHealings() }
        try keep(record)
        return record
    }

    /// A number above the one that the county has; one durable write.
    ///
    /// - Parameter wall: when this was, milliseconds since 1970.
    /// - Throws: what the store throws, or `StartRecord.Spent`.
    public func raiseStart(above number: Int, at wall: Int64) throws -> StartRecord {
        var record = try start()
        try record.heal(above: number, at: wall)
        try keep(record)
        return record
    }
}
