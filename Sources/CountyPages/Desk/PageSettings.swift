public import CountyBooks

/// What the configuration says about the pages.
public struct PageSettings: Sendable, Hashable {
    /// Name of the county (县名), as it stands on every page.
    public var county: String
    /// Its 区划代码, six digits; empty where it is not set.
    public var countyCode: String
    /// Where the pages are, `https://county.example`, as it stands on sheets; `nil` where it is not known.
    public var address: String?
    /// Where stations reach the county, as their technicians type it; `nil` where it is not known.
    public var stationAddress: String?
    /// Path in front of all pages when a proxy keeps it, `/county`; empty for none.
    public var pathPrefix: String
    /// Whether the server itself speaks TLS on this port.
    public var isTLS: Bool
    /// The only proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are used.
    public var trustedProxies: [NetworkRange]
    /// The last day of a reporting month, 1 … 31.
    public var periodEnds: Int64
    /// The day of the next month from which a month is to be closed.
    public var closesOn: Int64

    public init(
        county: String,
        countyCode: String = "",
        address: String? = nil,
        stationAddress: String? = nil,
        pathPrefix: String = "",
        isTLS: Bool = false,
        trustedProxies: [NetworkRange] = [],
        periodEnds: Int64 = CountyPeriod.endOfMonth,
        closesOn: Int64 = 3
    ) {
        (self.county, self.countyCode, self.address, self.pathPrefix) = (county, countyCode, address, pathPrefix)
        self.stationAddress = stationAddress
        (self.isTLS, self.trustedProxies) = (isTLS, trustedProxies)
        (self.periodEnds, self.closesOn) = (periodEnds, closesOn)
    }
}
