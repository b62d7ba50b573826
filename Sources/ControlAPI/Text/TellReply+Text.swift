import LockerDomain
import StationBooks

extension TellReply {
    /// The list as a sheet to take along, one box to tick for each parcel.
    public func lines(style: TextStyle) -> [String] {
        let title = style.bold("当面通知 To tell in person") + "  \(station.printable)  \(time.short.prefix(16))"
        let count = hamlets.reduce(0) { $0 + $1.parcels.count }
        guard count > 0 else { return [title, "Nobody (没有要当面通知的)."] }
        var lines = [title]
        for hamlet in hamlets {
            let name = hamlet.hamlet?.printable ?? "村组不详 hamlet not known"
            lines += ["", style.bold(DisplayWidth.clipped(name, to: 60)) + " (\(hamlet.parcels.count))"]
            var table = TextTable([
                .init(""), .init("PLACE 位置", shrinks: true), .init("PHONE 电话", shrinks: true), .init("WAYBILL 尾号"),
                .init("SINCE 存入"), .init("WHY 原因", shrinks: true),
            ])
            table.rows = hamlet.parcels.map { parcel in
                [
                    "[ ]", parcel.place ?? "", parcel.phoneMasked ?? "-", parcel.waybillTail,
                    String(parcel.waitingSince.short.dropFirst(5).prefix(11)), parcel.reason.words,
                ]
            }
            lines += table.lines(style: style)
        }
        return lines + ["", "\(count) parcels. Told (已通知)? Scan the card TOLD (已当面通知), then the parcel."]
    }
}

extension TellInPerson.Reason {
    fileprivate var words: String {
        switch self {
        case .noPhone: "没有电话 no phone"
        case .noticeFailed: "通知失败 notice failed"
        case .chilled: "冷藏件 chilled"
        case .notTold: "还没通知 not told yet"
        case .reminder: "该再提醒 remind again"
        case .overlooked: "三天没着落 left for 3 days"
        }
    }
}
