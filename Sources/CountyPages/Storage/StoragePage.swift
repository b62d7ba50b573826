import CountyBooks
import LockerDomain

extension PagePaths {
    /// What the county's files take of the disk.
    static let storage = "/storage"
}

extension PageRoutes {
    static let storage: [PageRoute] = [
        .page(PagePaths.storage, .permission(.readStorage)) { try StoragePage.page($0, $1) }
    ]
}

/// Bytes a day, and when the disk is full (存储空间): events are never deleted.
enum StoragePage {
    static let link = PageLink(Words("存储空间", "Storage"), PagePaths.storage)

    static func page(_ desk: CountyDesk, _ request: PageRequest) throws -> Page {
        let now = request.now
        let state = try desk.ports.storage.storage(since: StorageState.paceBegins(now: now))
        let pace = state.bytesADay(now: now)
        let days = CountyBooksLimits.storagePaceDays
        let facts = [
            View.Fact(Words("事件、台账、账号、已关账月报（county.sqlite）", "county.sqlite"), size(state.countyBytes)),
            View.Fact(Words("账簿（books.sqlite，可重建）", "books.sqlite, which can be made anew"), size(state.booksBytes)),
            View.Fact(Words("事件数", "Events"), .number(Int(state.events))),
            View.Fact(
                Words("每条事件占用（字节）", "Bytes an event"),
                state.bytesAnEvent.map { .number(Int($0)) } ?? .unknown
            ),
            View.Fact(
                Words("每天增加", "Bytes a day"),
                pace.map(size) ?? .unknown,
                note: pace == nil
                    ? Words(
                        "收到事件不足 \(CountyBooksLimits.storagePaceDaysMin) 天",
                        "events have come for fewer than \(CountyBooksLimits.storagePaceDaysMin) days"
                    ) : Words("按最近 \(days) 天", "by the last \(days) days")
            ), View.Fact(Words("磁盘可用", "Free on the disk"), size(state.freeBytes)), full(state, pace, at: now),
            View.Fact(Words("上次备份", "Last backup"), try backup(desk)),
        ]
        let note = Words(
            "事件至少保存三年，从不删除。磁盘将满时请扩容；备份：county-server backup 文件名。",
            "Events are kept for three years at least and never deleted. Give the disk more room before it is full; a backup is "
                + "made by county-server backup FILE."
        )
        return Page(View(link.name, notices(state, at: now) + [.facts(facts), .text(note)]))
    }

    private static func full(_ state: StorageState, _ pace: Int64?, at now: Int64) -> View.Fact {
        let years = CountyBooksLimits.storageYearsMax
        let value: Table.Cell =
            state.fullDay(now: now).map { .text("\(CivilDay(number: $0))") }
            ?? (pace == nil ? .unknown : .state("> \(years)", .ok))
        let isLong = pace != nil && state.fullDay(now: now) == nil
        return View.Fact(
            Words("按此速度磁盘写满的日期", "Day on which the disk is full at that pace"),
            value,
            note: isLong ? Words("年", "years") : nil
        )
    }

    private static func notices(_ state: StorageState, at now: Int64) -> [View.Part] {
        guard let day = state.fullDay(now: now), day - PageTime.day(of: now) < CountyPagesLimits.fullSoonDays else {
            return []
        }
        let date = "\(CivilDay(number: day))"
        return [
            .notice(
                Words("按最近的速度，磁盘将于 \(date) 写满。", "At the present pace the disk is full on \(date)."),
                .bad
            )
        ]
    }

    /// By the audit log, which is in the copy too.
    private static func backup(_ desk: CountyDesk) throws -> Table.Cell {
        let last = try desk.accounts.audit(AuditQuery(actions: [.backupMade], limit: 1)).first
        return last.map { .text("\(PageTime.text($0.time))，\($0.object)") } ?? .unknown
    }

    /// `12.3 MiB`
    private static func size(_ bytes: Int64) -> Table.Cell {
        var (tenths, unit) = (bytes * 10, 0)
        let units = ["B", "KiB", "MiB", "GiB", "TiB"]
        while tenths >= 10_240, unit + 1 < units.count {
            tenths /= 1_024
            unit += 1
        }
        return .text(unit == 0 ? "\(bytes) B" : "\(tenths / 10).\(tenths % 10) \(units[unit])")
    }
}
