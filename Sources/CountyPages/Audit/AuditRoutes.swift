import CountyBooks
import LockerDomain

extension PageRoutes {
    static let audit: [PageRoute] = [
        .page(PagePaths.audit, .permission(.readAuditLog)) { desk, request in
            try AuditPage(desk, request).page()
        }
    ]
}

/// The log of all changes, exports and looks at phone numbers (操作日志).
struct AuditPage {
    private let desk: CountyDesk
    private let request: PageRequest

    init(_ desk: CountyDesk, _ request: PageRequest) { (self.desk, self.request) = (desk, request) }

    func page() throws -> Page {
        let query = query(before: request.query.number("before", 1...Int.max).map(Int64.init))
        // A file holds all that was asked for, not what fits a page.
        let entries = request.fileFormat == nil ? try desk.accounts.audit(query) : try all(query)
        let table = Table(
            Words("操作日志", "Audit log"),
            columns: [
                Table.Column("number", "编号", "Number", .number), Table.Column("time", "时间", "Time", .time),
                Table.Column("by", "账号", "By"), Table.Column("address", "来源", "From"),
                Table.Column("action", "操作", "Action"), Table.Column("object", "对象", "Object", .code),
                Table.Column("detail", "内容", "Detail"), Table.Column("reason", "理由", "Reason"),
            ],
            rows: entries.map(row)
        )
        var page = Page(View(Words("操作日志", "Audit log"), [.table(table, scope: "")]), questions: [form])
        if entries.count == query.limit, let least = entries.last?.number {
            let kept = request.query.without(["before", "page"]).map { (String($0.key), String($0.value)) }
            let items = (kept + [("before", String(least))]).map { "\($0.0)=\(LocalPath.encoded($0.1))" }
            page.links = [
                PageLink(Words("更早的记录", "Older entries"), "\(PagePaths.audit)?\(items.joined(separator: "&"))")
            ]
        }
        return page
    }

    private func query(before: Int64?) -> AuditQuery {
        let items = request.query
        let from = items.text("from").flatMap(PageTime.day).map(PageTime.start)
        let to = items.text("to").flatMap(PageTime.day).map { PageTime.start(ofDay: $0 + 1) }
        var times: Range<Int64>?
        if from != nil || to != nil {
            let start = from ?? .min
            times = start..<max(start, to ?? .max)
        }
        return AuditQuery(
            times: times,
            by: items.text("by").map(AuditAuthor.init(text:)),
            actions: Set(items.text("action").flatMap(AuditAction.init).map { [$0] } ?? []),
            object: items.text("object"),
            before: before
        )
    }

    private func all(_ query: AuditQuery) throws -> [AuditEntry] {
        var (query, entries): (AuditQuery, [AuditEntry]) = (query, [])
        while entries.count < CountyPagesLimits.auditFileRowsMax {
            let next = try desk.accounts.audit(query)
            entries += next
            guard next.count == query.limit, let least = next.last?.number else { break }
            query.before = least
        }
        return entries
    }

    private func row(_ entry: AuditEntry) -> [Table.Cell] {
        let action = Words(entry.action.chinese, entry.action.rawValue)[request.language]
        return [
            entry.number.map { .number(Int($0)) } ?? .none, .text(PageTime.text(entry.time)),
            .words(entry.by.words), .optional(entry.address), .text(action),
            .words(Words(both: entry.object)), entry.detail.isEmpty ? .none : .words(AuditDetail.words(entry.detail)),
            .optional(entry.reason),
        ]
    }

    private var form: Form {
        let actions =
            [Field.Choice("", Words("全部", "All"))]
            + AuditAction.allCases.map { Field.Choice($0.rawValue, Words($0.chinese, $0.rawValue)) }
        let value = { (name: String) in request.query.text(name) ?? "" }
        return Form(
            asking: PagePaths.audit,
            fields: [
                Field("by", Words("账号", "By"), value: value("by")),
                Field("action", Words("操作", "Action"), .select(actions), value: value("action")),
                Field("object", Words("对象", "Object"), value: value("object")),
                Field("from", Words("从", "From"), .date, value: value("from")),
                Field("to", Words("到", "To"), .date, value: value("to")),
            ],
            submit: Words("查看", "Show")
        )
    }
}
