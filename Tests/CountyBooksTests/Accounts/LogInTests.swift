import CountyBooks
import StoreContracts
import Testing

@Suite("Log-in and the own password")
struct LogInTests {
    private let entropy = Office.entropy()
    private let fresh = "another row of words"

    /// `li` with the sheet of a reset.
    private func withSheet() throws -> (AccountBook, String) {
        let book = try Office.small()
        let change = try book.resetPassword("li", version: 1, stamp: Office.root, entropy: entropy)
        return (try book.after(change), try #require(change.sheet).password.text)
    }

    @Test("the right password lets in, with an entry and no change")
    func accepted() throws {
        let login = try Office.small().logIn(" LI ", Office.password)
        guard case .accepted(let account, let change, let entry) = login else {
            Issue.record("refused")
            return
        }
        #expect(account.name == "li" && change == nil)
        #expect(entry.action == .login && entry.by == .account("li") && entry.address == "192.0.2.7")
    }

    @Test("an unknown name, a wrong password and an account that is off get the same answer, and the log says which")
    func refused() throws {
        let book = try Office.small()
        let off = try book.after(try book.disable("li", version: 1, stamp: Office.root))
        let tries = [
            book.logIn("nobody", Office.password), book.logIn("li", "wrong words in a row"),
            off.logIn("li", Office.password),
        ]
        #expect(tries.map(\.fault) == [.logInRefused, .logInRefused, .logInRefused])
        let faults = tries.compactMap { if case .refused(let fault, _) = $0 { fault } else { nil } }
        #expect(Set(faults).count == 1)
        #expect(tries.map(\.entry.detail) == ["no such account", "wrong password", "switched off"])
        #expect(tries.map(\.entry.object) == ["unknown name 未知账号", "li", "li"])
        #expect(tries.allSatisfy { $0.entry.by == .nobody && $0.entry.action == .loginFailed })
    }

    @Test("a password typed into the field of the name is not kept")
    func passwordAsName() throws {
        let entry = try Office.small().logIn("my secret words", "").entry
        #expect(!"\(entry)".contains("secret"))
    }

    @Test("a one-time password works once, for seven days, however it is typed")
    func oneTime() throws {
        let (book, password) = try withSheet()
        let change = try #require(book.logIn("li", password.lowercased()).change)
        #expect(change.account.oneTime?.used == Office.time && change.account.mustChange)
        #expect(change.account.version == 3 && change.audit.action == .oneTimePasswordUsed)
        #expect(try book.after(change).logIn("li", password).fault == .oneTimeOver)
        #expect(try book.after(change).logIn("li", "wrong").fault == .logInRefused)
        #expect(book.logIn("li", password, at: Office.time + 7 * Office.day - 1).fault == nil)
        #expect(book.logIn("li", password, at: Office.time + 7 * Office.day).fault == .oneTimeOver)
    }

    @Test("two who use one sheet at once do not both get in")
    func sheetTwice() throws {
        let (book, password) = try withSheet()
        let first = try #require(book.logIn("li", password).change)
        let second = try #require(book.logIn("li", password).change)
        let after = try book.after(first)
        #expect(fault { try after.admit(second) } == .changedMeanwhile)
    }

    @Test("the only admin uses the sheet without being stopped as the last admin")
    func firstAdmin() throws {
        let change = try Office.book().add(
            "wang",
            rights: try Office.rights(.admin),
            stamp: Office.root,
            entropy: entropy
        )
        let book = try Office.book().after(change)
        let sheet = try #require(change.sheet)
        let used = try #require(book.logIn("wang", sheet.password.text).change)
        #expect(fault { try book.admit(used) } == nil)
    }

    @Test("after the sheet the own password is asked for, and it is not the one of the sheet")
    func firstPassword() throws {
        let (start, password) = try withSheet()
        let book = try start.after(try #require(start.logIn("li", password).change))
        func tried(_ new: String) -> AccountFault.Kind? {
            fault {
                try book.changeOwnPassword(
                    from: nil,
                    to: new,
                    version: 3,
                    stamp: Office.stamp("li"),
                    entropy: Office.entropy()
                )
            }
        }
        #expect(tried(password) == .passwordIsOld)
        #expect(tried(password.lowercased()) == .passwordIsOld)
        #expect(tried("short") == .passwordTooShort)
        let change = try book.changeOwnPassword(
            from: nil,
            to: fresh,
            version: 3,
            stamp: Office.stamp("li"),
            entropy: entropy
        )
        let after = try book.after(change)
        #expect(change.account.version == 4 && !change.account.mustChange && change.sheet == nil)
        #expect(after.logIn("li", fresh).fault == nil)
        #expect(after.logIn("li", password).fault == .logInRefused)
        #expect(after.account("li")?.may(.closePeriod) == true)
    }

    @Test("changing the own password needs the present one")
    func ownPassword() throws {
        let book = try Office.small()
        func tried(from old: String?, by name: String = "li", version: Int = 1) -> AccountFault.Kind? {
            fault {
                try book.changeOwnPassword(
                    from: old,
                    to: fresh,
                    version: version,
                    stamp: Office.stamp(name),
                    entropy: Office.entropy()
                )
            }
        }
        #expect(tried(from: nil) == .wrongPassword)
        #expect(tried(from: "wrong words in a row") == .wrongPassword)
        #expect(tried(from: Office.password, version: 2) == .changedMeanwhile)
        #expect(tried(from: Office.password, by: "gone") == .notAllowed)
        #expect(tried(from: Office.password) == nil)
        let line = {
            try book.changeOwnPassword(from: nil, to: fresh, version: 1, stamp: Office.root, entropy: entropy)
        }
        #expect(fault(line) == .notAllowed)
    }

    @Test("before a sheet was used nobody changes its password without it")
    func unusedSheet() throws {
        let (book, _) = try withSheet()
        let change = {
            try book.changeOwnPassword(from: nil, to: fresh, version: 2, stamp: Office.stamp("li"), entropy: entropy)
        }
        #expect(fault(change) == .wrongPassword)
    }

    @Test("a dispatcher looks at one number, for a reason that is logged without any number")
    func look() throws {
        let book = Office.book(try Office.account("chen", .dispatcher), try Office.account("wang", .admin))
        func look(_ reason: String, by name: String = "chen") throws -> AuditEntry {
            try book.lookAtPhone(of: "SF7444404156506", reason: reason, stamp: Office.stamp(name))
        }
        let entry = try look(" 收件人 138 1234 5678 未接电话，须当面确认 ")
        #expect(entry.action == .phoneLooked && entry.object == "SF7444404156506" && entry.by == .account("chen"))
        #expect(entry.reason == "收件人 1******5678 未接电话，须当面确认")
        for reason in ["", "   ", "abc", String(repeating: "字", count: 201)] {
            #expect(fault { try look(reason) } == .noReason)
        }
        #expect(fault { try look("必须联系收件人", by: "wang") } == .notAllowed)
        #expect(fault { try look("必须联系收件人", by: "gone") } == .notAllowed)
    }
}
