/// What is written above the barcode of a card.
public struct CardCaption: Sendable, Hashable {
    /// Chinese title, at most `CardLimits.chineseCharactersMax` characters.
    public var zh: String
    /// English title, at most `CardLimits.englishCharactersMax` characters.
    public var en: String

    init(_ zh: String, _ en: String) {
        self.zh = zh
        self.en = en
    }

    /// A title in front of a name that somebody else chose; what is too long of the name is marked by `…`.
    static func named(_ zh: String, _ en: String, _ name: String) -> CardCaption {
        CardCaption(
            zh + " " + clipped(name, to: CardLimits.chineseCharactersMax - zh.count - 1),
            en + " " + clipped(name, to: CardLimits.englishCharactersMax - en.count - 1)
        )
    }

    fileprivate static func clipped(_ name: String, to characters: Int) -> String {
        name.count <= characters ? name : name.prefix(max(0, characters - 1)) + "…"
    }
}

extension Card {
    /// The one table of titles.
    public var caption: CardCaption {
        switch self {
        case .receive: CardCaption("收件入柜", "Receive parcels")
        case .outbound: CardCaption("上行收寄", "Take in shipments")
        case .dropOff: CardCaption("自助寄件", "Drop off a shipment")
        case .retrieve: CardCaption("取回滞留件", "Take parcels back")
        case .handOut: CardCaption("人工出件", "Hand out a parcel")
        case .told: CardCaption("已当面通知", "Told in person")
        case .take: CardCaption("代取包裹", "Take for others")
        case .delivered: CardCaption("已送达", "Delivered")
        case .move: CardCaption("移位", "Move a parcel")
        case .extend: CardCaption("延长保管", "Keep it longer")
        case .join: CardCaption("转单：两号一件", "Two numbers, one parcel")
        case .end: CardCaption("结束", "End")
        case .reopen: CardCaption("重新开门", "Open the door again")
        case .refuse: CardCaption("拒收此件", "Refuse the parcel")
        case .abnormal: CardCaption("格口异常", "Something is wrong here")
        case .next: CardCaption("下一个", "Next")
        case .yes: CardCaption("是", "Yes")
        case .no: CardCaption("否", "No")
        case .empty: CardCaption("格口已空", "The door is empty")
        case .audit: CardCaption("开门核对", "Audit")
        case .door(let name): .named("格口", "Door", name)
        case .shelf(let place): .named("货架", "Shelf", place)
        case .reason(let number): Self.caption(ofReason: number)
        case .run(let words): Self.caption("班次", "Run", ofRun: words)
        case .handOver(let words): Self.caption("整车交接", "Hand over run", ofRun: words)
        case .bag(let number): .named("总包", "Bag", number)
        case .seal(let number): .named("封签", "Seal", number)
        case .nextBag: CardCaption("下一扫：总包号", "Next scan: bag number")
        case .nextSeal: CardCaption("下一扫：封签号", "Next scan: seal number")
        case .exception(let kind): kind.caption
        case .report(let kind): kind.caption
        case .delegate(let kind): kind.caption
        case .withdraw: CardCaption("撤销委托", "Withdraw the delegation")
        case .kind(let kind): kind.caption
        case .category(let name): ProduceCategory(word: name)?.caption ?? .named("品类", "Produce", name)
        case .platform(let name): SalesPlatform(word: name)?.caption ?? .named("平台", "Platform", name)
        case .order: CardCaption("下一扫：订单号", "Next scan: order number")
        case .realName: CardCaption("下一扫：实名凭证号", "Next scan: real-name record")
        case .inspected: CardCaption("已收寄验视", "Looked inside")
        case .screened: CardCaption("已过机安检", "Passed the screening")
        case .outside: CardCaption("寄往县外", "Goes out of the county")
        case .reuse: CardCaption("旧包装再用", "Packaging used again")
        case .photo: CardCaption("下一扫：照片编号", "Next scan: photo number")
        case .label: CardCaption("本站出面单", "Make a label here")
        case .accept: CardCaption("收下此件", "Accept the shipment")
        case .reject(let reason): reason.caption
        case .complaint(let number): Self.caption(ofComplaint: number)
        case .survey: CardCaption("满意度调查", "Satisfaction survey")
        case .digit(let digit): .named("数字", "Digit", String(digit))
        }
    }

    /// With a number plate the title names run and plate, which people compare; the barcode's text has all.
    private static func caption(_ zh: String, _ en: String, ofRun words: String) -> CardCaption {
        let run = RunCard(words)
        guard let plate = run.vehicle.flatMap({ NumberPlate($0) }) else { return .named(zh, en, words) }
        let room = CardLimits.chineseCharactersMax - zh.count - plate.description.count - 2
        let title = room < run.id.count ? String(zh.suffix(2)) : zh
        var caption = CardCaption.named(title, en, run.id)
        let name = CardCaption.clipped(
            run.id,
            to: CardLimits.chineseCharactersMax - title.count - plate.description.count - 2
        )
        caption.zh = [title, name, plate.description].joined(separator: " ")
        return caption
    }

    private static func caption(ofReason number: Int) -> CardCaption {
        guard let reason = AuditReason(rawValue: number) else { return .named("原因", "Reason", String(number)) }
        return CardCaption("原因\(number)：\(reason.zh)", "Reason \(number): \(reason.en)")
    }

    private static func caption(ofComplaint number: Int) -> CardCaption {
        guard let category = ComplaintCategory(rawValue: number) else {
            return .named("投诉", "Complaint", String(number))
        }
        return CardCaption("投诉\(number)：\(category.zh)", "Complaint \(number): \(category.en)")
    }
}

extension ParcelException {
    fileprivate var caption: CardCaption {
        switch self {
        case .damaged: CardCaption("下一件：有破损", "Next parcel: damaged")
        case .weight: CardCaption("下一件：重量不符", "Next parcel: weight differs")
        case .fresh: CardCaption("下一件：生鲜", "Next parcel: fresh")
        case .valuable: CardCaption("下一件：贵重", "Next parcel: valuable")
        }
    }
}

extension ParcelReport {
    fileprivate var caption: CardCaption {
        switch self {
        case .damaged: CardCaption("发现破损", "Found damaged")
        case .short: CardCaption("发现短少", "Found something missing")
        case .lost: CardCaption("发现丢失", "Found lost")
        }
    }
}

extension DelegateKind {
    fileprivate var caption: CardCaption {
        switch self {
        case .agent: CardCaption("委托代办员代取", "The agent may collect")
        case .relative: CardCaption("委托亲属代取", "A relative may collect")
        }
    }
}

extension ShipmentKind {
    fileprivate var caption: CardCaption {
        switch self {
        case .produce: CardCaption("农副产品", "Farm produce")
        case .ordinary: CardCaption("普通寄件", "Ordinary shipment")
        case .returned: CardCaption("退货", "Goods going back")
        }
    }
}

extension ShipmentRefusal {
    // 不收, not 拒收: that is what a recipient does.
    fileprivate var caption: CardCaption {
        switch self {
        case .noRealName: CardCaption("不收：未实名", "Reject: no real name")
        case .forbidden: CardCaption("不收：禁寄物品", "Reject: forbidden goods")
        case .screening: CardCaption("不收：安检未过", "Reject: failed screening")
        case .packaging: CardCaption("不收：包装不合格", "Reject: packed badly")
        case .outOfArea: CardCaption("不收：超地域收件", "Reject: out of the area")
        case .sender: CardCaption("不收：寄件人撤回", "Reject: sender withdraws")
        }
    }
}
