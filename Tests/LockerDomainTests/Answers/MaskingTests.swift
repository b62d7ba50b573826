import LockerDomain
import Testing

@Suite("Masking of what is personal")
struct MaskingTests {
    @Test(
        "a phone number keeps its last four digits and loses six",
        arguments: [
            ("13812345678", "1******5678"), ("+86 138 1234 5678", "861******5678"), ("0356-2231234", "0******1234"),
            ("2231234", "*******"), ("abc", ""), ("", ""), ("１３８", ""),
        ]
    )
    func phones(phone: String, masked: String) {
        #expect(Masking.phone(phone) == masked)
    }

    @Test("whatever is masked hides at least six digits or all of them")
    func hides() {
        for length in 0..<20 {
            let masked = Masking.phone(String(repeating: "7", count: length))
            #expect(masked.count { $0 == "*" } >= min(length, 6))
            #expect(masked.utf8.count == length)
        }
    }

    @Test("no code, PIN, token or phone number reaches an event")
    func nothingSecret() throws {
        var cabinet = Cabinet()
        _ = cabinet.deposit("SF7444404156506")
        let code = cabinet.code(of: "SF7444404156506")
        let secrets = [
            code, "246810", "13812345678", "99999999", cabinet.badge(.keeper),
            cabinet.pickupToken(of: "SF7444404156506"),
        ]
        for secret in secrets {
            for _ in 0..<2 {
                cabinet.scan(secret)
                cabinet.type(secret)
            }
        }
        for entry in cabinet.journal {
            let text = "\(entry.event)"
            for secret in secrets { #expect(!text.contains(secret)) }
        }
    }
}
