/// Why occupied doors are opened in an audit, by the number on its card. A number keeps its meaning for ever.
public enum AuditReason: Int, Sendable, Codable, CaseIterable {
    /// A parcel lies behind the wrong door.
    case misplaced = 1
    /// A recipient cannot get at the parcel.
    case helped = 2
    /// Smell, liquid, smoke, sound.
    case leaking = 3
    /// The power was gone, the books are doubted.
    case powerCut = 4
    /// A lock or sensor is repaired.
    case repair = 5
    case stocktaking = 6
    case cleaning = 7
    /// An authority asks for it.
    case authority = 8
    case other = 9

    /// Chinese name.
    public var zh: String {
        switch self {
        case .misplaced: "寻找错放件"
        case .helped: "帮助取件人"
        case .leaking: "异味或渗漏"
        case .powerCut: "停电后核对"
        case .repair: "检修锁具"
        case .stocktaking: "例行盘点"
        case .cleaning: "清洁消毒"
        case .authority: "主管部门检查"
        case .other: "其他"
        }
    }

    /// English name.
    public var en: String {
        switch self {
        case .misplaced: "misplaced"
        case .helped: "recipient helped"
        case .leaking: "smell or leak"
        case .powerCut: "power cut"
        case .repair: "repair"
        case .stocktaking: "stocktaking"
        case .cleaning: "cleaning"
        case .authority: "authority"
        case .other: "other"
        }
    }
}
