import CountyBooks
import StoreContracts
import Testing

@Suite("Changes of accounts")
struct AccountBookTests {
    private let entropy = Office.entropy()

    @Test("the command line makes the first admin, the admin makes the others, each with a sheet")
    func add() throws {
        let first = try Office.book().add(
            " wang ",
            rights: try Office.rights(.admin),
            stamp: Office.root,
            entropy: entropy
        )
        #expect(first.account.name == "wang" && first.account.version == 1 && first.expectedVersion == nil)
        #expect(first.account.mustChange && first.account.created == Office.time)
        #expect(first.account.oneTimeUntil == Office.time + 7 * Office.day)
        #expect(first.audit.by == .commandLine("root") && first.audit.action == .accountAdded)
        #expect(first.audit.object == "wang" && first.audit.detail == "admin, county")
        let book = Office.book(try Office.account("wang", .admin))
        let second = try book.add(
            "zto",
            displayName: "赵敏",
            rights: try Office.rights(.carrier),
            stamp: Office.stamp("wang"),
            entropy: entropy
        )
        #expect(second.account.displayName == "赵敏")
        #expect(second.audit.by == .account("wang") && second.audit.detail == "carrier, county, brands 圆通 中通")
        #expect(second.sheet?.password != first.sheet?.password)
    }

    @Test("nobody else makes or changes accounts")
    func notAllowed() throws {
        let book = try Office.small()
        for by in [AuditAuthor.account("li"), .account("gone"), .nobody] {
            let stamp = AuditStamp(by: by, time: Office.time)
            let clerk = try Office.rights(.clerk)
            #expect(fault { try book.add("new", rights: clerk, stamp: stamp, entropy: entropy) } == .notAllowed)
            #expect(fault { try book.disable("wang", version: 1, stamp: stamp) } == .notAllowed)
            #expect(fault { try book.enable("wang", version: 1, stamp: stamp, entropy: entropy) } == .notAllowed)
            #expect(fault { try book.resetPassword("li", version: 1, stamp: stamp, entropy: entropy) } == .notAllowed)
            let change = { try book.change("li", displayName: nil, rights: clerk, version: 1, stamp: stamp) }
            #expect(fault(change) == .notAllowed)
        }
        var mustChange = try Office.account("wang", .admin)
        mustChange.oneTime = Account.OneTime(until: Office.time + Office.day, used: Office.time)
        let early = Office.book(mustChange)
        #expect(fault { try early.disable("wang", version: 1, stamp: Office.stamp("wang")) } == .notAllowed)
    }

    @Test("a name is given once, whatever letters are large, also when its account is switched off")
    func nameTaken() throws {
        var li = try Office.account("Li", .clerk)
        li.disabled = Office.time
        let book = Office.book(try Office.account("wang", .admin), li)
        let clerk = try Office.rights(.clerk)
        let add = { try book.add("lI", rights: clerk, stamp: Office.root, entropy: entropy) }
        #expect(fault(add) == .nameTaken)
    }

    @Test("bad names are refused before anything is made")
    func badNames() throws {
        let (book, clerk) = (Office.book(), try Office.rights(.clerk))
        let add = { try book.add("a b", rights: clerk, stamp: Office.root, entropy: entropy) }
        #expect(fault(add) == .badName)
        for person in [String(repeating: "王", count: 65), "王芳 138 1234 5678"] {
            let add = { try book.add("li", displayName: person, rights: clerk, stamp: Office.root, entropy: entropy) }
            #expect(fault(add) == .badDisplayName)
        }
    }

    @Test("there is a limit of accounts")
    func limit() throws {
        let clerk = try Office.rights(.clerk)
        let one = try Office.account("x", .clerk)
        let all = (0..<CountyBooksLimits.accountsMax).map {
            Account(name: "name\($0)", rights: clerk, verifier: one.verifier, created: Office.time)
        }
        let full = AccountBook(all, cost: Office.cost)
        #expect(fault { try full.add("more", rights: clerk, stamp: Office.root, entropy: entropy) } == .tooManyAccounts)
        let roomy = AccountBook(Array(all.dropLast()), cost: Office.cost)
        #expect(fault { try roomy.add("more", rights: clerk, stamp: Office.root, entropy: entropy) } == nil)
    }

    @Test("the last admin cannot switch off or demote himself, nor can the command line")
    func lastAdmin() throws {
        let (book, clerk) = (try Office.small(), try Office.rights(.clerk))
        for stamp in [Office.stamp("wang"), Office.root] {
            #expect(fault { try book.disable("wang", version: 1, stamp: stamp) } == .lastAdmin)
            let demote = { try book.change("wang", displayName: nil, rights: clerk, version: 1, stamp: stamp) }
            #expect(fault(demote) == .lastAdmin)
        }
        #expect(fault { try book.disable("li", version: 1, stamp: Office.stamp("wang")) } == nil)
    }

