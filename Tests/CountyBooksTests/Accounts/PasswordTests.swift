import CountyBooks
import StoreContracts
import SyncWire
import Testing

@Suite("Passwords")
struct PasswordTests {
    @Test("the hash is scrypt as RFC 7914 has it")
    func vector() throws {
        let cost = PasswordVerifier.Cost(rounds: 16_384, blockSize: 8, parallelism: 1)
        let verifier = try PasswordVerifier("pleaseletmein", salt: Array("SodiumChloride".utf8), cost: cost)
        let hash = "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
        #expect(verifier.text == "scrypt$16384$8$1$536f6469756d43686c6f72696465$\(hash)")
    }

    @Test("a verifier matches its password alone, after being kept as well")
    func matches() throws {
        let verifier = try PasswordVerifier("密码密码密码密码密码", salt: [1, 2, 3], cost: Office.cost)
        let kept = try CanonicalJSON.decode(PasswordVerifier.self, from: try CanonicalJSON.encode(verifier))
        #expect(kept == verifier)
        for one in [verifier, kept] {
            #expect(one.matches("密码密码密码密码密码"))
            #expect(!one.matches("密码密码密码密码密"))
            #expect(!one.matches("密码密码密码密码密码 "))
            #expect(!one.matches(""))
        }
        #expect(try PasswordVerifier("密码密码密码密码密码", salt: [1, 2, 4], cost: Office.cost).text != verifier.text)
    }

    @Test("nobody's verifier matches nothing and costs what a new one costs")
    func nobody() throws {
        #expect(PasswordVerifier.ofNobody().cost == .standard)
        #expect(!PasswordVerifier.ofNobody(Office.cost).matches(""))
        #expect(!PasswordVerifier.ofNobody(Office.cost).matches(Office.password))
    }

    @Test("neither a verifier nor a one-time password is printed with what surrounds it")
    func printed() throws {
        let account = try Office.account("wang", .admin)
        let secret = try #require(account.verifier.text.split(separator: "$").last)
        #expect(!"\(account)".contains(secret))
        #expect(!String(reflecting: account.verifier).contains(secret))
        let change = try Office.book().add(
            "wang",
            rights: try Office.rights(.admin),
            stamp: Office.root,
            entropy: Office.entropy()
        )
        let password = try #require(change.sheet?.password.text)
        #expect(!"\(change)".contains(password))
        #expect(!"\(try #require(change.sheet))".contains(password))
    }

    @Test(
        "a damaged verifier is none, and none takes all memory",
        arguments: [
            "", "scrypt", "bcrypt$2$1$1$00$HASH", "scrypt$3$1$1$00$HASH", "scrypt$0$1$1$00$HASH",
            "scrypt$1$1$1$00$HASH",
            "scrypt$-2$1$1$00$HASH", "scrypt$2$0$1$00$HASH", "scrypt$2$1$0$00$HASH", "scrypt$2$1$1$$HASH",
            "scrypt$2$1$1$0$HASH", "scrypt$2$1$1$00$HASHaa", "scrypt$2$1$1$00$", "scrypt$1073741824$8$1$00$HASH",
            "scrypt$4611686018427387904$8$4611686018427387904$00$HASH", "scrypt$2$1$1$00$HASH$",
        ]
    )
    func damaged(text: String) {
        let hash = String(repeating: "ab", count: 32)
        #expect(
            PasswordVerifier(
                text: text.split(separator: "HASH", omittingEmptySubsequences: false).joined(separator: hash)
            ) == nil
        )
        #expect(PasswordVerifier(text: "scrypt$2$1$1$00$\(hash)") != nil)
    }

    @Test("parameters that cannot be reckoned are a fault, not a crash")
    func impossible() {
        let cost = PasswordVerifier.Cost(rounds: 1 << 30, blockSize: 8, parallelism: 1)
        #expect(fault { try PasswordVerifier("a", salt: [1], cost: cost) } == .passwordNotKept)
    }

    @Test("a password has 10 to 128 characters, is not the name and not the one before")
    func rule() throws {
        let account = try Office.account("zhangsanfeng", .clerk)
        func check(_ password: String) -> AccountFault.Kind? {
            fault { try PasswordRule.check(password, for: account) }
        }
        #expect(check("123456789") == .passwordTooShort)
        #expect(check("一二三四五六七八九") == .passwordTooShort)
        #expect(check("一二三四五六七八九十") == nil)
        #expect(check("tea at ten") == nil)
        #expect(check(String(repeating: "four cups", count: 14) + "of") == nil)
        #expect(check(String(repeating: "a", count: 129)) == .passwordTooLong)
        #expect(check("zhangsanfeng") == .passwordIsName)
        #expect(check("ZhangSanFeng ") == .passwordIsName)
        #expect(check(Office.password) == .passwordIsOld)
    }

    @Test(
        "what is typed to have ten characters is refused: few different ones, rows of digits, letters or the keyboard",
        arguments: [
            "aaaaaaaaaa", "1212121212", "abcdabcdabcd", "1234567890", "13800005678", "5201314520", "asdfghjkl;",
            "0987654321", "8901234567", "1122334455",
            "abcdefghij", "ZYXWVUTSRQ", "qwertyuiop", "poiuytrewq", "Qwertyqwerty", "asdfghjklzxcvbnm", "abc123xyz789",
        ]
    )
    func simple(password: String) throws {
        let account = try Office.account("zhangsanfeng", .clerk)
        #expect(fault { try PasswordRule.check(password, for: account) } == .passwordTooSimple)
    }

    @Test(
        "a row of neighbours beside other characters makes no password simple",
        arguments: ["1234567890 tea", "tea 987654", "qwerty-lamp", "abcde fghij", "陵川县1234567"]
    )
    func notSimple(password: String) throws {
        let account = try Office.account("zhangsanfeng", .clerk)
        try PasswordRule.check(password, for: account)
    }
}

