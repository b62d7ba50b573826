import LockerDomain
import SyncWire

/// Lines as people read them: of a waybill from hub to hand (交接记录), or the last ones of a station.
struct CustodyTable {
    let lines: [CustodyLine]
    let context: ViewContext

    /// In the order of the lines, with the station of each.
    func table(_ title: Words, withStation: Bool) -> Table {
        let places = [
            Table.Column("station", "站点", "Station"), Table.Column("site", "网点", "Site"),
        ]
        let columns =
            [Table.Column("time", "时间", "Time", .time)] + (withStation ? places : [])
            + [
                Table.Column("what", "事件", "What happened"), Table.Column("person", "人员", "Person"),
                Table.Column("place", "格口或货位", "Door or shelf"), Table.Column("evidence", "依据", "Evidence", .state),
                Table.Column("opened", "开门时间", "Door opened", .time),
                Table.Column("received", "县中心收到", "Came to the county", .time),
                Table.Column("number", "事件号", "Event", .number),
            ]
        return Table(
            title,
            columns: columns,
            rows: lines.map { row($0, withStation: withStation) },
            notes: [
                Words(
                    "时间后的“?”表示站点当时的时钟不可信；开门时间用于查监控录像",
                    "a ? behind a time: the station did not trust its clock; recordings are found by the door's time"
                )
            ]
        )
    }

    private func row(_ line: CustodyLine, withStation: Bool) -> [Table.Cell] {
        let (event, detail) = (line.line.event, EventDetail(line.line.event))
        let places = [context.cell(station: line.station), context.cell(siteOf: line.station, on: Self.day(line))]
        let evidence = detail.evidence.map { evidence in
            Table.Cell.state(FieldWords.of(evidence), evidence == .sensor || evidence == .scanned ? .ok : .warn)
        }
        return [Self.time(line.line.time)] + (withStation ? places : [])
            + [
                .plain(EventWords.of(event)), context.cell(person: detail.person), .plain(detail.place),
                evidence ?? .none, .second(detail.doorOpenedAt), .second(line.received), .number(Int(line.number)),
            ]
    }

    /// The day on which it happened; that on which it came where the station's clock could not know the day.
    private static func day(_ line: CustodyLine) -> Int64 {
        let time = line.line.time
        return ReportPeriod.day(ofWall: time.clock.isDated ? time.wall : line.received)
    }

    /// The station's own time; `?` when its clock was not to be trusted.
    private static func time(_ moment: Moment) -> Table.Cell {
        let text = WireTime.local(moment.wall)
        return moment.clock.isDated ? .text(text) : .state("\(text) ?", .unknown)
    }
}
