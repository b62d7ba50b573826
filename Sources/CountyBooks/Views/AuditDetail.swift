/// What an entry of the audit log says beside its action, for a page. The log keeps one English text, whose words of our own
/// are known here; names, numbers and all other texts stay as they are.
public enum AuditDetail {
    /// The words in both languages.
    public static func words(_ detail: String) -> Words {
        joined(detail[...], "; ", "；") { joined($0, " → ") { joined($0, ", ", "，", word) } }
    }

    private static func joined(
        _ text: Substring,
        _ separator: String,
        _ chinese: String? = nil,
        _ words: (Substring) -> Words
    ) -> Words {
        let parts = text.split(separator: separator, omittingEmptySubsequences: false).map(words)
        // A text that is not ours keeps its commas.
        guard parts.contains(where: { $0.chinese != $0.english }) else { return Words(same: String(text)) }
        return Words.list(parts, chinese ?? separator, separator)
    }

    private static func word(_ text: Substring) -> Words {
        if let chinese = fixed[text] { return Words(chinese, String(text)) }
        if let role = AccountRole(rawValue: String(text)) { return Words(role.chinese, String(text)) }
        if let kind = RegisterKind(rawValue: String(text)) { return Words(kind.chinese, String(text)) }
        if let count = text.wholeMatch(of: /([0-9]+) ([a-z ]+)/), let unit = units[count.2] {
            return Words("\(count.1) \(unit)", String(text))
        }
        if let named = text.wholeMatch(of: /([a-z]+) (.+)/), let name = names[named.1] {
            return Words("\(name) \(named.2)", String(text))
        }
        return Words(both: String(text))
    }

    private static let fixed: [Substring: String] = [
        "no such account": "没有此账号", "wrong password": "密码错误", "switched off": "账号已停用", "county": "全县",
        "one-time password used before": "一次性密码已用过", "one-time password over": "一次性密码已过期",
        "wrong present password": "原密码错误", "session ended": "会话已结束",
    ]

    /// Behind a count.
    private static let units: [Substring: String] = [
        "rows": "行", "days": "天", "events": "条事件", "parcels": "件", "notes": "条说明", "new or changed": "行新增或变更",
    ]

    /// Before a name or a number.
    private static let names: [Substring: String] = [
        "township": "乡镇", "firm": "企业", "brands": "品牌", "person": "人员", "at": "站点", "until": "有效至", "filter": "筛选",
        "number": "编号",
    ]
}
