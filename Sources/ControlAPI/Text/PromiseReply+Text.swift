import LockerDomain

extension PromiseReply {
    /// The promise as a sheet for the wall.
    public func lines(style: TextStyle) -> [String] {
        let rule = String(repeating: "═", count: ControlLimits.columns)
        var pairs = TextPairs()
        for (label, value) in rows {
            pairs.add("  " + label, value ?? "没有填写 not set: [promise] in station.toml", isTrouble: value == nil)
            pairs.add("", "")
        }
        return [rule, "", centred("公 开 服 务 承 诺", style), centred("What this station promises", style), "", rule, ""]
            + pairs.lines(style: style).map { line in line.allSatisfy { $0 == " " } ? "" : line } + [rule]
    }

    private var rows: [(label: String, value: String?)] {
        [
            ("服务时间 Hours", hours),
            ("收费 Fee", fee),
            ("保管期 Kept for", kept),
            ("提醒 Reminders", reminders),
            ("店主电话 Keeper", phone),
            ("备案号 Filing number", filingNumber),
            ("投诉热线 Complaints", hotline),
        ]
    }

    /// No fee, or the published line of the tariff.
    var fee: String {
        guard let tariff else { return "不收费 No fee, ever" }
        let price = "\(Self.yuan(tariff.fen)) for each \(tariff.periodHours) h begun behind it, at most "
        return "保管期内免费 Free while kept; \(tariff.name): \(price)\(Self.yuan(tariff.fenMax))"
    }

    /// The hold period, from the notice on.
    var kept: String {
        "通知起 \(holdHours) 小时，冷藏 \(chilledHoldHours) 小时  \(holdHours) h, cold \(chilledHoldHours) h"
    }

    private var reminders: String? {
        guard !reminderHours.isEmpty else { return "不另提醒 none" }
        return "\(reminderHours.map(String.init).joined(separator: ", ")) h after the notice, never at night"
    }

    private func centred(_ text: String, _ style: TextStyle) -> String {
        let left = (ControlLimits.columns - DisplayWidth.of(text)) / 2
        return String(repeating: " ", count: left) + style.bold(text)
    }

    /// `¥0.50` for 50 fen.
    private static func yuan(_ fen: Int) -> String { "¥\(fen / 100).\(fen % 100 / 10)\(fen % 10)" }
}
