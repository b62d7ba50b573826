import LockerDomain

/// The full-screen text page for the station's console (DESIGN 4.6): 80 columns, at most 24 lines.
public struct ScreenPage: Sendable, Hashable {
    /// Lines without line ends; styled when the style says so.
    public var lines: [String]

    /// The page of a station, or of one that does not answer.
    public init(_ screen: ScreenReply?, style: TextStyle) {
        guard let screen else {
            lines = Self.box("系统没有运行，请稍等", "The station is not running. Please wait", light: .red, style)
            return
        }
        if let answer = screen.answer {
            lines = Self.box(answer.zh, answer.en, light: answer.light, style)
        } else {
            lines = Self.box("请输入取件码，或扫码", "Type your pickup code, or scan", light: .off, style)
        }
        lines += screen.asked.prefix(Self.askedMax).flatMap { $0.lines(style: style) }
        lines.append("")
        var pairs = TextPairs()
        Self.add(" 空格口 Free doors", screen.free, to: &pairs)
        Self.add(" 冷藏空格口 Free cold doors", screen.freeChilled, to: &pairs)
        pairs.add(" 货架空位 Free shelf places", String(screen.freeShelfPlaces))
        pairs.add(" 待取包裹 Parcels waiting", String(screen.parcelsWaiting))
        if !screen.doorsOpen.isEmpty {
            let most = screen.asked.isEmpty ? Self.openDoorsMax : Self.openDoorsMax / 2
            pairs.add(
                " 开着的门 Open doors",
                screen.doorsOpen.prefix(most).joined(separator: " "),
                isTrouble: true
            )
        }
        if let trouble = Self.trouble(screen.storage) {
            pairs.add(" 存储 Storage", "\(trouble.zh)  \(trouble.en)", isTrouble: true)
        }
        if let clock = screen.clock { pairs.add(" 时钟 Clock", "\(clock.zh)  \(clock.en)", isTrouble: true) }
        Self.add(" 故障 Fault", screen.fault?.printable, isTrouble: true, to: &pairs)
        // What is promised makes room for what is asked: the hotline is the last line of the page.
        let room = ControlLimits.rows - 1 - lines.count - pairs.lines(style: style).count
        for row in Self.promised(screen.promise).prefix(max(0, room)) { Self.add(row.label, row.text, to: &pairs) }
        pairs.add(" 服务热线 Hotline", screen.hotline)
        lines += pairs.lines(style: style)
    }

    // They fill the rest of the page; a station with more doors open has another problem.
    private static let openDoorsMax = 48

    // Two lines each. Of more than these one is answered first.
    private static let askedMax = 2

    private static func promised(_ promise: PromiseReply?) -> [(label: String, text: String)] {
        guard let promise else { return [] }
        let rows: [(String, String?)] = [
            (" 服务时间 Hours", promise.hours), (" 收费 Fee", promise.fee), (" 保管期 Kept for", promise.kept),
            (" 店主电话 Keeper", promise.phone), (" 备案号 Filing number", promise.filingNumber),
        ]
        return rows.compactMap { label, text in text.map { (label: label, text: $0) } }
    }

    private static func add(_ label: String, _ doors: [ScreenReply.FreeDoors], to pairs: inout TextPairs) {
        guard !doors.isEmpty else { return }
        pairs.add(label, doors.map { "\($0.size.rawValue): \($0.doors)" }.joined(separator: "    "))
    }

    // One line each, whatever the configuration says: the page has 24.
    private static func add(_ label: String, _ text: String?, isTrouble: Bool = false, to pairs: inout TextPairs) {
        if let text { pairs.add(label, DisplayWidth.clipped(text, to: 50), isTrouble: isTrouble) }
    }

    private static func trouble(_ storage: Storage) -> Answer? {
        switch storage {
        case .ok: nil
        case .reserve: Answer(.storageReserve)
        case .failed: Answer(.storageFailed)
        }
    }

    private static func box(_ zh: String, _ en: String, light: Light, _ style: TextStyle) -> [String] {
        let inside = ControlLimits.columns - 2
        let emphasis: (String) -> String =
            switch light {
            case .red: style.red
            case .green: style.green
            case .off, .both: style.bold
            }
        let rule = String(repeating: "═", count: inside)
        let empty = "║" + String(repeating: " ", count: inside) + "║"
        let rows = [spaced(zh.printable), en.printable].map { text in
            let text = DisplayWidth.clipped(text, to: inside - 2)
            let left = (inside - DisplayWidth.of(text)) / 2
            let right = inside - left - DisplayWidth.of(text)
            return "║" + String(repeating: " ", count: left) + emphasis(text) + String(repeating: " ", count: right)
                + "║"
        }
        return ["╔" + rule + "╗", empty, rows[0], empty, rows[1], empty, "╚" + rule + "╝"]
    }

    // The console has one size of type; space between the characters is what makes a line large.
    private static func spaced(_ text: String) -> String {
        var wide = ""
        var last: Character?
        for character in text {
            if let last, DisplayWidth.of(last) == 2 || DisplayWidth.of(character) == 2, last != " ", character != " " {
                wide += " "
            }
            wide.append(character)
            last = character
        }
        return DisplayWidth.of(wide) <= ControlLimits.columns - 4 ? wide : text
    }
}
