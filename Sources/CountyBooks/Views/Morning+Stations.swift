import LockerDomain

extension Morning {
    /// Silent stations; cameras that are off; doors out of service; commands that are late or failed.
    var stationTables: [View.Part] {
        var parts: [View.Part] = [.table(silentTable, scope: "silent")]
        guard context.readsStations else { return parts }
        parts.append(.table(troubleTable(.cameraOffline, Words("离线的摄像头", "Cameras off")), scope: "cameras"))
        parts.append(.table(troubleTable(.outOfService, Words("停用的格口", "Doors out of service")), scope: "doors"))
        parts.append(.table(commandTable, scope: "commands"))
        return parts
    }

    private var silentTable: Table {
        let columns = [
            Table.Column("station", "站点", "Station"), Table.Column("site", "网点", "Site"),
            Table.Column("phone", "公布电话", "Published phone"), Table.Column("contact", "最近联系", "Last contact", .time),
            Table.Column("reaches", "记录到", "Events up to", .time), Table.Column("why", "情况", "Why", .state),
        ]
        let rows = index.stations.compactMap { station in
            index.silent[station].map { silence in
                [
                    context.cell(station: station), context.cell(siteOf: station),
                    .optional(context.site(of: station)?.phone), .time(index.sights[station]?.lastContact),
                    .time(index.reaches(station)), silence.cell,
                ]
            }
        }
        return Table(
            Words("失联站点", "Silent stations"),
            columns: columns,
            rows: rows,
            notes: [
                Words(
                    "超过 24 小时未联系，或记录未到昨日结束",
                    "no contact for more than 24 h, or events that do not reach the end of yesterday"
                )
            ]
        )
    }

    private func troubleTable(_ kind: Trouble.Kind, _ title: Words) -> Table {
        let shown = Set(index.stations)
        let open = view.troubles.filter {
            $0.trouble.kind == kind && $0.trouble.until == nil && shown.contains($0.station)
        }
        let columns = [
            Table.Column("station", "站点", "Station"), Table.Column("site", "网点", "Site"),
            Table.Column("thing", "设备", "Thing"), Table.Column("since", "开始", "Since", .time),
            Table.Column("age", "已持续", "For"), Table.Column("reason", "原因", "Reason"),
        ]
        return Table(
            title,
            columns: columns,
            rows: open.map { held in
                [
                    context.cell(station: held.station), context.cell(siteOf: held.station), .plain(held.trouble.thing),
                    .time(held.trouble.from), .words(ViewAge.words(context.now - held.trouble.from)),
                    .reason(held.trouble.reason),
                ]
            }
        )
    }

    /// What is late or failed, and what is wrong with the identity or the chain of a station.
    private var commandTable: Table {
        let columns = [
            Table.Column("station", "站点", "Station"), Table.Column("site", "网点", "Site"),
            Table.Column("kind", "类别", "Kind", .state), Table.Column("what", "情况", "What"),
        ]
        let rows = index.stations.flatMap { station -> [[Table.Cell]] in
            guard let sight = index.sights[station] else { return [] }
            let (fault, command) = (Words("身份或记录", "identity or events"), Words("指令", "command"))
            let all = sight.faults.map { (fault, $0) } + sight.commandTroubles.map { (command, $0) }
            return all.map { kind, text in
                [
                    context.cell(station: station), context.cell(siteOf: station), .state(kind, .bad), .reason(text),
                ]
            }
        }
        return Table(Words("指令与站点故障", "Commands and faults of stations"), columns: columns, rows: rows)
    }
}
