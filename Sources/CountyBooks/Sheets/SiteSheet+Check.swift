extension SiteColumn {
    static func check(
        _ row: Site,
        against known: RegisterNames,
        _ faults: inout [CellFault<Self>]
    ) -> Site {
        var row = row
        row.operatorName = known.check(firm: row.operatorName, carrier, &faults)
        row.village = known.check(village: row.village, village, &faults)
        row.serves = served(row, known, &faults)
        if !known.stations.isSuperset(of: row.stations) {
            faults.append(
                CellFault(
                    .stations,
                    "names a station that the county does not have 本县没有这个站点",
                    mend: "write ids as county-server stations shows them 请按站点清单填写编号"
                )
            )
        }
        if Set(row.stations).count < row.stations.count {
            faults.append(
                CellFault(.stations, "names a station twice 站点重复", mend: "delete one of the two 请删去一个")
            )
        }
        return row
    }

    /// The villages that the site serves beside its own, by their codes.
    private static func served(
        _ row: Site,
        _ known: RegisterNames,
        _ faults: inout [CellFault<Self>]
    ) -> [ServedVillage] {
        var codes: Set<String> = []
        var serves: [ServedVillage] = []
        for written in row.serves {
            let column: Self = written.mode == .site ? .siteVillages : .reachVillages
            let code = known.check(village: written.village, column, &faults)
            guard code != row.village || written.mode == .reach else {
                // 设点 of the village in which it stands says nothing new.
                continue
            }
            if code == row.village {
                faults.append(
                    CellFault(
                        column,
                        "names the village in which the site stands 含网点所在村",
                        mend: "delete it there: the site serves its own village anyway 所在村无需填写，请删去"
                    )
                )
            } else if !codes.insert(code).inserted {
                faults.append(
                    CellFault(
                        column,
                        "names a village that the row names before 村重复",
                        mend: "name it once, as 设点 or as 辐射 每村只写一次"
                    )
                )
            }
            serves.append(ServedVillage(village: code, mode: written.mode))
        }
        return serves
    }
}
