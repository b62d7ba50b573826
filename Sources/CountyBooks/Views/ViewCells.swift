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
        verdict.map { $0 == .unknown ? .unknown : .state($0.words, $0.tone) } ?? .none
    }

    /// Yes or no (是、否).
    static func yes(_ isSo: Bool) -> Self { .words(isSo ? Words("是", "yes") : Words("否", "no")) }

    /// A waybill that leads to its page.
    static func waybill(_ waybill: Waybill) -> Self {
        .link(AuditText.maskingMobiles(waybill.rawValue), path: PagePath.parcel(waybill))
    }

    /// A name, number or code that an event brings, as it is: people type a phone number into any of them, and that is masked.
    static func plain(_ text: String) -> Self { .text(AuditText.maskingMobiles(text)) }

    /// The same; empty where there is none.
    static func plain(_ text: String?) -> Self { text.map { .plain($0) } ?? .none }

    /// Words of the county's own with names in them.
    static func plain(_ words: Words) -> Self {
        .words(Words(AuditText.maskingMobiles(words.chinese), AuditText.maskingMobiles(words.english)))
    }

    /// Names, numbers or codes one behind the other.
    static func list(_ texts: [String]) -> Self { .plain(Words.list(texts.map { Words(same: $0) }, "，", ", ")) }

    /// What a person wrote, without phone numbers; empty where nothing is.
    static func written(_ text: String?) -> Self { text.map { .text(AuditText.clean($0)) } ?? .none }

    /// What a program wrote, a station's or the county's, without phone numbers; empty where nothing is.
    static func reason(_ text: String?) -> Self { text.map { .words(StationReason.words($0)) } ?? .none }

    /// Words of the county's own; empty where there are none.
    static func optional(_ words: Words?) -> Self { words.map { .words($0) } ?? .none }

    /// A count that is at least so much: unknown, not 0, where nobody can tell whether there is more.
    package static func least(_ count: Int, isWhole: Bool) -> Self { count > 0 || isWhole ? .number(count) : .unknown }
}

extension DayVerdict {
    /// As pages write it in both languages.
    var words: Words {
        switch self {
        case .visited: Words(chinese, "visited")
        case .notVisited: Words(chinese, "not visited")
        case .unknown: .unknown
        case .uncertain: Words(chinese, "uncertain")
        case .notYet: Words(chinese, "not yet")
        }
    }

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
        site(of: station, on: day).map { .plain($0.name) } ?? .unknown
    }

    /// Name of a village on a day, today if none is given, that leads to its page where the reader may see it; unknown where
    /// nobody knows the village.
    func cell(village code: String?, on day: Int64? = nil) -> Table.Cell {
        guard let code else { return .unknown }
        let name = AuditText.maskingMobiles(villageName(code, on: day))
        return visibility.allows(village: code) ? .link(name, path: PagePath.village(code)) : .text(name)
    }

    /// A person by the 16 hex digits of the wire: register name and number, for those who may read the register of
    /// people.
    ///
    /// - Parameter day: on which the person had that name; today if none is given.
    func cell(person wire: String, on day: Int64? = nil) -> Table.Cell {
        if wire == "county" { return .words(Words("县中心", "county")) }
        return .plain(visibility.isOfAllFirms ? registers.person(wire, on: day ?? today) : PersonNumber.shown(wire))
    }

    /// The same; empty where nobody is named.
    func cell(person wire: String?) -> Table.Cell {
        guard let wire else { return .none }
        return cell(person: wire)
    }
}
