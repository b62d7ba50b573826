/// What the user of an account does in the county's office; `Permission` says what each may.
public enum AccountRole: String, Sendable, Codable, CaseIterable {
    /// Keeps registers, imports manifests, closes periods (文员).
    case clerk
    /// Sees to the day: stations, runs, commands, a recipient who must be called (调度).
    case dispatcher
    /// Reads all but phone numbers, changes nothing (检查).
    case inspector
    /// A firm that handles parcels: sees what it handles, all brands (企业).
    case operatorFirm
    /// A brand's own people: see their brands alone (品牌).
    case carrier
    /// Makes accounts and sets the county up (管理员).
    case admin

    /// As pages and sheets name it.
    public var chinese: String {
        switch self {
        case .clerk: "文员"
        case .dispatcher: "调度"
        case .inspector: "检查"
        case .operatorFirm: "企业"
        case .carrier: "品牌"
        case .admin: "管理员"
        }
    }
}
