import LockerDomain

extension Morning {
    /// One row a village.
    var villageTable: Table {
        let columns = [
            Table.Column("township", "乡镇", "Township"), Table.Column("village", "行政村", "Village"),
            Table.Column("code", "区划代码", "Code", .code), Table.Column("mode", "服务方式", "Served", .state),
            Table.Column("today", "今日到村", "Today", .state), Table.Column("yesterday", "昨日到村", "Yesterday", .state),
            Table.Column("received", "今日下行", "In today", .number),
            Table.Column("accepted", "今日上行", "Out today", .number),
            Table.Column("waiting", "在库待取", "Waiting", .number), Table.Column("overdue", "滞留", "Overdue", .number),
            Table.Column("stations", "站点情况", "Stations", .state),
        ]
        return Table(
            Words("各村情况", "Villages"),
            columns: columns,
            rows: villages.map(row),
            notes: [
                Words(
                    "在库和滞留计入站点所在的村；辐射的村不另计",
                    "what waits counts for the village in which the station stands, not for those that it reaches"
                )
            ]
        )
    }

    private func row(_ village: Village) -> [Table.Cell] {
        let code = village.code
        let all = served[code] ?? []
        // A firm reads of its own stations alone, and handles pieces at any.
        let sites = context.visibility.firm == nil ? all : all.filter(context.allows(site:))
        let stations = Set(sites.flatMap(\.stations)).sorted()
        let (every, here) = (all.flatMap(\.stations), all.filter { $0.village == code }.flatMap(\.stations))
        let own = Set(here).sorted()
        let isWhole = !every.isEmpty && index.areHeard(every)
        let (received, accepted) = pieces(code)
        let hand = atHand(own)
        let isApart = sites.allSatisfy { $0.village != code } && hand.waiting == 0
        let isHandWhole = hand.isWhole && !own.isEmpty
        return [
            .text(context.townshipName(of: code)), context.cell(village: code), .text(code), mode(code, all),
            verdict(today, code, all), verdict(yesterday, code, all),
            sites.isEmpty && received == 0 ? .none : .least(received, isWhole: isWhole),
            sites.isEmpty && accepted == 0 ? .none : .least(accepted, isWhole: isWhole),
            isApart ? .none : .least(hand.waiting, isWhole: isHandWhole),
            isApart ? .none : .least(hand.overdue, isWhole: isHandWhole),
            state(stations, sites),
        ]
    }

    /// How a village is served; a village without a site says so.
    private func mode(_ code: String, _ sites: [Site]) -> Table.Cell {
        guard !sites.isEmpty else { return .state(Words("无网点", "no site"), .warn) }
        let isOwn = sites.contains { site in site.villagesServed.contains { $0.village == code && $0.mode == .site } }
        return .state(FieldWords.of(isOwn ? ServiceMode.site : .reach), .ok)
    }

    private func verdict(_ verdicts: [String: DayVerdict], _ code: String, _ sites: [Site]) -> Table.Cell {
        // Somebody may come where no station tells of it.
        guard !sites.isEmpty || verdicts[code] != nil else { return .none }
        return verdicts[code].map { .verdict($0) } ?? .unknown
    }

    /// What is wrong with the stations that serve a village.
    private func state(_ stations: [String], _ sites: [Site]) -> Table.Cell {
        guard !sites.isEmpty else { return .none }
        guard !stations.isEmpty else { return .state(Words("无设备", "no station"), .unknown) }
        var words: [Words] = []
        let silent = stations.count { index.silent[$0] != nil }
        if silent > 0 {
            words.append(
                Words("\(stations.count) 个站点中 \(silent) 个失联", "\(silent) of \(stations.count) stations silent")
            )
        }
        let waiting = stations.count { index.waiting.contains($0) }
        if waiting > 0 {
            words.append(
                Words(
                    "\(stations.count) 个站点中 \(waiting) 个待重新计算",
                    "\(waiting) of \(stations.count) stations to be counted anew"
                )
            )
        }
        if context.readsStations {
            let (doors, cameras) = (count(.outOfService, stations), count(.cameraOffline, stations))
            if doors > 0 { words.append(Words("停用格口 \(doors)", "doors out of service \(doors)")) }
            if cameras > 0 { words.append(Words("摄像头离线 \(cameras)", "cameras off \(cameras)")) }
        }
        guard !words.isEmpty else { return .state(Words("正常", "well"), .ok) }
        return .state(.list(words), silent > 0 ? .bad : .warn)
    }
}
