import LockerDomain
import StationBooks

extension EventWords {
    /// A parcel until somebody has it.
    static func waiting(_ event: Event) -> Words {
        switch event {
        case .parcelExpected(let fact):
            let other = fact.entry.station.map { Words("为站点 \($0)", "for station \($0)") }
            let late = fact.late == true ? Words("到件后补报", "after it came") : nil
            let manifest = Words("清单 \(fact.manifest)", "manifest \(fact.manifest)")
            return detailed(Words("预报", "announced"), [manifest, other, late])
        case .parcelReceived(let fact):
            let exception = fact.exception.map { FieldWords.of($0) }
            let announced = fact.announced ? nil : Words("无预报", "not announced")
            return detailed(
                Words("收到", "received"),
                [FieldWords.of(fact.how), announced, exception, run(fact.run), bag(fact.bag)]
            )
        case .parcelContactGiven: return Words("登记收件人电话", "recipient's phone recorded")
        case .parcelStored(let fact):
            let chilled = fact.chilled == true ? Words("按冷藏件", "as chilled goods") : nil
            return detailed(Words("入柜", "stored"), [chilled])
        case .parcelRelocated(let fact):
            return Words("移位：\(fact.from) → \(fact.place)", "moved: \(fact.from) → \(fact.place)")
        case .parcelJoined(let fact):
            return Words("转单合并：原单号 \(fact.formerly)", "two numbers, one parcel: formerly \(fact.formerly)")
        default: return held(event)
        }
    }

    private static func held(_ event: Event) -> Words {
        switch event {
        case .parcelCodeReissued: return Words("取件码重发", "code made anew")
        case .parcelNoticeDue(let fact):
            let reminder = Words("第 \(fact.number) 次提醒", "reminder \(fact.number)")
            return detailed(Words("应通知收件人", "recipient is to be told"), [fact.number > 0 ? reminder : nil])
        case .parcelNoticed(let fact):
            switch fact.by {
            case .county: return Words("已通知收件人", "recipient told by the county")
            case .keeper: return Words("店主当面告知", "recipient told in person")
            }
        case .parcelNoticeFailed(let fact):
            return detailed(Words("通知未成", "recipient not reached"), [plain(fact.reason)])
        case .parcelHoldExtended(let fact):
            let late = fact.lateHours.map { Words("另补 \($0) 小时", "and \($0) h that were over") }
            return detailed(Words("延长保管 \(fact.hours) 小时", "held \(fact.hours) h longer"), [late])
        case .parcelOverdue(let fact):
            return Words("滞留：保管期 \(fact.hours) 小时已过", "overdue: held for \(fact.hours) h")
        case .parcelRecalled(let fact):
            let reason = fact.reason.map { _ in Words("冷藏件未能通知", "chilled, nobody was told") }
            return detailed(Words("召回", "recalled"), [reason])
        default: return bare(event)
        }
    }

    /// A parcel that leaves the care of the station, or is found wrong.
    static func end(_ event: Event) -> Words {
        switch event {
        case .parcelHandedToAgent: return Words("交代取人", "given to an agent")
        case .parcelCollected(let fact):
            let fee = fact.fee.map { Words("收费 \(yuan($0.fen)) 元", "fee \(yuan($0.fen)) yuan") }
            return detailed(
                Words("收取", "collected"),
                [FieldWords.of(fact.by), FieldWords.of(fact.means), fact.delegate.map(of), fee]
            )
        case .parcelRefused: return Words("拒收并放回", "refused and put back")
        case .parcelDamaged(let fact):
            return detailed(Words("报损毁", "reported damaged"), [FieldWords.of(fact.report.by)])
        case .parcelShort(let fact): return detailed(Words("报短少", "reported short"), [FieldWords.of(fact.report.by)])
        case .parcelLost(let fact): return detailed(Words("报丢失", "reported lost"), [FieldWords.of(fact.report.by)])
        case .parcelRetrieved(let fact): return detailed(Words("取回", "taken back"), [FieldWords.of(fact.reason)])
        case .parcelReturned(let fact): return detailed(Words("退回发运", "left with a run"), [run(fact.run)])
        default: return bare(event)
        }
    }

    /// A shipment (上行).
    static func shipment(_ event: Event) -> Words {
        switch event {
        case .shipmentDroppedOff: return Words("自助投入寄件", "dropped off")
        case .shipmentAccepted(let fact):
            let outside = fact.outsideCounty ? Words("销往县外", "leaves the county") : nil
            return detailed(Words("收寄", "accepted"), [FieldWords.of(fact.kind), outside])
        case .shipmentStored: return Words("寄件存放", "shipment stored")
        case .shipmentHandedOver(let fact):
            let seal = fact.seal.map { Words("封志 \($0)", "seal \($0)") }
            return detailed(Words("交运", "handed over"), [run(fact.run), bag(fact.bag), seal])
        case .shipmentRejected(let fact):
            let accepted = fact.wasAccepted == true ? Words("已收寄后", "after it was accepted") : nil
            return detailed(Words("不予收寄", "rejected"), [FieldWords.of(fact.reason), accepted])
        case .shipmentTakenOut: return Words("取出查验", "taken out to be looked at")
        case .shipmentReturned: return Words("退还寄件人", "back to its sender")
        default: return bare(event)
        }
    }

    static func of(_ delegate: Delegate) -> Words {
        switch delegate {
        case .agent: Words("代办员", "village agent")
        case .relative: Words("亲属", "relative")
        case .token: Words("代取码", "delegation token")
        }
    }

    /// `4.35` for 435 fen.
    static func yuan(_ fen: Int) -> String { Table.Cell.hundredths(fen).text() }

    private static func run(_ run: String?) -> Words? { run.map { Words("班次 \($0)", "run \($0)") } }

    private static func bag(_ bag: String?) -> Words? { bag.map { Words("袋 \($0)", "bag \($0)") } }
}
