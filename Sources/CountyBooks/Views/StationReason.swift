/// Why something happened at a station, as its program writes it in English, or the county's in both languages. What the
/// station's writes of itself has Chinese words here; any other text is the same in both. Without phone numbers.
enum StationReason {
    static func words(_ text: String) -> Words {
        let text = AuditText.clean(text)
        if let chinese = fixed[text] { return Words(chinese, text) }
        if let pulses = middle(of: text, "not seen open after ", " pulses"), pulses.allSatisfy(isDigit) {
            return Words("\(pulses) 次开锁后未见门开", text)
        }
        if let seconds = middle(of: text, "no answer within ", " s"), seconds.allSatisfy(isDigit) {
            return Words("\(seconds) 秒内无应答", text)
        }
        if let type = middle(of: text, "this version does not know ", ""),
            type.allSatisfy({ $0.isASCII && $0.isLetter })
        {
            return Words("本版本不认识 \(type)", text)
        }
        let parts = text.split(separator: ": ", omittingEmptySubsequences: false).map { part in
            fixed[String(part)].map { Words($0, String(part)) } ?? Words(both: String(part))
        }
        return Words.list(parts, "：", ": ")
    }

    /// What stands between two ends; `nil` where they are not there, or nothing is between them. A page has a reason a row, and
    /// making a regular expression costs more than all else of it.
    private static func middle(of text: String, _ front: String, _ back: String) -> Substring? {
        guard text.hasPrefix(front), text.hasSuffix(back), text.utf8.count > front.utf8.count + back.utf8.count else {
            return nil
        }
        return text.dropFirst(front.count).dropLast(back.count)
    }

    private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }

    private static let fixed = [
        "no level at start": "启动时读不到门磁",
        "the line cannot be read": "线路读不出",
        "abnormal": "异常",
        "audited": "已盘点",
        "expired": "已过期",
        "no answer": "无应答",
        "asked to stop": "按指令停止",
        "asked by systemd": "由 systemd 停止",
        "the interface is busy": "接口被占用",
        "policy read again": "重新读取设置",
        "this version knows no such command": "本版本不认识此指令",
        "its data cannot be read": "指令内容读不出",
        "it takes the call and says nothing: correct its port, or start it again": "接通但无应答：请核对端口或重启",
        "it hangs up without an answer: correct its port, or start it again": "未应答即断开：请核对端口或重启",
    ]
}
