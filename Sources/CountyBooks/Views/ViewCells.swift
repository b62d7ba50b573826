import LockerDomain
import SyncWire

extension Table.Cell {
    /// `2026-11-21 07:30`; empty where it did not happen.
    static func time(_ moment: Int64?) -> Self {
        moment.map { .text(String(WireTime.local($0).prefix(16))) } ?? .none
    }

    /// `2026-11-21 07:30:05`, for the camera recording; empty where it did not happen.
    static func second(_ moment: Int64?) -> Self { moment.map { .text(WireTime.local($0)) } ?? .none }

    /// A day by its number; unknown where no clock could tell.
    static func day(_ number: Int64?) -> Self { number.map { .text("\(CivilDay(number: $0))") } ?? .unknown }

    /// A day of a village; empty where no station can tell of it.
    static func verdict(_ verdict: DayVerdict?) -> Self {
        verdict.map { $0 == .unknown ? .unknown : .state($0.chinese, $0.tone) } ?? .none
    }

    /// Yes or no (是、否).
    static func yes(_ isSo: Bool) -> Self { .text(isSo ? "是" : "否") }

    /// A waybill that leads to its page.
    static func waybill(_ waybill: Waybill) -> Self { .link(waybill.rawValue, path: PagePath.parcel(waybill)) }

    /// What a station or a person wrote, without phone numbers; empty where nothing is.
    static func written(_ text: String?) -> Self { text.map { .text(AuditText.clean($0)) } ?? .none }

    /// A count that is at least so much: unknown, not 0, where nobody can tell whether there is more.
    static func least(_ count: Int, isWhole: Bool) -> Self { count > 0 || isWhole ? .number(count) : .unknown }
}

extension DayVerdict {
    /// How it looks.
    var tone: Table.Tone {
        switch self {
        case .visited: .ok
        case .notVisited: .bad
        case .uncertain: .warn
        case .unknown, .notYet: .unknown
        }
    }
}

extension ViewContext {
    /// A station that leads to its page, where its page may be read.
    func cell(station id: String) -> Table.Cell {
        readsStations && allows(station: id) ? .link(id, path: PagePath.station(id)) : .text(id)
    }

    /// Name of a station's site; unknown where no register has it.
    func cell(siteOf station: String, on day: Int64? = nil) -> Table.Cell {
        site(of: station, on: day).map { .text($0.name) } ?? .unknown
    }

    /// Name of a village that leads to its page; unknown where nobody knows the village.
    func cell(village code: String?) -> Table.Cell {
        code.map { .link(villageName($0), path: PagePath.village($0)) } ?? .unknown
    }

    /// A person by the 16 hex digits of the wire: register name and number, for those who may read the register of
    /// people.
    func person(_ wire: String) -> String {
        if wire == "county" { return "县中心 county" }
        return visibility.isOfAllFirms ? registers.person(wire) : PersonNumber.shown(wire)
    }

    /// The same; empty where nobody is named.
    func cell(person wire: String?) -> Table.Cell { wire.map { .text(person($0)) } ?? .none }
}
