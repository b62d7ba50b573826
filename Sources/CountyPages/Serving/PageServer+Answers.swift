import CountyBooks
import LockerDomain
import Logging
import Workbooks

/// From what a route answers to bytes.
extension PageServer {
    /// For every answer of the pages: no script, no style or picture from elsewhere, in no frame.
    static let headers: [(name: String, value: String)] = [
        (
            "content-security-policy",
            "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; "
                + "base-uri 'none'"
        ),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
    ]

    func finish(_ answer: PageAnswer, _ visit: Visit) throws -> PageReply {
        var reply: PageReply
        switch answer.content {
        case .page(let page, let status):
            if status == 200, visit.route.method == .get, let format = visit.request.fileFormat {
                reply = file(try export(page, format, visit))
            } else {
                reply = html(page, status: status, visit)
            }
        case .once: throw PageFault.noReader
        case .redirect(let path): reply = visit.redirect(to: path)
        case .file(let file): reply = self.file(file)
        }
        let cookies = answer.cookies.map { ("set-cookie", $0.header(isSecure: visit.client.isSecure)) }
        reply.headers += cookies.map { (name: $0.0, value: $0.1) }
        if let seconds = answer.retrySeconds { reply.headers.append(("retry-after", String(seconds))) }
        return reply
    }

    private func html(_ page: Page, status: Int, _ visit: Visit) -> PageReply {
        var headers = [
            (name: "content-type", value: "text/html; charset=utf-8"), (name: "cache-control", value: "no-store"),
        ]
        var csrf = visit.reader?.csrf ?? ""
        if visit.route.access == .anybody, page.forms.contains(where: { $0.method == .post }) {
            let known = visit.request.door
            let door = known ?? Hex.encode(desk.entropy(CountyBooksLimits.sessionTokenBytes))
            csrf = Sessions.csrf(of: door)
            if known == nil {
                let cookie = PageCookie(name: PageCookie.door, value: door)
                headers.append((name: "set-cookie", value: cookie.header(isSecure: visit.client.isSecure)))
            }
        }
        var shown = page
        if status == 200, let scope = visit.query.value("print") {
            guard let paper = page.forPrinting(scope) else { return reply(to: PageFault.notFound, visit.withoutQuery) }
            shown = paper
        }
        let token = visit.reader?.token
        let frame = Frame(visit, csrf: csrf, menu: renderer.menu(of: visit.reader?.account)) {
            token.flatMap { desk.keeper.openForm(token: $0) }
        }
        return PageReply(status: status, headers: headers, body: Array(renderer.html(shown, frame).utf8))
    }

    private func file(_ file: PageFile) -> PageReply {
        let keep = file.seconds > 0 ? "public, max-age=\(file.seconds), immutable" : "no-store"
        var headers = [(name: "content-type", value: file.contentType), (name: "cache-control", value: keep)]
        if file.isAttachment {
            let ending = file.name.split(separator: ".").last.map { ".\($0)" } ?? ""
            let mark = file.name.hasSuffix(PageFile.incomplete + ending) ? PageFile.incomplete : ""
            let other = PageFile.isPlain(file.plainName) ? file.plainName : "table"
            let name = PageFile.isPlain(file.name) ? file.name : "\(other)\(mark)\(ending)"
            let value = "attachment; filename=\"\(name)\"; filename*=UTF-8''\(LocalPath.encoded(file.name))"
            headers.append((name: "content-disposition", value: value))
        }
        return PageReply(status: 200, headers: headers, body: file.bytes)
    }

    // MARK: Files of tables

