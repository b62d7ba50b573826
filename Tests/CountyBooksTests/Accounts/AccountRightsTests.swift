import CountyBooks
import StoreContracts
import SyncWire
import Testing

@Suite("Names and rights of accounts")
struct AccountRightsTests {
    @Test(
        "names that can be typed",
        arguments: ["wang", "王", "王芳", "w-1", "Li_Na.2", "〇三", String(repeating: "a", count: 32)]
    )
    func goodNames(name: String) {
        let isLongEnough = name.unicodeScalars.count >= 2
        #expect(fault { try AccountName.checked(" \(name)\n") } == (isLongEnough ? nil : .badName))
    }

    @Test(
        "names that confuse, hide something or are none",
        arguments: [
            "", " ", "a", "-wang", ".wang", "_wang", "wang li", "wang/li", "<b>", "wáng", "ｗａｎｇ", "wang\u{200B}",
            "豈\u{F900}",
            "wang\u{202E}", "wang😀", "a\u{301}bc", "command line", String(repeating: "a", count: 33),
        ]
    )
    func badNames(name: String) { #expect(fault { try AccountName.checked(name) } == .badName) }

    @Test("a phone number is no name: lists and the log show names", arguments: ["13812345678", "wang-138-1234-5678"])
    func phoneAsName(name: String) { #expect(fault { try AccountName.checked(name) } == .phoneAsName) }

    @Test("an account is found whatever letters are large, with blanks around")
    func found() throws {
        let book = Office.book(try Office.account("Wang", .admin))
        #expect(book.account(" wang ")?.name == "Wang")
        #expect(book.account("WANG") != nil)
        #expect(book.account("wan") == nil)
    }

    @Test("an operator has one firm, a carrier has brands, nobody else has either")
    func firmAndBrands() throws {
        for role in AccountRole.allCases {
            let isFirm = fault { try AccountRights(role: role, firm: "陵川快运") }
            let isBrand = fault { try AccountRights(role: role, brands: ["中通"]) }
            #expect(isFirm == (role == .operatorFirm ? nil : .badFirm), "\(role)")
            #expect(isBrand == (role == .carrier ? nil : role == .operatorFirm ? .badFirm : .badBrands), "\(role)")
        }
        #expect(fault { try AccountRights(role: .operatorFirm, firm: "  ") } == .badFirm)
        #expect(fault { try AccountRights(role: .carrier, brands: ["", " "]) } == .badBrands)
        #expect(fault { try AccountRights(role: .carrier, brands: (0..<33).map { "brand \($0)" }) } == .badBrands)
        let long = String(repeating: "通", count: 65)
        #expect(fault { try AccountRights(role: .carrier, brands: [long]) } == .badBrands)
        #expect(fault { try AccountRights(role: .operatorFirm, firm: long) } == .badFirm)
        #expect(try AccountRights(role: .carrier, brands: ["百世", "甲 ", "百世"]).brands == ["甲", "百世"])
    }

    @Test("a carrier's brands are the ones that pieces have, by whatever name somebody types them")
    func brandsByAnyName() throws {
        let rights = try AccountRights(role: .carrier, brands: ["圆通速递", "sf", "顺丰", "YTO"])
        #expect(rights.brands == ["SF", "YTO"])
        #expect(rights.brandNames == ["顺丰", "圆通"])
        #expect(rights.text == "carrier, county, brands 顺丰 圆通")
        #expect(Visibility(rights).allows(township: nil, firm: nil, brand: "SF"))
    }

    @Test("an admin sees the whole county")
    func admin() {
        #expect(fault { try AccountRights(role: .admin, scope: .township("140525100")) } == .townshipAdmin)
    }

    @Test(
        "a township is nine digits of its code",
        arguments: ["14052510", "1405251000", "14052510a", "", "County", "１４０５２５１００"]
    )
    func badScope(text: String) { #expect(AccountScope(text: text) == nil) }

    @Test("rights survive being kept, and a damaged row gives none")
    func kept() throws {
        for role in AccountRole.allCases {
            let scopes: [AccountScope] = role == .admin ? [.county] : [.county, .township("140525100")]
            for scope in scopes {
                let account = try Office.account("li", role, scope)
                let bytes = try CanonicalJSON.encode(account)
                #expect(try CanonicalJSON.decode(Account.self, from: bytes) == account)
            }
        }
        let damaged = [
            #"{"role":"carrier","scope":"county"}"#, #"{"role":"operatorFirm","scope":"county","brands":["中通"]}"#,
            #"{"role":"clerk","scope":"140525"}"#, #"{"role":"king","scope":"county"}"#,
        ]
        for text in damaged {
            #expect(throws: (any Error).self) { try CanonicalJSON.decode(AccountRights.self, from: Array(text.utf8)) }
        }
    }

    @Test("each fault names thing, cause and fix in both languages, and no two read alike")
    func faults() {
        let all = AccountFault.Kind.allCases.map { AccountFault($0, "wang") }
        for fault in all {
            #expect(fault.description == "account wang: \(fault.cause): \(fault.fix)")
            #expect(fault.chinese.hasPrefix("账号 wang：") && fault.chinese.hasSuffix("。"))
            #expect(!fault.cause.isEmpty && !fault.fix.isEmpty && !fault.chineseCause.isEmpty)
            #expect(!AccountFault(fault.kind).thing.isEmpty && !AccountFault(fault.kind).chineseThing.isEmpty)
        }
        #expect(Set(all.map(\.cause)).count == all.count)
        #expect(Set(all.map(\.chineseCause)).count == all.count)
        #expect(AccountFault(.badName, "<\u{202E}\n13812345678>").thing == "account < 1******5678>")
    }
}

@Suite("What an account sees")
struct VisibilityTests {
    private let here = "140525100"
    private let there = "140525101"

    @Test("offices of the county see all, also what is not known")
    func county() throws {
        for role in [AccountRole.clerk, .dispatcher, .inspector, .admin] {
            let seen = try Office.account("li", role).visibility
            #expect(seen == .county)
            #expect(seen.allows(township: nil, firm: nil, brand: nil))
            #expect(seen.isOfAllFirms)
        }
    }

    @Test("an account of a township sees that township, its villages and nothing without a place")
    func township() throws {
        let seen = try Office.account("li", .clerk, .township(here)).visibility
        #expect(seen.allows(township: here, firm: "a", brand: nil))
        #expect(!seen.allows(township: there, firm: "a", brand: nil))
        #expect(!seen.allows(township: nil, firm: "a", brand: nil))
        #expect(seen.allows(village: here + "201"))
        #expect(!seen.allows(village: there + "201"))
        #expect(!seen.allows(village: ""))
        #expect(!seen.allows(village: "140525"))
    }

    @Test("a firm sees what it handles, of all brands, and nothing of a firm that is not known")
    func firm() throws {
        let seen = try Office.account("he", .operatorFirm).visibility
        #expect(seen.allows(township: here, firm: "陵川快运", brand: "中通"))
        #expect(seen.allows(township: here, firm: "陵川快运", brand: nil))
        #expect(!seen.allows(township: here, firm: "陵川快运二部", brand: "中通"))
        #expect(!seen.allows(township: here, firm: nil, brand: "中通"))
        #expect(!seen.isOfAllFirms)
    }

    @Test("a carrier sees its brands alone, not what is of no brand or of several")
    func carrier() throws {
        let seen = try Office.account("zto", .carrier).visibility
        #expect(seen.allows(township: here, firm: "a", brand: "ZTO"))
        #expect(seen.allows(township: nil, firm: nil, brand: "YTO"))
        #expect(!seen.allows(township: here, firm: "a", brand: "YUNDA"))
        #expect(!seen.allows(township: here, firm: "a", brand: nil))
        #expect(seen.allows(village: here + "201"))
        #expect(!seen.isOfAllFirms)
    }

    @Test("township and brand limit together")
    func both() throws {
        let seen = try Office.account("zto", .carrier, .township(here)).visibility
        #expect(seen.allows(township: here, firm: nil, brand: "ZTO"))
        #expect(!seen.allows(township: there, firm: nil, brand: "ZTO"))
        #expect(!seen.allows(township: here, firm: nil, brand: "YUNDA"))
    }
}