    @Test("another admin counts when somebody can log in to it")
    func otherAdmin() throws {
        let wang = try Office.account("wang", .admin)
        var other = try Office.account("zhao", .admin)
        func tried() -> AccountFault.Kind? {
            fault { try Office.book(wang, other).disable("wang", version: 1, stamp: Office.stamp("wang")) }
        }
        #expect(tried() == nil)
        other.oneTime = Account.OneTime(until: Office.time + 1)
        #expect(tried() == nil)
        other.oneTime?.used = Office.time - 1
        #expect(tried() == .lastAdmin)
        other.oneTime = Account.OneTime(until: Office.time)
        #expect(tried() == .lastAdmin)
        other.oneTime = nil
        other.disabled = Office.time
        #expect(tried() == .lastAdmin)
    }

    @Test("two admins who switch each other off at once do not both succeed")
    func eachOther() throws {
        let book = Office.book(try Office.account("wang", .admin), try Office.account("zhao", .admin))
        let one = try book.disable("zhao", version: 1, stamp: Office.stamp("wang"))
        let other = try book.disable("wang", version: 1, stamp: Office.stamp("zhao"))
        let after = try book.after(one)
        #expect(fault { try after.admit(other) } == .lastAdmin)
    }

    @Test("two admins at one row: the second gets a fault and nothing of it is kept")
    func twoAtOnce() throws {
        let book = try Office.small()
        let (one, two) = (try Office.rights(.dispatcher), try Office.rights(.inspector))
        let first = try book.change("li", displayName: nil, rights: one, version: 1, stamp: Office.stamp("wang"))
        let second = try book.change("li", displayName: nil, rights: two, version: 1, stamp: Office.stamp("wang"))
        let after = try book.after(first)
        #expect(after.account("li")?.version == 2)
        #expect(fault { try after.admit(second) } == .changedMeanwhile)
        let late = { try after.change("li", displayName: nil, rights: two, version: 1, stamp: Office.stamp("wang")) }
        #expect(fault(late) == .changedMeanwhile)
        #expect(
            fault { try after.change("li", displayName: nil, rights: two, version: nil, stamp: Office.root) } == nil
        )
    }

    @Test("a change of rights says what was before and what is now")
    func change() throws {
        let book = try Office.small()
        let rights = try AccountRights(role: .dispatcher, scope: .township("140525100"))
        let change = try book.change("li", displayName: "李娜", rights: rights, version: 1, stamp: Office.stamp("wang"))
        #expect(change.account.rights == rights && change.account.version == 2 && change.sheet == nil)
        #expect(change.account.verifier == book.account("li")?.verifier)
        #expect(change.audit.detail == "clerk, county → dispatcher, township 140525100; person – → 李娜")
        let again = {
            try book.after(change).change("li", displayName: "李娜", rights: rights, version: 2, stamp: Office.root)
        }
        #expect(fault(again) == .nothingToChange)
        #expect(fault { try book.disable("nobody", version: 1, stamp: Office.root) } == .unknownAccount)
    }

    @Test("a forgotten password: a new sheet, and the old password is over at once")
    func reset() throws {
        let book = try Office.small()
        let change = try book.resetPassword("li", version: 1, stamp: Office.stamp("wang"), entropy: entropy)
        let after = try book.after(change)
        #expect(after.logIn("li", Office.password).fault == .logInRefused)
        #expect(after.logIn("li", try #require(change.sheet).password.text).fault == nil)
        #expect(change.account.version == 2 && change.audit.action == .passwordReset)
    }

    @Test("an account that is switched on again has a new password")
    func enable() throws {
        let book = try Office.small()
        let off = try book.after(try book.disable("li", version: 1, stamp: Office.stamp("wang")))
        #expect(off.account("li")?.disabled == Office.time)
        #expect(fault { try off.disable("li", version: 2, stamp: Office.root) } == .nothingToChange)
        let reset = { try off.resetPassword("li", version: 2, stamp: Office.root, entropy: entropy) }
        #expect(fault(reset) == .notAllowed)
        let change = try off.enable("li", version: 2, stamp: Office.stamp("wang"), entropy: entropy)
        let on = try off.after(change)
        #expect(on.account("li")?.isEnabled == true)
        #expect(on.logIn("li", Office.password).fault == .logInRefused)
        #expect(on.logIn("li", try #require(change.sheet).password.text).fault == nil)
        #expect(fault { try on.enable("li", version: 3, stamp: Office.root, entropy: entropy) } == .nothingToChange)
    }
}
