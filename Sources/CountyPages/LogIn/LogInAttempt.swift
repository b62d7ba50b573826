import CountyBooks
import Logging

/// One try to log in.
struct LogInAttempt {
    private let desk: CountyDesk
    private let request: PageRequest
    private let name: String
    private let password: String
    private let next: String?

    init(_ desk: CountyDesk, _ request: PageRequest, _ form: SentForm) {
        (self.desk, self.request) = (desk, request)
        (name, password) = (form.text("name"), form.raw("password") ?? "")
        next = LocalPath.next(request.query.text("next"))
    }

    /// Goes to the page that was asked for, or to a password of one's own.
    ///
    /// - Throws: `FormFault`, with the same sentence for an unknown name and a wrong password.
    func answer() throws -> PageAnswer {
        guard request.isProtected else { throw PageFault.notProtected }
        let wait = desk.keeper.beginLogIn(name, from: request.address, at: desk.uptime())
        guard wait == 0 else { throw tooMany(wait) }
        switch try desk.accountBook().logIn(name, password: password, address: request.address, at: request.now) {
        case .refused(let fault, let entry):
            // A log that takes no entry changes nothing for the person at the door.
            append(entry)
            desk.logger.notice("log-in refused from \(request.address)")
            throw FormFault([Words(fault)], status: 403)
        case .accepted(let account, let change, let entry):
            if let change { try use(change) }
            append(entry)
            return enter(account)
        }
    }

    /// A one-time password works once: without that on disk nobody goes in by it.
    private func use(_ change: AccountChange) throws {
        do {
            try desk.accounts.save(change)
        } catch let fault as AccountFault {
            throw fault
        } catch {
            desk.logger.error("one-time password not used up: \(error)")
            let reason =
                desk.storeTrouble() ?? Words("一次性密码的使用未能记录。", "That the one-time password was used could not be kept.")
            throw FormFault(store: reason)
        }
    }

    private func enter(_ account: Account) -> PageAnswer {
        desk.keeper.loggedIn(name, from: request.address, at: desk.uptime())
        if let old = request.reader { desk.keeper.end(token: old.token, at: request.now) }
        let token = desk.keeper.begin(account, at: request.now, entropy: desk.entropy)
        var answer = PageAnswer.done(at: next ?? "/")
        answer.cookies = [PageCookie(name: PageCookie.session, value: token)]
        return answer
    }

    private func append(_ entry: AuditEntry) {
        do {
            try desk.accounts.append(entry)
        } catch {
            desk.logger.error("audit log took no \(entry.action.rawValue): \(error)")
        }
    }

    private func tooMany(_ milliseconds: Int64) -> FormFault {
        let seconds = Int((milliseconds + 999) / 1_000)
        desk.logger.notice("log-in from \(request.address) waits for \(seconds) s")
        var fault = FormFault(
            [
                Words(
                    "密码多次输入错误，请等待 \(seconds) 秒后再试。",
                    "The password was wrong several times. Wait for \(seconds) s before you try again."
                )
            ],
            status: 429
        )
        fault.retrySeconds = seconds
        return fault
    }
}
