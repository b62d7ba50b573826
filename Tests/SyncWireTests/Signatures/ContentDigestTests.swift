import SyncWire
import Testing

@Suite("Content-Digest (RFC 9530)")
struct ContentDigestTests {
    @Test(
        "the RFC's examples",
        arguments: [
            ("{\"hello\": \"world\"}\n", "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:"),
            ("{\"hello\": \"world\"}", "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:"),
            ("", "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:"),
        ]
    )
    func examples(body: String, header: String) {
        #expect(ContentDigest.text(of: Array(body.utf8)) == header)
        #expect(ContentDigest.matches(header, body: Array(body.utf8)))
        #expect(!ContentDigest.matches(header, body: Array((body + " ").utf8)))
    }

    @Test("other algorithms beside it do not matter, alone they do not count")
    func algorithms() {
        let digest = ContentDigest.text(of: [1, 2, 3])
        #expect(ContentDigest.matches("md5=:AAAA:, \(digest)", body: [1, 2, 3]))
        #expect(!ContentDigest.matches("sha-512=:AAAA:", body: [1, 2, 3]))
    }

    @Test(
        "a header that is none does not match",
        arguments: [
            "", "sha-256", "sha-256=X48E", "sha-256=::", "sha-256=:!:", "sha-256=\"47DEQpj8\"", "SHA-256=:47DEQpj8:",
        ]
    )
    func refused(header: String) {
        #expect(!ContentDigest.matches(header, body: []))
    }
}
