import LockerDomain
import OfficeSheets

/// Columns of the register of sites (网点).
enum SiteColumn: String, RegisterColumn {
    case number, name, type, address, phone, equipment
    case carrier = "operator"
    case village
    case siteVillages = "site_villages"
    case reachVillages = "reach_villages"
    case stations, status
    case validFrom = "valid_from"

    static let needed = [number, name, type, address, carrier, village]
    static let headers = HeaderNames<Self>()
    static var dayColumn: Self? { .validFrom }

    var chinese: String {
        switch self {
        case .number: "网点编号"
        case .name: "网点名称"
        case .type: "类型"
        case .address: "地址"
        case .phone: "公开电话"
        case .equipment: "设备"
        case .carrier: "经营企业"
        case .village: "所在村"
        case .siteVillages: "设点村"
        case .reachVillages: "辐射村"
        case .stations: "站点"
        case .status: "状态"
        case .validFrom: "生效日期"
        }
    }

    var others: [String] {
        switch self {
        case .number: ["网点号", "网点代码", "编号"]
        case .name: ["网点", "名称"]
        case .type: ["网点类型", "类别", "网点类别"]
        case .address: ["网点地址", "详细地址"]
        case .phone: RegisterSheet.phoneHeaders
        case .equipment: ["设备清单", "设施设备", "配备设备"]
        case .carrier: ["企业名称", "经营单位", "运营企业", "企业"]
        case .village: ["所在行政村", "行政村", "村"]
        case .siteVillages: ["设点行政村", "设点"]
        case .reachVillages: ["辐射行政村", "辐射", "服务村"]
        case .stations: ["站点编号", "站点ID", "柜机编号"]
        case .status: ["网点状态", "运营状态", "营业状态"]
        case .validFrom: RegisterSheet.dayHeaders
        }
    }

    static let examples = [
        Site(
            number: "SL-001",
            name: "（示例）甲村便民服务点",
            type: .villagePoint,
            address: "（示例）甲镇甲村一号",
            phone: "4000000000",
            equipment: ["智能快件箱", "扫码枪"],
            operatorName: "（示例）甲快递有限公司",
            village: "999999001001",
            serves: [ServedVillage(village: "999999001002", mode: .reach)],
            stations: ["sl-jiacun-0001"]
        ),
        Site(
            number: "SL-002",
            name: "（示例）乙镇综合服务站",
            type: .townshipStation,
            address: "（示例）乙镇一号",
            operatorName: "（示例）甲快递有限公司",
            village: "（示例）丙村",
            status: .suspended
        ),
    ]

    static func wrap(_ row: Site) -> RegisterRow { .site(row) }

    static func unwrap(_ row: RegisterRow) -> Site? {
        if case .site(let row) = row { row } else { nil }
    }

    static func read(_ cells: SheetCells<Self>) throws(SheetFault) -> Site {
        let number = try cells.code(.number, charactersMax: RegisterLimits.siteNumberCharactersMax)
        let stations = try cells.items(.stations, countMax: RegisterLimits.siteStationsMax)
        guard stations.allSatisfy(StationID.isValid) else {
            throw cells.wrong(.stations, StationID.form, "站点编号，小写字母、数字和连字符")
        }
        let (most, form) = (RegisterLimits.servedVillagesMax, "the code or the name of the village")
        let near = try cells.items(.siteVillages, countMax: most).map { ServedVillage(village: $0, mode: .site) }
        let far = try cells.items(.reachVillages, countMax: most).map { ServedVillage(village: $0, mode: .reach) }
        return Site(
            number: try cells.need(number, .number, "the number of the site", "网点编号"),
            name: try cells.needText(.name, charactersMax: RegisterLimits.nameCharactersMax),
            type: try cells.need(
                cells.listed(.type, SiteType.self),
                .type,
                "one of \(SiteType.known)",
                "其中之一"
            ),
            address: try cells.needText(.address, charactersMax: RegisterLimits.addressCharactersMax),
            phone: try cells.phone(.phone),
            equipment: try cells.things(.equipment, charactersMax: RegisterLimits.equipmentCharactersMax),
            operatorName: try cells.needText(.carrier, charactersMax: Limits.noteCharactersMax),
            village: try cells.need(cells.village(.village), .village, form, "区划代码或村名"),
            serves: near + far,
            stations: stations,
            status: try cells.listed(.status, SiteStatus.self) ?? .open
        )
    }

    func text(_ row: Site) -> String {
        switch self {
        case .number: row.number
        case .name: row.name
        case .type: row.type.chinese
        case .address: row.address
        case .phone: row.phone ?? ""
        case .equipment: row.equipment.joined(separator: SheetCell.listMark)
        case .carrier: row.operatorName
        case .village: row.village
        case .siteVillages: Self.villages(row, .site)
        case .reachVillages: Self.villages(row, .reach)
        case .stations: row.stations.joined(separator: SheetCell.listMark)
        case .status: row.status.chinese
        case .validFrom: ""
        }
    }

    private static func villages(_ row: Site, _ mode: ServiceMode) -> String {
        row.serves.filter { $0.mode == mode }.map(\.village).joined(separator: SheetCell.listMark)
    }
}
