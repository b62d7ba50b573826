public import CountyBooks

/// A request for a view of the books, after it was looked at who asks.
public struct ViewRequest: Sendable {
    /// Parts of the path by their names in the route, decoded.
    public let parameters: [String: String]
    /// What stands behind `?`, decoded.
    public let query: QueryItems
    public let account: Account
    public let visibility: Visibility
    public let language: Language
    /// Milliseconds since 1970.
    public let now: Int64
    public let registers: Registers

    init(_ request: PageRequest, registers: Registers) throws(PageFault) {
        (parameters, query) = (request.parameters, request.query)
        (account, visibility) = (try request.account(), try request.visibility())
        (language, now, self.registers) = (request.language, request.now, registers)
    }

    /// A part of the path; empty where the route has none of that name.
    public func parameter(_ name: String) -> String { parameters[name] ?? "" }

    /// Today's number, counted from 1970-01-01, in China.
    public var today: Int64 { PageTime.day(of: now) }
}
