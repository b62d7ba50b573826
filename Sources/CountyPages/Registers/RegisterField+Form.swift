import CountyBooks
import LockerDomain

extension RegisterField {
    /// The field of a form.
    ///
    /// - Parameter value: as the sheet writes it.
    func field(value: String, firms: [String]) -> Field {
        let (kind, value) = (kind(value, firms), formValue(value))
        return Field(name, words, kind, value: value, hint: hint, isRequired: isNeeded)
    }

    private func kind(_ value: String, _ firms: [String]) -> Field.Kind {
        switch id {
        case "valid_from": return .date
        case "month": return .month
        case "type": return choice(SiteType.allCases.map { ($0.chinese, $0.rawValue) })
        case "status": return choice(SiteStatus.allCases.map { ($0.chinese, $0.rawValue) })
        case "role": return choice(Role.allCases.map { ($0.word.zh, $0.word.en) })
        case "operator" where !isKey, "by": return firmField(value, firms)
        default:
            guard isList else { return .text(charactersMax: CountyPagesLimits.fieldCharactersMax) }
            return .textArea(rows: 3, charactersMax: CountyPagesLimits.listCharactersMax)
        }
    }

    /// Words of a list; a needed one begins with none, so that nobody chooses the first by oversight.
    private func choice(_ words: [(chinese: String, english: String)]) -> Field.Kind {
        let none = Field.Choice("", Words("请选择", "Choose"))
        return .select((isNeeded ? [none] : []) + words.map { Field.Choice($0.chinese, Words($0.chinese, $0.english)) })
    }

    private func firmField(_ value: String, _ firms: [String]) -> Field.Kind {
        let all = value.isEmpty || firms.contains(value) ? firms : firms + [value]
        guard (1...CountyPagesLimits.firmChoicesMax).contains(all.count) else {
            return .text(charactersMax: CountyPagesLimits.fieldCharactersMax)
        }
        return .select([Field.Choice("", Words("请选择", "Choose"))] + all.map { Field.Choice($0, $0) })
    }

    /// A field of months takes `2026-11`, sheets write `2026年11月`.
    private func formValue(_ value: String) -> String {
        guard id == "month", value.count > 5 else { return value }
        return "\(value.prefix(4))-\(value.dropFirst(5).prefix(2))"
    }

    private var hint: Words? {
        switch id {
        case "valid_from":
            Words("从哪一天起如此，可填过去的日期；留空为自始如此", "From which day it is so, also one that is past; empty: ever since")
        case "village": Words("区划代码或村名", "Its code or its name")
        case "township": Words("可留空：由区划代码前九位得出", "May be empty: the code begins with it")
        case "site_villages", "reach_villages":
            Words("区划代码或村名，每行一个；所在村不用填", "Codes or names, one a line; not the village of the site itself")
        case "stations": Words("站点编号，每行一个", "Ids of stations, one a line")
        case "equipment": Words("多件之间用顿号", "With 、 between them")
        case "phone":
            Words("对外公布的电话；不填个人未公布的号码", "A number that is published; none of a person's own that is not")
        case "population", "received", "accepted", "visit_days":
            Words("只写数字；不知道则留空", "Digits alone; empty where nobody knows")
        case "town_km": Words("公里，如 3.5", "Kilometres, as 3.5")
        default: nil
        }
    }
}
