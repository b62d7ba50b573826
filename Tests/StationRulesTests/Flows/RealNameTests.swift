import LockerDomain
import StationBooks
import StationRules
import Testing

@Suite("The number of a real-name record")
struct RealNameTests {
    private static func policy(_ change: (inout RealNameForm) -> Void = { _ in }) -> Policy {
        var policy = Policy()
        change(&policy.realName)
        return policy
    }

    private func ask(_ policy: Policy) -> Cabinet {
        var cabinet = Cabinet(policy: policy)
        cabinet.begin(.keeper)
        cabinet.card(.outbound)
        cabinet.scan("SF7444404156506")
        cabinet.card(.realName)
        return cabinet
    }

    @Test(
        "with an issuer and eight letters or digits behind it is taken as it was scanned",
        arguments: ["RN-2026-0001", "SM20260512000417", "sm12345678", "1405-20260512", "AYD/2026/0017"]
    )
    func taken(text: String) {
        var cabinet = ask(Self.policy())
        cabinet.scan(text)
        #expect(cabinet.answers == [.noted])
        #expect(cabinet.state.session?.draft?.realName == text)
    }

    @Test(
        "without an issuer or too short it is refused with what is wrong, and still awaited",
        arguments: [
            ("2605", Answer.ID.realNameIssuer), ("20260512000417", .realNameIssuer), ("A2026051", .realNameIssuer),
            ("-20260512", .realNameIssuer), ("SMSMSMSM", .realNameIssuer), ("ABCDEFGHIJKLM20260512", .realNameIssuer),
            ("RN-1", .realNameShort), ("SM1234567", .realNameShort), ("AYD/2026/017", .realNameShort),
            ("RN-2026----1", .realNameShort), ("1405-2026", .realNameShort),
        ]
    )
    func refused(text: String, answer: Answer.ID) {
        var cabinet = ask(Self.policy())
        cabinet.scan(text)
        #expect(cabinet.types == [.scanRejected] && cabinet.reason == .realNameForm)
        #expect(cabinet.event(ScanRejected.self)?.text == nil)
        #expect(cabinet.answers == [answer])
        #expect(cabinet.state.session?.draft?.realName == nil)
        cabinet.scan("VLK1:INSPECTED")
        cabinet.scan("VLK1:SCREENED")
        cabinet.card(.accept)
        #expect(cabinet.reason == .incomplete, "four digits open no gate")
        cabinet.card(.realName)
        cabinet.scan("RN-2026-0001")
        cabinet.card(.accept)
        #expect(cabinet.event(ShipmentAccepted.self)?.realName == "RN-2026-0001")
    }

    @Test("four digits that are typed pass no more than four that are scanned")
    func typed() {
        var cabinet = ask(Self.policy())
        cabinet.type("2605")
        #expect(cabinet.reason == .realNameForm && cabinet.answers == [.realNameIssuer])
        #expect(cabinet.words.contains("SM20260512"))
        #expect(cabinet.state.session?.awaits == .realName)
    }

    @Test("where the policy names issuers only theirs count, and bare digits are a number of the first")
    func issuers() {
        let policy = Self.policy { $0.issuers = ["AYD", "RN"] }
        for (text, number) in [
            ("123456789", "AYD123456789"), ("ayd-2026-0001", "ayd-2026-0001"), ("RN-2026-0001", "RN-2026-0001"),
        ] {
            var cabinet = ask(policy)
            cabinet.type(text)
            if cabinet.state.session?.draft?.realName == nil { cabinet.scan(text) }
            #expect(cabinet.state.session?.draft?.realName == number)
        }
        var cabinet = ask(policy)
        cabinet.scan("SM20260512000417")
        #expect(cabinet.answers == [.realNameIssuer] && cabinet.words.contains("AYD20260512"))
        for text in ["1234", "12345", "1234567"] {
            cabinet.type(text)
            #expect(cabinet.answers == [.realNameShort] && cabinet.words.contains("8"), "\(text)")
        }
    }

    @Test("the issuer that the station puts in front is no part of the length")
    func addedIssuer() {
        var cabinet = ask(Self.policy { $0.issuers = ["SHUNMEI1"] })
        cabinet.type("7")
        #expect(cabinet.answers == [.realNameShort] && cabinet.state.session?.draft?.realName == nil)
    }

    @Test(
        "digits that begin with an issuer keep it, and what is kept is kept unchanged",
        arguments: [
            (["SM", "1405"], "140520260512", "140520260512"), (["1405", "SM"], "20260512", "140520260512"),
            (["1405"], "140520260512", "140520260512"), (["14", "1405"], "140520260512", "140520260512"),
            (["SM", "1405"], "1405-20260512", "1405-20260512"), (["SM"], "140520260512", "SM140520260512"),
        ]
    )
    func kept(issuers: [String], text: String, number: String) throws {
        var form = RealNameForm()
        form.issuers = issuers
        #expect(try form.number(text) == number)
        #expect(try form.number(number) == number)
    }

    @Test("the example is a number that is taken", arguments: [6, 8, 12, 52])
    func example(characters: Int) throws {
        for issuers in [[], ["AYD"], ["1405", "SM"]] {
            var form = RealNameForm()
            (form.issuers, form.charactersMin) = (issuers, characters)
            #expect(try form.number(form.example) == form.example)
        }
    }

    @Test("how long it is at the least is the policy's")
    func length() {
        var cabinet = ask(Self.policy { $0.charactersMin = 12 })
        cabinet.scan("SM20260512000")
        #expect(cabinet.answers == [.realNameShort] && cabinet.words.contains("12"))
        cabinet.scan("SM202605120000")
        #expect(cabinet.answers == [.noted])
    }
}
