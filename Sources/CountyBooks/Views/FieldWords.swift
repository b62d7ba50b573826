import LockerDomain
import StationBooks

/// What the words of events and pieces are called.
enum FieldWords {
    static func of(_ direction: Direction) -> Words {
        switch direction {
        case .inbound: Words("下行", "in")
        case .outbound: Words("上行", "out")
        }
    }

    static func of(_ evidence: Evidence) -> Words {
        switch evidence {
        case .sensor: Words("门磁", "sensor")
        case .assumed: Words("推定", "assumed")
        case .scanned: Words("扫码", "scanned")
        case .stated: Words("声明", "stated")
        }
    }

    static func of(_ means: Means) -> Words {
        switch means {
        case .code: Words("取件码", "code")
        case .token: Words("二维码", "token")
        case .badge: Words("工牌", "badge")
        }
    }

    static func of(_ collector: ParcelCollected.Collector) -> Words {
        switch collector {
        case .recipient: Words("收件人", "recipient")
        case .delegate: Words("代取人", "delegate")
        case .keeper: Words("店主代交", "keeper")
        }
    }

    static func of(_ reporter: Report.Reporter) -> Words {
        switch reporter {
        case .recipient: Words("收件人", "recipient")
        case .courier: of(Role.courier)
        case .keeper: of(Role.keeper)
        case .technician: of(Role.technician)
        case .inspector: of(Role.inspector)
        case .agent: of(Role.agent)
        }
    }

    /// As cards and screens of the station call it.
    static func of(_ role: Role) -> Words { Words(role.word.zh, role.word.en) }

    static func of(_ purpose: Purpose) -> Words {
        switch purpose {
        case .deposit: Words("投递", "deposit")
        case .pickup: Words("取件", "pickup")
        case .audit: Words("盘点", "audit")
        case .reopen: Words("再次开门", "another look")
        case .putBack: Words("放回", "put back")
        case .handOut: Words("店主代交", "hand out")
        case .agent: Words("代取", "agent pickup")
        case .retrieval: Words("取回", "retrieval")
        case .move: Words("移位", "move")
        case .dropOff: Words("自助寄件", "drop-off")
        case .takeOut: Words("取出寄件", "take a shipment out")
        case .shipment: Words("存放寄件", "store a shipment")
        case .senderPickup: Words("寄件人取回", "sender takes back")
        case .support: Words("客服开箱", "support")
        }
    }

    static func of(_ clock: ClockTrust) -> Words {
        switch clock {
        case .ntp: Words("网络校时", "ntp")
        case .county: Words("县中心校时", "county")
        case .manual: Words("人工设定", "manual")
        case .rtc: Words("电池时钟", "rtc")
        case .fake: Words("不可信", "not to be trusted")
        case .none: Words("从未设定", "never set")
        }
    }

    static func of(_ storage: Storage) -> Words {
        switch storage {
        case .ok: Words("正常", "ok")
        case .reserve: Words("将满，只取不存", "nearly full: pickups alone")
        case .failed: Words("不可写", "takes no write")
        }
    }

    static func of(_ contents: Contents) -> Words {
        switch contents {
        case .empty: Words("空", "empty")
        case .occupied: Words("有件", "occupied")
        case .unknown: .unknown
        }
    }

    static func of(_ level: DoorLevel) -> Words {
        switch level {
        case .open: Words("开", "open")
        case .closed: Words("关", "closed")
        case .unknown: .unknown
        }
    }

    static func of(_ consent: Consent) -> Words {
        switch consent {
        case .userConsent: Words("收件人同意", "recipient agreed")
        case .senderNamedLocker: Words("寄件人指定", "sender named the locker")
        case .none: Words("不同意", "did not agree")
        case .unknown: .unknown
        }
    }

    static func of(_ kind: ShipmentKind) -> Words {
        switch kind {
        case .produce: Words("农副产品", "farm produce")
        case .ordinary: Words("普通件", "ordinary")
        case .returned: Words("退货", "goods going back")
        }
    }

    static func of(_ refusal: ShipmentRefusal) -> Words {
        switch refusal {
        case .noRealName: Words("未实名", "no real name")
        case .forbidden: Words("禁寄物品", "may not be sent")
        case .screening: Words("安检未过", "stopped by the screening")
        case .packaging: Words("包装不合格", "packed badly")
        case .outOfArea: Words("超地域", "out of area")
        case .sender: Words("寄件人要求", "sender wants it back")
        }
    }