    /// The whole filtered tables of a page as a file. The audit log has it before the reader does.
    private func export(_ page: Page, _ format: FileFormat, _ visit: Visit) throws -> PageFile {
        guard let account = visit.reader?.account, account.may(.export) else { throw PageFault.forbidden(.export) }
        if let trouble = desk.storeTrouble() { throw PageFault.noWrite(trouble) }
        let wanted = visit.query.value("table")
        let queries = page.tables.filter { wanted == nil || $0.scope == wanted }.map {
            (table: $0.table, query: TableQuery(visit.query, scope: $0.scope), notice: page.incomplete[$0.scope])
        }
        guard !queries.isEmpty, format == .xlsx || queries.count == 1 else { throw PageFault.notFound }
        let tables = queries.map { $0.table.selected(by: $0.query, in: visit.language) }
        let rows = tables.reduce(0) { $0 + $1.rows.count }
        let filters = queries.map(\.query.filter).filter { !$0.isEmpty }
        let detail = ["\(format.rawValue), \(rows) rows"] + filters.map { "filter \($0)" }
        // Who asks for the headers alone takes nothing away.
        if !visit.arrival.isHead {
            try desk.log(
                .exported,
                visit.arrival.address(without: ["format"]),
                detail: detail.joined(separator: ", "),
                by: visit.request
            )
        }
        let title = (queries.count == 1 ? tables[0].title : page.view.title)[visit.language]
        let mark = queries.contains { $0.notice != nil } ? PageFile.incomplete : ""
        let subject = FileSubject(page.view.title, visit.arrival.parameters, visit.query)
        let name = subject.name(of: title, on: String(PageTime.text(visit.now).prefix(10)))
        let files = zip(tables, queries).map { $0.saying(subject, in: format).saying($1.notice, in: format) }
        let bytes =
            format == .csv
            ? files[0].csv(in: visit.language)
            : try Workbook.xlsx(files, made: visit.now / 1_000, in: visit.language)
        let type = format == .csv ? PageFile.csv : PageFile.xlsx
        var file = PageFile(name: "\(name)\(mark).\(format.rawValue)", contentType: type, bytes: bytes)
        file.plainName = (["table"] + subject.words).joined(separator: "-")
        return file
    }

    // MARK: Faults

    /// The page of a fault; what nobody expected gets a number, which stands in the log beside the cause.
    func reply(to error: any Error, _ visit: Visit) -> PageReply {
        let fault: PageFault
        switch error {
        case let known as PageFault: fault = known
        case let known as CountyFault:
            fault = .unavailable(words(of: known, visit))
        case let known as WorkbookFault:
            logger.notice("\(visit.route.path): \(known)")
            let lines = known.description.split(separator: "\n").map(String.init)
            fault = .noWorkbook(Words(lines.first ?? "", lines.last ?? ""))
        case let known as AccountFault: fault = .unavailable(Words(known))
        case _ where desk.storeTrouble() != nil:
            logger.error("\(visit.route.path): \(error)")
            fault = .noWrite(desk.storeTrouble() ?? .nothingChanged)
        default:
            fault = .unexpected(logged(error, visit))
        }
        var page = Page(View(fault.title, [.notice(fault.text, .bad)]))
        if visit.reader != nil { page.links = [PageLink(Words("回到首页", "To the first page"), "/")] }
        var reply = html(page, status: fault.status, visit)
        if let seconds = fault.retrySeconds { reply.headers.append(("retry-after", String(seconds))) }
        return reply
    }

    /// What a store says is for those who keep the server: other readers get the number under which it stands in the log.
    func words(of fault: CountyFault, _ visit: Visit) -> Words {
        let number = logged(fault, visit)
        guard visit.reader?.account.role != .admin else { return fault.words }
        return Words(
            "账簿暂时无法读取，请告诉管理员，编号 \(number)（原因已记入服务器日志）。",
            "The books cannot be read just now: tell the administrator. The cause is in the server's log under \(number)."
        )
    }

    /// - Returns: the number under which the log has the error.
    private func logged(_ error: any Error, _ visit: Visit) -> String {
        let number = Hex.encode(desk.entropy(CountyPagesLimits.faultNumberBytes))
        logger.error("\(visit.route.path): fault \(number): \(error)")
        return number
    }
}
