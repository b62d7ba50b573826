/// What hangs together on the wall: a heading of the printed sheet.
public enum CardGroup: String, Sendable, Codable, CaseIterable {
    /// Everybody needs these, whatever else hangs beside them.
    case common
    case courier, keeper, agent, outbound, runs, exceptions, service
    /// In place of a number pad, and for the survey.
    case digits
    case audit
    /// Of one station: its doors and shelf places.
    case doors, shelf

    /// The heading.
    public var caption: CardCaption {
        switch self {
        case .common: CardCaption("人人可用", "Everybody")
        case .courier: CardCaption("快递员", "Courier")
        case .keeper: CardCaption("店主", "Keeper")
        case .agent: CardCaption("代办员", "Agent")
        case .outbound: CardCaption("上行寄件", "Outbound")
        case .runs: CardCaption("班次交接", "Runs")
        case .exceptions: CardCaption("异常情况", "Exceptions")
        case .service: CardCaption("投诉与评价", "Complaints and survey")
        case .digits: CardCaption("数字键", "Digits")
        case .audit: CardCaption("核对格口", "Audit")
        case .doors: CardCaption("格口", "Doors")
        case .shelf: CardCaption("货架位", "Shelf places")
        }
    }

    /// The cards of the group that are the same at every station. None for runs, doors and shelf places: those carry
    /// the name of something.
    public var cards: [Card] { Card.fixed.filter { $0.group == self } }
}

extension Card {
    /// Every card whose words are the same at every station, in printing order within its group: a card comes before
    /// those that answer it.
    public static let fixed: [Card] = {
        // One statement a group: compilers before 6.3 give up on one long sum.
        let apart: [Card] = [.audit, .empty, .survey]
        var cards: [Card] = plainCards.filter { !apart.contains($0) }
        cards += ParcelException.allCases.map(Card.exception)
        cards += ParcelReport.allCases.map(Card.report)
        cards += DelegateKind.allCases.map(Card.delegate)
        cards += ShipmentKind.allCases.map(Card.kind)
        cards += ProduceCategory.allCases.map { Card.category($0.rawValue.uppercased()) }
        cards += SalesPlatform.allCases.map { Card.platform($0.rawValue.uppercased()) }
        cards += ShipmentRefusal.allCases.map(Card.reject)
        cards.append(.audit)
        cards += AuditReason.allCases.map { Card.reason($0.rawValue) }
        cards.append(.empty)
        cards += ComplaintCategory.allCases.map { Card.complaint($0.rawValue) }
        cards.append(.survey)
        cards += (0...9).map(Card.digit)
        return cards
    }()

    /// Where the card hangs.
    public var group: CardGroup {
        switch self {
        case .end, .yes, .no, .next, .reopen, .refuse: .common
        case .receive, .retrieve: .courier
        case .handOut, .told, .move, .extend, .join, .delegate, .withdraw: .keeper
        case .take, .delivered: .agent
        case .outbound, .dropOff, .kind, .category, .platform, .order, .realName, .inspected, .screened, .outside,
            .reuse, .photo, .label, .accept, .reject, .nextBag, .nextSeal:
            .outbound
        case .run, .handOver, .bag, .seal: .runs
        case .exception, .report, .abnormal: .exceptions
        case .complaint, .survey: .service
        case .digit: .digits
        case .audit, .empty, .reason: .audit
        case .door: .doors
        case .shelf: .shelf
        }
    }
}
