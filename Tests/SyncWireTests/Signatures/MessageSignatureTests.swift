import FoundationEssentials
import LockerDomain
import SyncWire
import Testing

@Suite("HTTP message signatures (RFC 9421)")
struct MessageSignatureTests {
    // RFC 9421, B.1.4: test-key-ed25519.
    private static let secret = "n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU"
    private static let publicKey = "JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs"
    /// RFC 9421, B.2.6.
    private static let vector =
        "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw=="

    private static func bytes(_ base64URL: String) -> [UInt8] {
        let text = base64URL.replacing("-", with: "+").replacing("_", with: "/")
        return Array(Data(base64Encoded: text + String(repeating: "=", count: (4 - text.count % 4) % 4)) ?? Data())
    }

    private let headers: [(name: String, value: String)] = [
        ("content-type", Batch.contentType), ("locker-counter", "3.17"), ("content-encoding", "gzip"),
        ("content-digest", "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:"), ("x-other", "not signed"),
        ("locker-chain", "incarnation=\"00\", first=1"),
    ]

    private func request(_ headers: [(name: String, value: String)], keyID: String = "0123456789abcdef")
        -> MessageSignature
    {
        MessageSignature.request(
            method: "POST",
            path: "/v1/stations/yc/events",
            query: "",
            headers: headers,
            keyID: keyID
        )
    }

    @Test("the lines and the signature of appendix B.2.6")
    func appendix() throws {
        let components: [MessageSignature.Component] = [
            .init("date", value: "Tue, 20 Apr 2021 02:07:55 GMT"), .init("@method", value: "POST"),
            .init("@path", value: "/foo"), .init("@authority", value: "example.com"),
            .init("content-type", value: "application/json"), .init("content-length", value: "18"),
        ]
        let ours = MessageSignature(components: components, keyID: "test-key-ed25519")
        let lines = String(decoding: ours.base, as: UTF8.self).split(separator: "\n").dropLast().joined(separator: "\n")
        // The profile writes no `created`: the last line is the RFC's, all the others are ours.
        let base =
            lines + "\n" + #"""
                "@signature-params": ("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"
                """#
        let key = try #require(SigningKey(bytes: Self.bytes(Self.secret)))
        #expect(key.publicBytes == Self.bytes(Self.publicKey))
        let county = try #require(CountyKey(bytes: key.publicBytes))
        #expect(county.isValid(signature: Self.bytes(Self.vector), of: Array(base.utf8)))
        #expect(try key.sign(Array(base.utf8)) == Self.bytes(Self.vector))
    }

    @Test("the base of a station's batch, in the order of the profile")
    func base() {
        let text = String(decoding: request(headers).base, as: UTF8.self)
        #expect(
            text == """
                "@method": POST
                "@path": /v1/stations/yc/events
                "@query": ?
                "locker-counter": 3.17
                "content-digest": sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:
                "content-type": application/cloudevents-batch+json
                "content-encoding": gzip
                "locker-chain": incarnation="00", first=1
                "@signature-params": ("@method" "@path" "@query" "locker-counter" "content-digest" "content-type" \
                "content-encoding" "locker-chain");keyid="0123456789abcdef";alg="ed25519"
                """
        )
    }

    @Test("what a call does not have is left out, not signed as empty")
    func leftOut() {
        let signature = request([("locker-counter", "3.18")])
        #expect(
            signature.components.map(\.identifier) == [#""@method""#, #""@path""#, #""@query""#, #""locker-counter""#]
        )
    }

    @Test("a change of any part breaks the signature")
    func tamper() throws {
        let key = SigningKey()
        let county = try #require(CountyKey(bytes: key.publicBytes))
        let signature = try key.sign(request(headers).base)
        #expect(county.isValid(signature: signature, of: request(headers).base))
        for index in headers.indices where headers[index].name != "x-other" {
            var changed = headers
            changed[index].value += "0"
            #expect(!county.isValid(signature: signature, of: request(changed).base), "\(headers[index].name) changed")
            changed.remove(at: index)
            #expect(!county.isValid(signature: signature, of: request(changed).base), "\(headers[index].name) gone")
        }
        let others = [
            MessageSignature.request(
                method: "PUT",
                path: "/v1/stations/yc/events",
                query: "",
                headers: headers,
                keyID: "0123456789abcdef"
            ),
            .request(
                method: "POST",
                path: "/v1/stations/yd/events",
                query: "",
                headers: headers,
                keyID: "0123456789abcdef"
            ),
            .request(
                method: "POST",
                path: "/v1/stations/yc/events",
                query: "a=1",
                headers: headers,
                keyID: "0123456789abcdef"
            ),
            request(headers, keyID: "0123456789abcde0"),
        ]
        for other in others { #expect(!county.isValid(signature: signature, of: other.base)) }
        for bit in [0, 255, 511] {
            var changed = signature
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(!county.isValid(signature: changed, of: request(headers).base))
        }
    }

    @Test("headers are written for the label sig1 and read back")
    func headerRoundTrip() throws {
        let signature = request(headers)
        let bytes = [UInt8](repeating: 7, count: 64)
        let written = Dictionary(uniqueKeysWithValues: signature.headers(signature: bytes).map { ($0.name, $0.value) })
        let input = try #require(written["signature-input"])
        #expect(MessageSignature.keyID(in: input) == "0123456789abcdef")
        #expect(signature.isCovered(by: input))
        #expect(signature.isCovered(by: " \(input) "))
        #expect(MessageSignature.bytes(in: try #require(written["signature"])) == bytes)
    }

    @Test("an input that covers less, more or other parameters is not taken")
    func coverage() throws {
        let input = try #require(request(headers).headers(signature: []).first?.value)
        for (old, new) in [
            (#" "content-digest""#, ""), ("sig1=", "sig2="), (";alg=", ";created=1;alg="), (#";alg="ed25519""#, ""),
            (#""@method" "@path""#, #""@path" "@method""#), ("ed25519", "rsa-pss-sha512"), ("))", ")"),
        ] {
            let changed = input.replacing(old, with: new)
            #expect(request(headers).isCovered(by: changed) == (changed == input), "\(old)")
        }
        #expect(!request([headers[1]]).isCovered(by: input))
    }

    @Test(
        "texts that are no signature give nothing",
        arguments: ["", "sig1", "sig1=", "sig2=:AAAA:", "sig1=\"AAAA\"", "sig1=:!:", "sig1=()"]
    )
    func garbage(text: String) {
        #expect(MessageSignature.bytes(in: text) == nil)
        #expect(MessageSignature.keyID(in: text) == nil)
    }

    @Test("an answer is bound to the signature of its request")
    func answer() {
        let text = String(
            decoding: MessageSignature.answer(
                status: 200,
                contentDigest: "sha-256=:AA==:",
                requestSignature: [1, 2, 3],
                keyID: "0123456789abcdef"
            ).base,
            as: UTF8.self
        )
        #expect(
            text == """
                "@status": 200
                "content-digest": sha-256=:AA==:
                "signature";req;key="sig1": :AQID:
                "@signature-params": ("@status" "content-digest" "signature";req;key="sig1");keyid="0123456789abcdef";\
                alg="ed25519"
                """
        )
    }
}