@Suite("One-time passwords")
struct OneTimePasswordTests {
    @Test("five groups of four characters that no handwriting confuses", arguments: 1...50)
    func form(seed: UInt64) throws {
        let text = OneTimePassword(entropy: Office.entropy(seed)).text
        #expect(try #require(text.wholeMatch(of: /[A-Z2-9]{4}(-[A-Z2-9]{4}){4}/)).0.count == 24)
        #expect(text.allSatisfy { !"01OIL".contains($0) })
    }

    @Test("it has more than 80 bits: all characters at all places, none repeated in many")
    func bits() {
        let all = (1...2_000).map { OneTimePassword(entropy: Office.entropy(UInt64($0))).text }
        #expect(Set(all).count == all.count)
        for place in 0..<24 where place % 5 != 4 {
            let seen = Set(all.map { $0[$0.index($0.startIndex, offsetBy: place)] })
            #expect(seen.count == 31, "place \(place)")
        }
        #expect(OneTimePassword { Array(repeating: 0, count: $0) }.text == "2222-2222-2222-2222-2222")
        #expect(OneTimePassword { Array(repeating: 255, count: $0) }.text != "ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ")
    }

    @Test(
        "what people make of it when they type it",
        arguments: [
            "7kqf-m2xt-9abc-defg-hjkm", " 7KQF M2XT 9ABC DEFG HJKM ", "7KQFM2XT9ABCDEFGHJKM",
            "７ＫＱＦ－Ｍ２ＸＴ－９ＡＢＣ－ＤＥＦＧ－ＨＪＫＭ",
            "7kqf–m2xt—9abc‐defg－hjkm", "７ｋｑｆ　m2xt9abc\u{200B}defghjkm\n",
        ]
    )
    func typed(text: String) { #expect(OneTimePassword.normalized(text) == "7KQF-M2XT-9ABC-DEFG-HJKM") }

    @Test(
        "another text stays as it is",
        arguments: ["", "four words in a row", "7KQF-M2XT-9ABC-DEFG-HJK0", "7KQF-M2XT-9ABC-DEFG"]
    )
    func other(text: String) { #expect(OneTimePassword.normalized(text) == text) }

    @Test("the sheet says who, what, until when and where, in both languages")
    func sheet() throws {
        let rights = try Office.rights(.carrier, .township("140525100"))
        let change = try Office.book().add(
            "zto",
            displayName: "赵敏",
            rights: rights,
            stamp: Office.root,
            entropy: Office.entropy()
        )
        let sheet = try #require(change.sheet)
        #expect(sheet.until == Office.time + 7 * Office.day)
        let lines = sheet.text(address: "https://county.example").split(separator: "\n").map(String.init)
        #expect(lines.contains("姓名 person: 赵敏"))
        #expect(lines.contains("账号 account: zto"))
        #expect(lines.contains("角色 role: 品牌 carrier"))
        #expect(lines.contains("范围 scope: 乡镇 township 140525100"))
        #expect(lines.contains("品牌 brands: 圆通、中通"))
        #expect(lines.contains("一次性密码 one-time password: \(sheet.password.text)"))
        #expect(lines.contains("有效期至 valid until: 2026-11-10 08:00:00"))
        #expect(lines.contains("网址 address: https://county.example"))
        #expect(!sheet.text().contains("网址"))
    }
}
