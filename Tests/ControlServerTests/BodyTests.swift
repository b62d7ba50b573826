import ControlAPI
import Testing

extension ControlSocketTests {
    @Suite("Control socket, bad bodies")
    struct BodyTests {
        @Test(
            "the mistake is named",
            arguments: [
                ("", "the body is empty"), ("{", "the body is not JSON"), ("[]", "the body is not a JSON object"),
                (#"{"role":"scanner"}"#, #"the field "text" is missing"#),
                (#"{"role":"scanner","text":7}"#, #"the field "text" must be of type String"#),
                (#"{"role":"scanner","text":null}"#, #"the field "text""#),
                (#"{"role":"camera","text":"x"}"#, #"the field "role" has a value that is not known"#),
                ("\u{0}\u{1}", "the body is not JSON"),
            ]
        )
        func named(body: String, words: String) async throws {
            let port = FakePort()
            try await Served.run(port) { served in
                let (status, fault) = try await served.fault("/v1/scan", body)
                #expect(status == 400 && fault.code == .invalid)
                #expect(fault.message.hasPrefix(words), "\(fault.message)")
                #expect(await port.asked.scans.isEmpty)
            }
        }

        @Test("a body at the limit passes, one beyond is refused and the connection goes on")
        func oversize() async throws {
            let port = FakePort()
            try await Served.run(port) { served in
                let frame = #"{"role":"scanner","text":""}"#.utf8.count
                let most = ControlLimits.requestBytesMax - frame
                for (length, expected) in [(most, UInt(200)), (most + 1, 413), (4 * 1_024 * 1_024, 413), (1, 200)] {
                    let text = String(repeating: "7", count: length)
                    let (status, body) = try await served.call("/v1/scan", #"{"role":"scanner","text":"\#(text)"}"#)
                    #expect(status == expected)
                    if status == 413 { #expect(body.contains(#""code":"tooLarge""#)) }
                }
                #expect(await port.asked.scans.count == 2)
            }
        }

        @Test("an empty token is refused before anybody is asked")
        func emptyToken() async throws {
            let port = FakePort()
            try await Served.run(port) { (served: Served) async throws in
                #expect(try await served.fault("/v1/enrol", #"{"token":""}"#).status == 400)
                #expect(await port.asked.enrolments.isEmpty)
            }
        }
    }
}
