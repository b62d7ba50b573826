import CountyBooks
import LockerDomain

/// Addresses of the registers' pages. `add` and `upload` stand where others have a register's name, so that no row of
/// any key is in their way.
enum RegisterPaths {
    static let add = "\(PagePaths.registers)/add"
    static let upload = "\(PagePaths.registers)/upload"
    static let template = "template.csv"
    static let withdraw = "withdraw"
    /// The day of a row that held ever since, in its address.
    private static let ever = "ever"

    static func list(_ kind: RegisterKind) -> String { PagePaths.registers + LocalPath.path(kind.rawValue) }
    static func add(_ kind: RegisterKind) -> String { add + LocalPath.path(kind.rawValue) }
    static func upload(_ kind: RegisterKind) -> String { upload + LocalPath.path(kind.rawValue) }
    static func template(_ kind: RegisterKind) -> String { "\(list(kind))/\(template)" }

    /// One thing of a register at all its times.
    static func row(_ kind: RegisterKind, _ key: String) -> String { list(kind) + LocalPath.path(key) }

    /// The form of one of its times.
    static func form(_ kind: RegisterKind, _ key: String, from day: CivilDay?) -> String {
        row(kind, key) + LocalPath.path(day?.description ?? ever)
    }

    /// The page that withdraws it.
    static func withdraw(_ kind: RegisterKind, _ key: String, from day: CivilDay?) -> String {
        "\(form(kind, key, from: day))/\(withdraw)"
    }

    /// Whether an address means the time that begins on a day.
    static func isDay(_ text: String, _ day: CivilDay?) -> Bool { text == day?.description ?? ever }
}

extension RegisterKind {
    /// As pages name it.
    var words: Words {
        switch self {
        case .township: Words(chinese, "Townships")
        case .village: Words(chinese, "Villages")
        case .operatorFirm: Words(chinese, "Operators")
        case .site: Words(chinese, "Sites")
        case .staff: Words(chinese, "People")
        case .operatorReport: Words(chinese, "Operators' own figures")
        }
    }

    /// One thing of it.
    var one: Words {
        switch self {
        case .township: Words(chinese, "Township")
        case .village: Words(chinese, "Village")
        case .operatorFirm: Words(chinese, "Operator")
        case .site: Words(chinese, "Site")
        case .staff: Words(chinese, "Person")
        case .operatorReport: Words(chinese, "Operator's own figures")
        }
    }

    /// Link to its page.
    var link: PageLink { PageLink(words, RegisterPaths.list(self)) }
}
