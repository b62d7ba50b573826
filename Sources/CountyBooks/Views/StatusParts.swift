import LockerDomain
import StationBooks
import SyncWire

/// The latest status of a station, each figure with its age; what it did not say is unknown.
struct StatusParts {
    private let view: CountyStationView
    private let status: StatusReport?
    /// How old it is; `nil` without one.
    private let age: Words?

    init(_ view: CountyStationView) {
        self.view = view
        status = view.sight?.status
        age = view.sight?.statusReceived.map { ViewAge.asOf($0, now: view.context.now) }
    }

    var parts: [View.Part] {
        var parts: [View.Part] = []
        if status == nil {
            let words =
                age.map {
                    Words("本版本无法读取站点的状态（\($0.chinese)）", "this version cannot read the status (\($0.english))")
                } ?? Words("站点从未上报状态", "the station never reported a status")
            parts.append(.notice(words, .unknown))
        }
        parts.append(.facts(facts))
        parts.append(.table(doorTable, scope: "doors"))
        parts.append(.table(scannerTable, scope: "scanners"))
        parts.append(.table(cameraTable, scope: "cameras"))
        return parts
    }

    // MARK: Figures

    private var facts: [View.Fact] {
        let storage = status.map { Table.Cell.state(FieldWords.of($0.storage), $0.storage == .ok ? .ok : .bad) }
        let oldest = status.map { status -> Table.Cell in
            status.oldestUnsentSeconds.map { .words(ViewAge.words(Int64($0) * 1_000)) } ?? .none
        }
        return [
            View.Fact(Words("时钟", "clock"), clock, note: age),
            View.Fact(Words("存储", "storage"), storage ?? .unknown, note: age),
            View.Fact(Words("程序版本", "version"), status.map { .text($0.version) } ?? .unknown, note: age),
            View.Fact(Words("待上传事件", "events not sent"), .count(status?.eventsWaiting), note: age),
            View.Fact(Words("最早待上传", "oldest not sent"), oldest ?? .unknown, note: age),
            View.Fact(Words("在柜件数", "parcels inside"), .count(status?.parcelsWaiting), note: age),
        ]
    }

    /// Both ends say it when NTP at the station and the time that it goes by are apart.
    private var clock: Table.Cell {
        guard let status else { return .unknown }
        let words = FieldWords.of(status.clock)
        if let ntp = status.ntp.flatMap(WireTime.milliseconds), let wall = WireTime.milliseconds(status.time),
            abs(ntp - wall) > Limits.clocksApartMilliseconds
        {
            let time = WireTime.local(ntp)
            return .state(
                Words("\(words.chinese)，但网络时间为 \(time)", "\(words.english), but the network says \(time)"),
                .bad
            )
        }
        return .state(words, status.clock.isConfirmed ? .ok : status.clock.isDated ? .warn : .bad)
    }

    // MARK: Things

    private var ageCell: Table.Cell { .optional(age) }
    private static let ageColumn = Table.Column("age", "上报时间", "Reported")

    private var doorTable: Table {
        let reported = Dictionary((status?.doors ?? []).map { ($0.name, $0) }) { first, _ in first }
        let kept = Dictionary(view.doors.map { ($0.door, $0) }) { first, _ in first }
        let columns = [
            Table.Column("door", "格口", "Door"), Table.Column("level", "门", "Level", .state),
            Table.Column("contents", "内容", "Contents", .state), Table.Column("service", "上报停用", "Reported out", .state),
            Self.ageColumn, Table.Column("books", "记录停用", "Out by events", .state),
            Table.Column("since", "开始", "Since", .time),
        ]
        let rows = Set(reported.keys).union(kept.keys).sorted().map { name -> [Table.Cell] in
            let (door, state) = (reported[name], kept[name])
            let out = door.map { door -> Table.Cell in
                door.outOfService.map(Self.bad) ?? .state(Words("可用", "in service"), .ok)
            }
            return [
                .text(name.rawValue), Self.level(door?.level), Self.contents(door?.contents), out ?? .unknown,
                door == nil ? .none : ageCell, Self.trouble(state), .time(state?.since),
            ]
        }
        return Table(Words("格口", "Doors"), columns: columns, rows: rows)
    }

    private static func level(_ level: DoorLevel?) -> Table.Cell {
        switch level {
        case .open: .state(FieldWords.of(DoorLevel.open), .warn)
        case .closed: .state(FieldWords.of(DoorLevel.closed), .ok)
        case .unknown, nil: .unknown
        }
    }

    private static func contents(_ contents: Contents?) -> Table.Cell {
        switch contents {
        case .empty: .state(FieldWords.of(Contents.empty), .ok)
        case .occupied: .state(FieldWords.of(Contents.occupied), .ok)
        case .unknown, nil: .unknown
        }
    }

    /// What the events of a door say; a door of which the books keep nothing is well by them.
    private static func trouble(_ door: DoorStanding?) -> Table.Cell {
        guard let door else { return .none }
        let finding = door.unknownContents.map { raw in
            FieldWords.of(raw) { (finding: AuditDifference.Finding) in FieldWords.of(finding) }
        }
        let words = [door.outOfService.map(Self.out), finding].compactMap { $0 }
        return words.isEmpty ? .none : .state(.list(words), .bad)
    }

    private static func bad(_ reason: String) -> Table.Cell { .state(out(reason), .bad) }

    private static func out(_ reason: String) -> Words { reasoned(Words("停用", "out of service"), reason) }

    private static func reasoned(_ words: Words, _ reason: String) -> Words {
        let reason = StationReason.words(reason)
        return Words("\(words.chinese)：\(reason.chinese)", "\(words.english): \(reason.english)")
    }

    private var scannerTable: Table {
        let columns = [
            Table.Column("scanner", "扫码器", "Scanner"), Table.Column("role", "用途", "Role"),
            Table.Column("state", "状态", "State", .state), Self.ageColumn,
        ]
        let rows = (status?.scanners ?? []).map { scanner -> [Table.Cell] in
            let role = scanner.role.map { $0 == .keypad ? Words("键盘", "keypad") : Words("扫码", "scanner") }
            let state: Table.Cell =
                scanner.fault.map { .state(Self.reasoned(Words("故障", "fault"), $0), .bad) }
                ?? (scanner.attached ? .state(Words("正常", "well"), .ok) : .state(Words("拔出", "gone"), .bad))
            return [.text(scanner.name.rawValue), role.map { .words($0) } ?? .unknown, state, ageCell]
        }
        return Table(Words("扫码器", "Scanners"), columns: columns, rows: rows)
    }

    private var cameraTable: Table {
        let columns = [
            Table.Column("camera", "摄像头", "Camera"), Table.Column("state", "状态", "State", .state),
            Table.Column("reason", "原因", "Reason"), Self.ageColumn,
        ]
        let rows = (status?.cameras ?? []).map { camera -> [Table.Cell] in
            let state: Table.Cell =
                camera.online.map {
                    $0 ? .state(Words("在线", "online"), .ok) : .state(Words("离线", "off"), .bad)
                } ?? .unknown
            return [.text(camera.name.rawValue), state, .reason(camera.reason), ageCell]
        }
        return Table(Words("摄像头", "Cameras"), columns: columns, rows: rows)
    }
}
