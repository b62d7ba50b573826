import LockerDomain
import StationBooks

/// What the figures of a report are called, Chinese and English, at most 26 columns.
enum ReportWords {
    static func of(_ figure: ReportFigure) -> String {
        switch figure {
        case .received: "收到 Received"
        case .found: "盘点找回 Found by audit"
        case .withoutConsent: "未经同意 Without consent"
        case .consentUnknown: "同意不详 Consent unknown"
        case .stored: "入柜 Stored"
        case .collectedByRecipient: "收件人自取 By recipient"
        case .collectedByDelegate: "代取人领取 By delegate"
        case .collectedByKeeper: "店主代交 By keeper"
        case .fees: "收保管费件 With a fee"
        case .feesFen: "保管费(元) Fees in yuan"
        case .handedToAgent: "交代办员 Given to agents"
        case .overdue: "滞留 Overdue"
        case .refused: "拒收 Refused"
        case .damaged: "损毁报告 Damage reports"
        case .short: "短少报告 Short reports"
        case .lost: "丢失 Lost"
        case .retrieved: "取回 Retrieved"
        case .returned: "退回 Returned"
        case .droppedOff: "自助寄件 Dropped off"
        case .accepted: "收寄 Accepted"
        case .acceptedOutside: "销往县外 Out of county"
        case .acceptedReused: "循环包装 Reused packaging"
        case .handedOver: "交运 Handed over"
        case .rejected: "不予收寄 Rejected"
        case .returnedToSender: "退还寄件人 Back to sender"
        }
    }

    static func of(_ breakdown: ReportBreakdown) -> String {
        switch breakdown {
        case .acceptedByKind: "收寄类别 By kind"
        case .acceptedByCategory: "农产品 By category"
        case .acceptedByPlatform: "平台 By platform"
        case .rejectedByReason: "不予收寄 Why rejected"
        }
    }

    static func of(_ figure: StationFigure) -> String {
        switch figure {
        case .runs: "班次 Runs"
        case .doorOpenings: "开门 Door openings"
        case .doorFailures: "打不开 Open failures"
        case .doorsUnexpected: "异常开门 Unexpected"
        case .wrongCodes: "输错取件码 Wrong codes"
        case .typingLocks: "输入锁定 Typing locked"
        case .supportCodes: "客服开箱 Support codes"
        case .surveys: "问卷 Surveys"
        case .events: "事件 Events"
        case .clockUncertain: "时间不准 Clock not sure"
        }
    }

    static func of(_ breakdown: StationBreakdown) -> String {
        switch breakdown {
        case .sessions: "在岗 Sessions"
        case .scansRejected: "扫描无效 Scans rejected"
        case .pickupsFailed: "取件未成 Pickups failed"
        case .complaints: "投诉类别 Complaints"
        }
    }

    static func of(_ direction: Direction) -> String {
        switch direction {
        case .inbound: "下行 INBOUND"
        case .outbound: "上行 OUTBOUND"
        }
    }

    static func of(_ verdict: ReportDay.Verdict) -> String {
        switch verdict {
        case .served: "served (有班次)"
        case .withoutRun: "no run (无班次)"
        case .uncertain: "uncertain (不详): the station was off, or its clock could not know the day"
        case .open: "none so far, the day is not over (未结)"
        case .ahead: "has not begun (未到)"
        case .pruned: "unknown here, ask the county (记录已清理，请问县中心)"
        }
    }

    /// A word of a breakdown; numbers of complaints carry their names.
    static func word(_ word: String, of breakdown: StationBreakdown) -> String {
        guard breakdown == .complaints, let category = Int(word).flatMap(ComplaintCategory.init(rawValue:)) else {
            return word
        }
        return "\(word) \(category.zh) \(category.en)"
    }

    /// `a: 3, b: 1`, the most frequent first.
    static func counts(_ counts: [String: Int], _ words: (String) -> String = { $0 }) -> String {
        counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\(words($0.key)): \($0.value)" }
            .joined(separator: ", ")
    }

    /// A figure as people read it: money in yuan.
    static func value(_ value: Int, of figure: ReportFigure) -> String {
        figure == .feesFen ? hundredths(value) : String(value)
    }

    /// `4.35` for 435.
    static func hundredths(_ value: Int) -> String { "\(value / 100).\(value % 100 / 10)\(value % 10)" }
}
