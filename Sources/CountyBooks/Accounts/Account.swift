/// An account (账号) of one person at the county's pages.
public struct Account: Sendable, Hashable, Codable {
    /// The log-in name; see `AccountName`. It never changes and is never given to another person.
    public let name: String
    /// Name of the person who uses it; `nil` where none was given.
    public var displayName: String?
    public var rights: AccountRights
    public var verifier: PasswordVerifier
    /// Set while the password is the one of the sheet.
    public var oneTime: OneTime?
    /// Milliseconds since 1970, as all times here.
    public let created: Int64
    /// Since when it is switched off (停用); `nil`: it is not.
    public var disabled: Int64?
    /// Grows at each change of the row. Sessions of an older version are over, and a change that was decided about an
    /// older version is refused.
    public var version: Int

    /// The state of a one-time password.
    public struct OneTime: Sendable, Hashable, Codable {
        /// The moment from which it is no longer good.
        public var until: Int64
        /// When it was used; it works once.
        public var used: Int64?

        public init(until: Int64, used: Int64? = nil) { (self.until, self.used) = (until, used) }
    }

    /// - Parameter name: checked by `AccountName`.
    public init(
        name: String,
        displayName: String? = nil,
        rights: AccountRights,
        verifier: PasswordVerifier,
        oneTime: OneTime? = nil,
        created: Int64,
        disabled: Int64? = nil,
        version: Int = 1
    ) {
        (self.name, self.displayName, self.rights, self.verifier) = (name, displayName, rights, verifier)
        (self.oneTime, self.created, self.disabled, self.version) = (oneTime, created, disabled, version)
    }

    public var role: AccountRole { rights.role }
    public var scope: AccountScope { rights.scope }
    public var firm: String? { rights.firm }
    public var brands: [String] { rights.brands }
    public var brandNames: [String] { rights.brandNames }
    public var isEnabled: Bool { disabled == nil }
    /// Whether nothing can be done before the password is changed.
    public var mustChange: Bool { oneTime != nil }
    /// Until when the password of the sheet is good; `nil` for a password of the person's own.
    public var oneTimeUntil: Int64? { oneTime?.until }

    /// Whether the account may do it now: by its role, unless it is switched off, its password must be changed first,
    /// or the county as a whole is concerned and it sees one township.
    ///
    /// What is done to a station, village or parcel must also be in its `Visibility`.
    public func may(_ permission: Permission) -> Bool {
        guard isEnabled, !mustChange || permission == .changeOwnPassword else { return false }
        return role.may(permission) && (scope == .county || !permission.needsCounty)
    }

    /// Whether somebody can still log in to it: it is on, and a one-time password of it is neither used nor over.
    public func canLogIn(at time: Int64) -> Bool {
        isEnabled && (oneTime.map { $0.used == nil && time < $0.until } ?? true)
    }

    /// Whether the password is the account's own. It takes scrypt's time, whatever the answer.
    func accepts(_ password: String) -> Bool {
        verifier.matches(mustChange ? OneTimePassword.normalized(password) : password)
    }
}
