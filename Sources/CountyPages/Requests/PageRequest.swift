public import CountyBooks

/// A request for a page, after it was looked at who asks.
public struct PageRequest: Sendable {
    /// The path as it was asked for, below the county's prefix, still encoded.
    public let path: String
    /// Parts of the path by their names in the route, decoded.
    public let parameters: [String: String]
    /// What stands behind `?`, decoded.
    public let query: QueryItems
    public let language: Language
    /// Milliseconds since 1970.
    public let now: Int64
    /// Address of the client.
    public let address: String
    /// Whether nobody on the way can read it.
    public let isSecure: Bool
    /// Whether passwords may go this way: encrypted, or within the machine.
    let isProtected: Bool
    /// Who is logged in; `nil` on pages for anybody.
    public let reader: Reader?
    /// What the forms of this browser carry before there is a session.
    let door: String?
    /// Whether the headers of the answer alone are asked for: nothing that is shown once may be used up by it.
    let isHead: Bool

    init(
        path: String,
        parameters: [String: String] = [:],
        query: QueryItems = QueryItems(),
        language: Language = .chinese,
        now: Int64,
        address: String,
        isSecure: Bool,
        isProtected: Bool,
        reader: Reader? = nil,
        door: String? = nil,
        isHead: Bool = false
    ) {
        (self.path, self.parameters, self.query, self.language) = (path, parameters, query, language)
        self.isProtected = isProtected
        (self.door, self.isHead) = (door, isHead)
        (self.now, self.address, self.isSecure, self.reader) = (now, address, isSecure, reader)
    }

    /// A part of the path; empty where the route has none of that name.
    public func parameter(_ name: String) -> String { parameters[name] ?? "" }

    /// The account of the reader.
    ///
    /// - Throws: `PageFault` `noReader` on a page for anybody; no other route is entered without one.
    public func account() throws(PageFault) -> Account {
        guard let reader else { throw .noReader }
        return reader.account
    }

    /// Whether the reader may do it.
    public func may(_ permission: Permission) -> Bool { reader?.account.may(permission) ?? false }

    /// What the reader may see.
    public func visibility() throws(PageFault) -> Visibility { try account().visibility }

    /// For the audit log: the reader, from where, now.
    public var stamp: AuditStamp {
        AuditStamp(by: reader.map { .account($0.account.name) } ?? .nobody, address: address, time: now)
    }

    /// What a file is asked for in: `?format=csv`, `?format=xlsx`; `nil` for a page.
    public var fileFormat: FileFormat? { query.text("format").flatMap(FileFormat.init) }
}

/// Files that a page gives of its tables.
public enum FileFormat: String, Sendable, Hashable, CaseIterable {
    case csv, xlsx
}

/// Who is logged in.
public struct Reader: Sendable {
    public let account: Account
    /// The token of the cookie.
    let token: String
    /// What each form of the session carries.
    let csrf: String

    init(account: Account, token: String, csrf: String) {
        (self.account, self.token, self.csrf) = (account, token, csrf)
    }
}
