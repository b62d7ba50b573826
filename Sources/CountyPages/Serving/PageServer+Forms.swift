import CountyBooks
import Logging

/// Forms: whether they are of the session, whether they were sent before, what became of them.
extension PageServer {
    /// Names of what each page adds to its forms.
    static let csrfField = "_csrf"
    static let numberField = "_form"

    func take(_ visit: Visit, show: @escaping PageRoute.Show, send: PageRoute.Send) throws -> PageReply {
        let form: SentForm
        do throws(FormReadingFault) {
            form = try visit.arrival.form()
        } catch {
            throw PageFault.unreadable(error)
        }
        let again = { (fault: FormFault) in try showAgain(visit, show, form, fault) }
        guard isGenuine(form, visit) else { return try again(.foreign) }
        // Before there is a session nobody counts forms, and to log out twice is to log out.
        guard let reader = visit.reader, visit.route.access != .anybody, visit.route.path != PagePaths.logOut else {
            return try done(visit, form, number: nil, again, send)
        }
        let number = form.raw(Self.numberField) ?? ""
        if let trouble = desk.storeTrouble(), visit.route.permission?.isLogged ?? true {
            return try again(FormFault(store: trouble))
        }
        switch desk.keeper.sendForm(number, token: reader.token, at: visit.now) {
        case .first: return try done(visit, form, number: number, again, send)
        case .again(let outcome?): return visit.redirect(to: outcome)
        case .again(nil): return try again(.sentBefore)
        case .old: return try again(.old)
        }
    }

    /// Whether it was given out by a page of this session, or of this browser before there is one.
    private func isGenuine(_ form: SentForm, _ visit: Visit) -> Bool {
        let csrf = form.raw(Self.csrfField) ?? ""
        guard visit.route.access == .anybody else {
            return visit.reader.map { Sessions.isGenuine(csrf: csrf, token: $0.token) } ?? false
        }
        return visit.arrival.headers.cookie(PageCookie.door).map { Sessions.isGenuine(csrf: csrf, token: $0) } ?? false
    }

    private func done(
        _ visit: Visit,
        _ form: SentForm,
        number: String?,
        _ again: (FormFault) throws -> PageReply,
        _ send: PageRoute.Send
    ) throws -> PageReply {
        do {
            var answer = try send(desk, visit.request, form)
            if case .once(let page) = answer.content { answer.content = .redirect(try park(page, visit)) }
            if case .redirect(let path) = answer.content, let number, let reader = visit.reader {
                desk.keeper.settleForm(number, token: reader.token, outcome: path, at: visit.now)
            }
            return try finish(answer, visit)
        } catch let fault as FormFault {
            return try again(fault)
        } catch let fault as AccountFault {
            return try again(FormFault([Words(fault)], status: fault.kind == .changedMeanwhile ? 409 : 422))
        } catch let fault as CountyFault {
            logger.notice("\(visit.route.path): \(fault)")
            if let trouble = desk.storeTrouble() { return try again(FormFault(store: trouble)) }
            return try again(FormFault(fault.isOfServer ? words(of: fault, visit) : fault.words))
        } catch  where !(error is PageFault) {
            guard let trouble = desk.storeTrouble() else { throw error }
            logger.error("\(visit.route.path): \(error)")
            return try again(FormFault(store: trouble))
        }
    }

    private func park(_ page: Page, _ visit: Visit) throws -> String {
        guard let reader = visit.reader else { throw PageFault.noReader }
        let key = desk.keeper.park(page, for: reader.token, at: visit.now, entropy: desk.entropy)
        return "\(PagePaths.once)/\(key)"
    }

    /// The form's page once more, with what is wrong and what was typed.
    private func showAgain(
        _ visit: Visit,
        _ show: PageRoute.Show,
        _ form: SentForm,
        _ fault: FormFault
    ) throws -> PageReply {
        guard var page = try show(desk, visit.request) else { throw PageFault.notFound }
        for index in page.forms.indices
        where page.forms[index].action.prefix(while: { $0 != "?" }) == visit.arrival.path {
            page.forms[index] = page.forms[index].filled(from: form, faults: fault.fields)
        }
        for sentence in fault.sentences.reversed() { page = page.adding(notice: sentence, .bad) }
        var answer = PageAnswer.page(page, status: fault.status)
        answer.retrySeconds = fault.retrySeconds
        return try finish(answer, visit)
    }
}

extension FormFault {
    /// The store takes no change.
    init(store trouble: Words) {
        self.init([trouble, .nothingChanged], status: 503)
        retrySeconds = CountyPagesLimits.retrySeconds
    }

    static let foreign = FormFault(
        [
            Words(
                "此表单不是本次登录的页面给出的，未执行。请核对下面的内容后重新提交；若反复出现，请允许浏览器使用 Cookie。",
                "This form was not given out by a page of this log-in, and nothing was done. Check what stands below and send "
                    + "it again; if this comes back, let the browser use cookies."
            )
        ],
        status: 403
    )
    static let sentBefore = FormFault(
        [
            Words(
                "此表单已提交过一次，其结果尚未得出或未成功。请先查看相关页面，再决定是否重新提交。",
                "This form was sent once before; it is still being done, or it failed. Look at the page concerned before you "
                    + "send it again."
            )
        ],
        status: 409
    )
    static let old = FormFault(
        [
            Words(
                "此表单已过期，未执行。请核对下面的内容后重新提交。",
                "This form is old, and nothing was done. Check what stands below and send it again."
            )
        ],
        status: 409
    )
}

extension Words {
    static let nothingChanged = Words(
        "查看不受影响；修改未执行，请稍后再提交。",
        "Reading goes on. Nothing was changed: send it again later."
    )

    /// A fault of an account, or of what was typed.
    init(_ fault: AccountFault) { self.init(fault.chinese, "\(fault).") }
}
