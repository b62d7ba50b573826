import CountyBooks
import LockerTestKit
import StoreContracts
import SyncWire
import Testing

@Suite("The audit log")
struct AuditTests {
    @Test(
        "phone numbers are masked, whatever stands between their digits",
        arguments: [
            ("13812345678", "1******5678"), ("call 138 1234 5678 now", "call 1******5678 now"),
            ("138-1234-5678", "1******5678"), ("+86 138.1234.5678", "+861******5678"),
            ("0086(138)12345678", "00861******5678"),
            ("１３８１２３４５６７８", "1******5678"), ("138\u{200B}1234\u{2060}5678", "1******5678"),
            ("138\n1234\t5678", "1******5678"), ("0355-6201234", "0******1234"), ("(0355) 6201234", "(0******1234"),
            ("010-62012345", "0******2345"), ("13812345678、13912345679", "1******5678、1******5679"),
            ("13812345678 → 13912345679", "1******5678 → 1******5679"), ("SF13812345678", "SF1******5678"),
        ]
    )
    func masked(text: String, shown: String) {
        #expect(AuditText.clean(text) == shown)
        #expect(AuditText.holdsPhone(AuditText.clean(text)) == false)
    }

    @Test(
        "waybills, codes, days, figures and addresses stay",
        arguments: [
            "SF7444404156506", "773012345678901", "YT8962646785389", "9876543210987", "140525100201",
            "township 140525100",
            "2026-11-03 08:00:00", "from 2026-10-26 to 2026-11-25", "period 2026-10: 1204 rows, 300 villages",
            "12345678901",
            "valid from 2026-11-03 140525100", "km 13.8 → 12.3",
        ]
    )
    func kept(text: String) { #expect(AuditText.clean(text) == text) }

    @Test("any eleven digits of a mobile number in random texts are masked")
    func random() {
        for seed in Seeds.all(fixed: 20) {
            var random = SplitMix(seed: seed)
            for _ in 0..<200 {
                var digits = "1\(3 + random.below(7))"
                for _ in 0..<9 { digits += "\(random.below(10))" }
                let between = ["", " ", "-", ".", " - ", "　", "）（", "—"]
                let number = digits.map(String.init).reduce("") {
                    $0 + $1 + (random.below(4) == 0 ? between[random.below(8)] : "")
                }
                let entry = AuditEntry(
                    AuditStamp(by: .commandLine("u\(number)"), time: 0),
                    .registerChanged,
                    object: "网点 \(number)",
                    detail: AuditEntry.change("phone: \(number)", "电话\(number)。"),
                    reason: "x\(number)"
                )
                let all = [entry.object, entry.detail, entry.reason ?? "", entry.by.description].joined(separator: "|")
                let shown = all.filter(\.isWholeNumber)
                #expect(!shown.contains(digits), "seed \(seed): \(all)")
            }
        }
    }

    @Test("a one-time password is masked as well")
    func oneTime() {
        let password = OneTimePassword(entropy: Office.entropy()).text
        for text in [password, password.lowercased(), "sheet \(password)."] {
            #expect(!AuditText.clean(text).uppercased().contains(password.prefix(9)))
        }
    }

    @Test("an entry is one short line without characters that turn it around")
    func line() {
        let entry = AuditEntry(
            Office.root,
            .registerChanged,
            object: "a\r\nb\u{2028}c\u{202E}d\0e",
            detail: String(repeating: "长", count: 1_000)
        )
        #expect(entry.object == "a  b cd e")
        #expect(entry.detail.count == CountyBooksLimits.auditTextCharactersMax && entry.detail.hasSuffix("…"))
        #expect(AuditText.clean(entry.detail) == entry.detail)
    }

    @Test("HTML stays text: pages escape it", arguments: ["<script>alert(1)</script>", "a & b \"c\""])
    func html(text: String) { #expect(AuditText.clean(text) == text) }

    @Test("an address is kept as it is, and what is none is not")
    func addresses() {
        func kept(_ address: String) -> String? {
            AuditEntry(AuditStamp(by: .nobody, address: address, time: 0), .login, object: "").address
        }
        #expect(kept("138.123.145.67") == "138.123.145.67")
        #expect(kept("fe80::1%eth0") == "fe80::1%eth0")
        for bad in ["13812345678", "192.0.2.7, 10.0.0.1", "<b>", "a\nb", String(repeating: "1:", count: 40)] {
            #expect(kept(bad) == "?")
        }
    }

    @Test("who did it survives being kept")
    func authors() throws {
        for author in [AuditAuthor.account("wang"), .account("王芳"), .commandLine("root"), .nobody] {
            #expect(AuditAuthor(text: author.description) == author)
            #expect(try CanonicalJSON.decode(AuditAuthor.self, from: try CanonicalJSON.encode(author)) == author)
        }
        #expect(AuditAuthor.commandLine("root").description == "command line root")
        #expect(AuditAuthor.commandLine("root").words == Words("命令行 root", "command line root"))
        #expect(AuditAuthor(text: "命令行 root") == .commandLine("root"))
        #expect(AuditAuthor.account("王芳").words == Words(same: "王芳"))
    }

    @Test("an entry survives being kept")
    func entries() throws {
        var entry = AuditEntry(Office.stamp("wang"), .phoneLooked, object: "SF1", detail: "a → b", reason: "必须联系")
        entry.number = 7
        #expect(try CanonicalJSON.decode(AuditEntry.self, from: try CanonicalJSON.encode(entry)) == entry)
    }
}
