import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("Codes that are typed as they are written")
struct TypedGroupsTests {
    private var cabinet = Cabinet()
    private let parcel: Waybill = "YT8962646785389"

    private func grouped(_ digits: String, _ separator: String, by length: Int) -> String {
        stride(from: 0, to: digits.count, by: length).map { String(digits.dropFirst($0).prefix(length)) }
            .joined(separator: separator)
    }

    @Test(
        "a pickup code in groups is that code",
        arguments: [" ", "-", " - ", "\u{3000}", "－", "–"],
        [2, 4]
    )
    mutating func code(separator: String, length: Int) {
        _ = cabinet.deposit(parcel)
        cabinet.end()
        cabinet.type(grouped(cabinet.code(of: parcel), separator, by: length))
        #expect(cabinet.answers == [.takeOut])
    }

    @Test("a wrong one counts, and is on no record")
    mutating func wrong() {
        cabinet.type("1000-0000")
        #expect(cabinet.types == [.pickupFailed] && cabinet.state.codeLock.wrongToday == 1)
        for text in ["1000-0000", "10000000"] { #expect(!"\(cabinet.journal)".contains(text)) }
    }

    @Test("PIN, last four digits, support code and phone are read alike")
    mutating func others() {
        cabinet.announce([ManifestEntry(parcel, phone: "13812345678")])
        _ = cabinet.deposit(parcel)
        cabinet.end()
        cabinet.type("56 78")
        #expect(cabinet.answers == [.peopleWaiting])
        cabinet.scan(cabinet.badge(.keeper))
        cabinet.type("246-810")
        #expect(cabinet.answers == [.pinRight])
        let code = cabinet.supportCode("A01", for: TestKeys.person(.keeper), counter: 0)
        cabinet.type(grouped(code, "-", by: 5))
        #expect(cabinet.pulses == ["A01"])
        cabinet.openAndShut("A01")
        cabinet.scan("SF7444404156506")
        cabinet.type("138 1234 5678")
        #expect(cabinet.answers == [.contactKept])
        for secret in ["246-810", "246810", code, "1234 5678", "13812345678"] {
            #expect(!"\(cabinet.journal)".contains(secret), "\(secret)")
        }
    }

    @Test("what is typed with a hyphen while a reference is awaited is the reference, unless it is a secret")
    mutating func reference() {
        _ = cabinet.deposit(parcel)
        cabinet.end()
        cabinet.begin(.keeper)
        cabinet.card(.outbound)
        cabinet.scan("SF7444404156506")
        cabinet.card(.realName)
        cabinet.type("1405-20260512")
        #expect(cabinet.state.session?.draft?.realName == "1405-20260512")
        for (typed, order) in [("12-345678", "12-345678"), ("1250 7", "12507"), ("41703-82956", "41703-82956")] {
            cabinet.card(.order)
            cabinet.type(typed)
            #expect(cabinet.state.session?.draft?.order == order)
        }
        cabinet.card(.order)
        for number in ["138-1234-5678", "0356-2231234", "440524-18800101-0014"] {
            cabinet.type(number)
            #expect(!"\(cabinet.journal)".contains(number), "\(number)")
        }
        cabinet.card(.order)
        cabinet.type(grouped(cabinet.code(of: parcel), "-", by: 4))
        #expect(cabinet.pulses == ["A02"])
    }

    @Test(
        "groups of digits that a scanner reads are on no record, those of a sort code are",
        arguments: [
            ("9828-7448", nil), ("98-28-74-48", nil), ("9828.7448", nil), ("246-810", nil), ("41703-82956", nil),
            ("982-874-48", nil), ("246-8-10", nil), ("138-1234-5678", ""), ("417-038-2956", nil),
            ("210-33-008", "210-33-008"), ("755-01-18", "755-01-18"), ("755-001-018", "755-001-018"),
            ("755W-01", "755W-01"), ("RN-17", "RN-17"),
        ] as [(String, String?)]
    )
    mutating func scanned(text: String, kept: String?) {
        cabinet.scan(cabinet.badge(.courier))
        cabinet.scan(text)
        #expect(cabinet.event(ScanRejected.self)?.reason == .unknown)
        #expect(cabinet.event(ScanRejected.self)?.text == kept)
    }

    @Test("a code of this place is on no record, also in the groups of a sort code")
    mutating func scannedCode() {
        _ = cabinet.deposit(parcel)
        let digits = Array(cabinet.code(of: parcel))
        let text = [digits[..<3], digits[3..<5], digits[5...]].map { String($0) }.joined(separator: "-")
        cabinet.scan(text)
        #expect(cabinet.event(ScanRejected.self) != nil && !"\(cabinet.journal)".contains(text))
    }

    @Test(
        "numbers with hyphens that are scanned stay what they are",
        arguments: ["JDX024407261700-2-3-", "DPK202252612836-0001"]
    )
    mutating func waybills(number: String) {
        cabinet.scan(cabinet.badge(.courier))
        cabinet.scan(number)
        #expect(cabinet.event(ParcelReceived.self)?.waybill.rawValue == number)
    }
}
