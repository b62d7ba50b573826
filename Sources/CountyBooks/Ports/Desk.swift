/// Makes, lists and revokes enrolment tokens of stations. Calls block and throw `CountyFault`; safe from any task.
public protocol EnrolmentDesk: Sendable {
    /// Makes a token for a station, which is made if the county does not know it. Shown once: only its hash is kept.
    ///
    /// - Parameters:
    ///   - days: how long it is good for, 1 … 30.
    ///   - stamp: of the entry that the audit log gets with it, as of all that changes here.
    func makeToken(station: String, days: Int, stamp: AuditStamp) throws -> String
    /// Tokens that were not used and are not over, by station.
    func openTokens() throws -> [OpenToken]
    /// Makes all open tokens of a station worthless.
    func revokeTokens(station: String, stamp: AuditStamp) throws
}

/// A token that may still be used.
public struct OpenToken: Sendable, Hashable {
    public var station: String
    /// Milliseconds since 1970.
    public var made: Int64
    public var expires: Int64

    public init(station: String, made: Int64, expires: Int64) {
        (self.station, self.made, self.expires) = (station, made, expires)
    }
}

/// Takes manifests (预报单) from a sheet. Calls block and throw `CountyFault` that names every bad row; safe from any task.
public protocol ManifestDesk: Sendable {
    /// Loads a sheet as a whole, or without its bad rows.
    ///
    /// - Parameter stamp: of the entry that the audit log gets with it.
    func load(sheet: [UInt8], station: String, skippingBadRows: Bool, stamp: AuditStamp) throws -> LoadedSheet
}

/// What became of a manifest sheet.
public struct LoadedSheet: Sendable, Hashable {
    /// Id of the manifest.
    public var id: String
    public var count: Int
    /// Rows that were left out, and what else a clerk should look at; a sentence each.
    public var notes: [String]

    public init(id: String, count: Int, notes: [String]) { (self.id, self.count, self.notes) = (id, count, notes) }
}

/// Shows one recipient's phone number at a time. Calls block and throw `CountyFault`; safe from any task.
public protocol PhoneDesk: Sendable {
    /// The number that was typed at a station for a waybill; `nil` when there is none any more.
    func phone(station: String, waybill: String) throws -> String?
}
