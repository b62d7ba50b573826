/// Which rows an account may see: stores and pages filter by it, whatever stands in the address of a page.
///
/// What is not known of a row hides it from an account that is limited by it.
public struct Visibility: Sendable, Hashable {
    /// The only township, nine digits of 区划代码; `nil`: all.
    public let township: String?
    /// The only firm; `nil`: all.
    public let firm: String?
    /// The only brands; `nil`: all.
    public let brands: Set<String>?

    /// All of the county.
    public static let county = Visibility(township: nil, firm: nil, brands: nil)

    private init(township: String?, firm: String?, brands: Set<String>?) {
        (self.township, self.firm, self.brands) = (township, firm, brands)
    }

    /// What these rights show.
    public init(_ rights: AccountRights) {
        switch rights.scope {
        case .county: township = nil
        case .township(let code): township = code
        }
        // Rights hold both exactly for these roles.
        firm = rights.firm
        brands = rights.role == .carrier ? Set(rights.brands) : nil
    }

    /// Whether a row of pieces may be shown.
    ///
    /// - Parameters:
    ///   - township: nine digits of its 区划代码; `nil`: not known.
    ///   - firm: the operator who handles it; `nil`: not known.
    ///   - brand: `nil`: not known, or of several brands.
    public func allows(township: String?, firm: String?, brand: String?) -> Bool {
        allows(township: township) && allows(firm: firm)
            && (brands.map { all in brand.map(all.contains) ?? false } ?? true)
    }

    /// Whether a township itself may be shown: its name, its villages, whether it was visited.
    public func allows(township: String?) -> Bool { self.township.map { $0 == township } ?? true }

    /// Whether a village itself may be shown.
    ///
    /// - Parameter village: 区划代码, twelve digits.
    public func allows(village: String) -> Bool { township.map(village.hasPrefix) ?? true }

    /// Whether what belongs to a firm, and to no brand, may be shown: a site, a station, a run.
    public func allows(firm: String?) -> Bool { self.firm.map { $0 == firm } ?? true }

    /// Whether a figure over all firms and brands may be shown.
    public var isOfAllFirms: Bool { firm == nil && brands == nil }
}

extension Account {
    /// What the account may see.
    public var visibility: Visibility { Visibility(rights) }
}