    static func of(_ exception: ParcelException) -> Words {
        switch exception {
        case .damaged: Words("外包装破损", "damaged")
        case .weight: Words("重量不符", "weight differs")
        case .fresh: Words("生鲜", "fresh")
        case .valuable: Words("贵重", "valuable")
        }
    }

    static func of(_ how: ParcelReceived.How) -> Words {
        switch how {
        case .scan: Words("逐件扫码", "scanned")
        case .bag: Words("整袋", "with its bag")
        case .handOver: Words("整车交接", "with the whole run")
        case .audit: Words("盘点找回", "found by an audit")
        case .move: Words("移位取出", "taken out to be moved")
        }
    }

    static func of(_ reason: ParcelRetrieved.Reason) -> Words {
        switch reason {
        case .overdue: Words("滞留", "overdue")
        case .refused: Words("拒收", "refused")
        case .recalled: Words("召回", "recalled")
        case .asked: Words("应要求", "asked for")
        }
    }

    static func of(_ finding: AuditDifference.Finding) -> Words {
        switch finding {
        case .interrupted: Words("操作中断，内容未知", "step cut short: contents unknown")
        case .changedWhileOff: Words("停机期间有变动，内容未知", "changed while off: contents unknown")
        case .missing: Words("账上有、实际无", "in the books, not found")
        case .found: Words("实际有、账上无", "found, not in the books there")
        }
    }

    static func of(_ type: SiteType) -> Words {
        switch type {
        case .countyHub: Words(type.chinese, "county hub")
        case .townshipStation: Words(type.chinese, "township station")
        case .villagePoint: Words(type.chinese, "village point")
        case .locker: Words(type.chinese, "locker")
        }
    }

    static func of(_ status: SiteStatus) -> Words { Words(status.chinese, status.rawValue) }

    static func of(_ mode: ServiceMode) -> Words {
        switch mode {
        case .site: Words(mode.chinese, "has the site")
        case .reach: Words(mode.chinese, "is reached")
        }
    }

    static func of(_ mode: CooperationMode) -> Words { Words(mode.chinese, mode.rawValue) }

    /// A line of all brands.
    static let allBrands = Words("合计", "all brands")

    /// A brand (品牌), by the code that events and books hold.
    static func brand(_ code: String) -> Words {
        code == Words.unknown.english ? .unknown : Words(CarrierBrand.chinese(of: code), code)
    }

    /// The words of a raw value; the value itself where this version does not know it.
    static func of<Value: RawRepresentable<String>>(_ raw: String, _ words: (Value) -> Words) -> Words {
        Value(rawValue: raw).map(words) ?? Words(same: raw)
    }
}

extension Piece.State {
    /// As lists write it in both languages.
    var words: Words { Words(chinese, english) }

    private var english: String {
        switch self {
        case .expected: "announced"
        case .received: "received"
        case .stored: "stored"
        case .withAgent: "with an agent"
        case .collected: "collected"
        case .refused: "refused"
        case .retrieved: "taken back"
        case .returned: "returned"
        case .lost: "lost"
        case .missing: "missing"
        case .inParts: "in parts"
        case .droppedOff: "dropped off"
        case .accepted: "accepted"
        case .waiting: "waits for a run"
        case .handedOver: "handed over"
        case .rejected: "rejected"
        case .takenOut: "being looked at"
        case .returnedToSender: "back to sender"
        }
    }

    /// How it looks.
    var tone: Table.Tone {
        switch self {
        case .lost, .missing: .bad
        case .refused, .rejected, .retrieved, .withAgent, .takenOut: .warn
        default: .ok
        }
    }
}

extension Piece {
    /// Whether it waits for its recipient at the station (在库待取).
    public var isWaiting: Bool { direction == .inbound && state == .stored }

    /// Whether its hold period is over while it waits (滞留).
    public var isOverdue: Bool { isWaiting && overdueAt != nil }

    /// Since when it is at the station, milliseconds since 1970; `nil` when nobody knows.
    var waitsSince: Int64? { storedAt ?? arrivedAt }
}
