import LockerDomain

extension ViewContext {
    /// Whether the reader sees what any station counts, but for brands: then counts may be added up before he does.
    var seesAllPlaces: Bool { visibility.township == nil && visibility.firm == nil }

    /// Whether a count of all stations together may be shown.
    func allows(_ sum: DaySum) -> Bool { visibility.allows(township: nil, firm: nil, brand: sum.brand) }
}

/// Which counts of stations a reader may see. It remembers sites: a month has some hundred thousand counts of few
/// stations.
struct CountFilter {
    private let context: ViewContext
    private var sites: [SiteDay: Site?] = [:]

    private struct SiteDay: Hashable {
        var station: String
        var day: Int64
    }

    init(_ context: ViewContext) { self.context = context }

    /// Whether a count may be shown.
    ///
    /// - Parameters:
    ///   - village: as the manifest writes it; `nil` for the site's own.
    ///   - operatorName: the firm that handles it; `nil` for that of the site.
    ///   - day: on which it counts, for the site and the firm that runs it; `nil`: today.
    mutating func allows(
        countAt station: String,
        village: String?,
        brand: String?,
        operatorName: String?,
        on day: Int64?
    ) -> Bool {
        let visibility = context.visibility
        guard visibility != .county else { return true }
        // Most are of other brands, and need no look at the registers.
        if let brands = visibility.brands, !(brand.map(brands.contains) ?? false) { return false }
        guard visibility.township != nil || visibility.firm != nil else { return true }
        let site = site(of: station, on: day ?? context.today)
        let village = village.flatMap(context.registers.villageCode) ?? site?.village
        return visibility.allows(
            township: village.map(ViewContext.township),
            firm: operatorName ?? site?.operatorName,
            brand: brand
        )
    }

    mutating func allows(_ figure: StationFigures, on day: Int64?) -> Bool {
        let key = figure.key
        return allows(
            countAt: figure.station,
            village: key.village,
            brand: key.brand,
            operatorName: key.operatorName,
            on: day
        )
    }

    private mutating func site(of station: String, on day: Int64) -> Site? {
        let key = SiteDay(station: station, day: day)
        if let known = sites[key] { return known }
        let site = context.site(of: station, on: day)
        sites[key] = .some(site)
        return site
    }
}
