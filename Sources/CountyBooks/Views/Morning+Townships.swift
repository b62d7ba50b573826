import LockerDomain

extension Morning {
    /// What a row of a township is made of.
    private struct Town {
        /// 区划代码, nine digits.
        let code: String
        /// Those of it that the reader may see.
        var villages: [Village] = []
        /// Stations that serve one of its villages, wherever they stand; each once.
        var serving: Set<String> = []
        /// Those of them that stand in it.
        var own: Set<String> = []
    }

    /// One row a township, by code: what its villages, waybills and stations come to, each counted once.
    var townshipTable: Table {
        let columns = [
            Table.Column("township", "乡镇", "Township"), Table.Column("code", "区划代码", "Code", .code),
            Table.Column("villages", "行政村数", "Villages", .number),
            Table.Column("visited", "今日已到", "Visited today", .number),
            Table.Column("notYet", "今日尚未到", "Not yet today", .number),
            Table.Column("unknown", "今日未知", "Unknown today", .number),
            Table.Column("visitedBefore", "昨日已到", "Visited yesterday", .number),
            Table.Column("missedBefore", "昨日未到", "Not visited yesterday", .number),
            Table.Column("unknownBefore", "昨日未知", "Unknown yesterday", .number),
            Table.Column("received", "今日下行", "In today", .number),
            Table.Column("accepted", "今日上行", "Out today", .number),
            Table.Column("waiting", "在库待取", "Waiting", .number), Table.Column("overdue", "滞留", "Overdue", .number),
            Table.Column("silent", "失联站点", "Silent stations", .number),
        ]
        let shown = Set(index.stations)
        return Table(
            Words("各乡镇情况", "Townships"),
            columns: columns,
            rows: towns.map { row($0, shown) },
            notes: [
                Words(
                    "“未知”含不确定的村；无设备、无网点的村只计入行政村数",
                    "unknown holds what is uncertain; a village without a station counts among the villages alone"
                )
            ]
        )
    }

    /// Townships of which the reader may see a village, by code.
    private var towns: [Town] {
        var towns: [String: Town] = [:]
        for village in villages {
            let code = ViewContext.township(of: village.code)
            var town = towns[code] ?? Town(code: code)
            town.villages.append(village)
            towns[code] = town
        }
        for (village, sites) in served {
            let code = ViewContext.township(of: village)
            guard var town = towns[code], isCounted(sites) else { continue }
            for site in sites {
                town.serving.formUnion(site.stations)
                if site.village == village { town.own.formUnion(site.stations) }
            }
            towns[code] = town
        }
        return towns.values.sorted { $0.code < $1.code }
    }

    /// Whether a village is in the figures of the reader: a firm has those in which it has a site.
    private func isCounted(_ sites: [Site]) -> Bool {
        context.visibility.firm == nil || sites.contains(where: context.allows(site:))
    }

    /// - Parameter shown: stations that the reader may see.
    private func row(_ town: Town, _ shown: Set<String>) -> [Table.Cell] {
        let (now, before) = (town.villages.map { today[$0.code] }, town.villages.map { yesterday[$0.code] })
        func number(_ verdicts: [DayVerdict?], _ wanted: DayVerdict...) -> Table.Cell {
            .number(verdicts.count { verdict in verdict.map { wanted.contains($0) } ?? false })
        }
        let name = town.villages.first.map { context.townshipName(of: $0.code) } ?? town.code
        let (received, accepted) = pieces(town.code)
        let counted = town.villages.filter { isCounted(served[$0.code] ?? []) }
        // A village without a station may have had some, too.
        let isWhole = index.areHeard(town.serving) && counted.allSatisfy { hasStation($0.code) }
        let hand = atHand(town.own)
        // Where no station is, nobody knows what waits.
        let isHandWhole = hand.isWhole && !town.own.isEmpty
        let isApart = counted.isEmpty && received + accepted + hand.waiting == 0
        func figure(_ count: Int, _ isWhole: Bool) -> Table.Cell { isApart ? .none : .least(count, isWhole: isWhole) }
        let named = town.own.intersection(shown)
        return [
            .text(name), .text(town.code), .number(town.villages.count),
            number(now, .visited), number(now, .notYet), number(now, .unknown, .uncertain),
            number(before, .visited), number(before, .notVisited), number(before, .unknown, .uncertain),
            figure(received, isWhole), figure(accepted, isWhole), figure(hand.waiting, isHandWhole),
            figure(hand.overdue, isHandWhole),
            named.isEmpty ? .none : .number(named.count { index.silent[$0] != nil }),
        ]
    }
}
