import LockerDomain

/// What an account may and sees: its role, its part of the county, its firm or its brands.
public struct AccountRights: Sendable, Hashable, Codable {
    public let role: AccountRole
    public let scope: AccountScope
    /// Name of the firm (企业), as registers and events have it; of an `operatorFirm` alone.
    public let firm: String?
    /// The brands (品牌) by their one name (`CarrierBrand`), sorted; of a `carrier` alone.
    public let brands: [String]

    /// Blanks around names are cut, brands are sorted and each is kept once, whichever of its names is given.
    ///
    /// - Throws: `AccountFault` when the role needs a firm or brands and has none, has some and needs none, when a name
    ///   is too long, or when an admin is to see one township only.
    public init(
        role: AccountRole,
        scope: AccountScope = .county,
        firm: String? = nil,
        brands: [String] = []
    ) throws(AccountFault) {
        let firm = firm.map(AuditText.trimmed).flatMap { $0.isEmpty ? nil : $0 }
        let brands = Set(brands.map { CarrierBrand.code(of: AuditText.trimmed($0)) }).subtracting([""]).sorted()
        guard (role == .operatorFirm) == (firm != nil), firm.map(Self.isShort) ?? true else {
            throw AccountFault(.badFirm)
        }
        guard (role == .carrier) == !brands.isEmpty, brands.count <= CountyBooksLimits.accountBrandsMax,
            brands.allSatisfy(Self.isShort)
        else { throw AccountFault(.badBrands) }
        // An admin of one township could give himself the others.
        guard role != .admin || scope == .county else { throw AccountFault(.townshipAdmin) }
        (self.role, self.scope, self.firm, self.brands) = (role, scope, firm, brands)
    }

    /// Checks that the registers have the firm and the township: an account of a name that is typed wrong sees nothing, and
    /// nobody finds out why.
    ///
    /// - Parameter before: rights that the account has already; what they name stands.
    /// - Throws: `AccountFault` `unknownFirm`, `unknownTownship`.
    public func check(in registers: Registers, before: AccountRights? = nil) throws(AccountFault) {
        if let firm, firm != before?.firm, !registers.firms.contains(where: { $0.name == firm }) {
            throw AccountFault(.unknownFirm)
        }
        if case .township(let code) = scope, scope != before?.scope, registers.township(code) == nil {
            throw AccountFault(.unknownTownship)
        }
    }

    /// As the audit log has it: `carrier, township 140525100, brands 中通 圆通`.
    public var text: String {
        var parts = [role.rawValue]
        switch scope {
        case .county: parts.append("county")
        case .township(let code): parts.append("township \(code)")
        }
        if let firm { parts.append("firm \(firm)") }
        if !brands.isEmpty { parts.append("brands \(brandNames.joined(separator: " "))") }
        return parts.joined(separator: ", ")
    }

    /// The brands as people read them.
    public var brandNames: [String] { brands.map(CarrierBrand.chinese) }

    private static func isShort(_ text: String) -> Bool {
        text.unicodeScalars.count <= CountyBooksLimits.rightsTextCharactersMax
    }

    private enum Key: String, CodingKey { case role, scope, firm, brands }

    /// Rights from a store are held to the same rules: a damaged row gives no rights.
    public init(from decoder: any Decoder) throws {
        let box = try decoder.container(keyedBy: Key.self)
        try self.init(
            role: box.decode(AccountRole.self, forKey: .role),
            scope: box.decode(AccountScope.self, forKey: .scope),
            firm: box.decodeIfPresent(String.self, forKey: .firm),
            brands: box.decodeIfPresent([String].self, forKey: .brands) ?? []
        )
    }

    public func encode(to encoder: any Encoder) throws {
        var box = encoder.container(keyedBy: Key.self)
        try box.encode(role, forKey: .role)
        try box.encode(scope, forKey: .scope)
        try box.encodeIfPresent(firm, forKey: .firm)
        if !brands.isEmpty { try box.encode(brands, forKey: .brands) }
    }
}
