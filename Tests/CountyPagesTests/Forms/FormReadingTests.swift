import CountyPages
import Testing

@Suite("Reading forms")
struct FormReadingTests {
    private static let boundary = Array("----x7".utf8)

    private static func multipart(_ parts: [(head: String, body: [UInt8])], end: String = "--\r\n") -> [UInt8] {
        var bytes: [UInt8] = []
        for part in parts { bytes += Array("------x7\r\n\(part.head)\r\n\r\n".utf8) + part.body + Array("\r\n".utf8) }
        return bytes + Array("------x7\(end)".utf8)
    }

    @Test("fields come in their order, decoded, the first of a name first")
    func fields() throws {
        let form = try URLEncoded.form(Array("a=1+2&b=%E6%9D%91%0D%0Ax&a=3&c&=d&&on=on".utf8))
        #expect(form.text("a") == "1 2" && form.all("a") == ["1 2", "3"])
        #expect(form.raw("b") == "村\r\nx" && form.text("b") == "村\nx")
        #expect(form.raw("c") == "" && form.optional("c") == nil && form.raw("none") == nil)
        #expect(form.has("on") && !form.has("a"))
    }

    @Test(
        "broken escapes, other encodings and NULs are refused",
        arguments: ["%", "%4", "%zz", "%ff", "%00", "a=%C3%28"]
    )
    func broken(text: String) {
        #expect(throws: FormReadingFault.malformed) { try URLEncoded.form(Array(text.utf8)) }
        #expect(QueryItems(Substring("\(text)&b=1")).text("b") == "1")
    }

    @Test("a file comes with its bytes and without its folders")
    func file() throws {
        let content: [UInt8] = [0, 0x0D, 0x0A, 0x2D, 0x2D, 0xFF] + Array("\r\n------x\r\n".utf8)
        let body = Self.multipart([
            ("Content-Disposition: form-data; name=\"kind\"", Array("村".utf8)),
            (
                "content-disposition: form-data; name=\"sheet\"; filename=\"C:\\docs\\清单.csv\"\r\nContent-Type: text/csv",
                content
            ),
            ("Content-Disposition: form-data; name=\"none\"; filename=\"\"", []),
        ])
        let form = try Multipart.form(body, boundary: Self.boundary)
        #expect(form.text("kind") == "村")
        let file = try #require(form.file("sheet"))
        #expect(file.name == "清单.csv" && file.bytes == content)
        #expect(form.file("none") == nil && form.file("kind") == nil)
    }

    @Test("the boundary of a content type, with and without quotes")
    func boundaries() {
        #expect(Multipart.boundary(in: "multipart/form-data; boundary=abc") == Array("abc".utf8))
        #expect(Multipart.boundary(in: "multipart/form-data; charset=utf-8; Boundary=\"a b;c\"") == Array("a b;c".utf8))
        #expect(Multipart.boundary(in: "multipart/form-data") == nil)
        #expect(Multipart.boundary(in: "multipart/form-data; boundary=") == nil)
        let long = String(repeating: "a", count: CountyPagesLimits.boundaryBytesMax + 1)
        #expect(Multipart.boundary(in: "multipart/form-data; boundary=\(long)") == nil)
    }

    @Test("what is cut off or out of bounds is refused")
    func bounds() {
        let part = (head: "Content-Disposition: form-data; name=\"a\"", body: Array("b".utf8))
        let whole = Self.multipart([part])
        // The last two bytes are the end of the line behind the end.
        for count in 0..<whole.count - 2 {
            #expect(throws: FormReadingFault.self) {
                try Multipart.form(Array(whole.prefix(count)), boundary: Self.boundary)
            }
        }
        func fault(_ parts: [(head: String, body: [UInt8])]) -> FormReadingFault? {
            #expect(throws: FormReadingFault.self) {
                try Multipart.form(Self.multipart(parts), boundary: Self.boundary)
            }
        }
        let long = String(repeating: "a", count: CountyPagesLimits.partHeaderBytesMax)
        #expect(fault([("Content-Disposition: form-data; name=\"\(long)\"", [])]) == .tooMuch)
        let name = String(repeating: "a", count: CountyPagesLimits.fieldNameBytesMax + 1)
        #expect(fault([("Content-Disposition: form-data; name=\"\(name)\"", [])]) == .tooMuch)
        #expect(fault([("Content-Type: text/plain", [])]) == .malformed)
        #expect(fault([("Content-Disposition: attachment; name=\"a\"", [])]) == .malformed)
        #expect(fault([("Content-Disposition: form-data; name=\"a\"", [0xFF])]) == .malformed)
        #expect(fault(Array(repeating: part, count: CountyPagesLimits.formFieldsMax + 1)) == .tooMuch)
        let file = (head: "\(part.head); filename=\"b\"", body: part.body)
        #expect(fault(Array(repeating: file, count: CountyPagesLimits.formFilesMax + 1)) == .tooMuch)
    }

    @Test("whatever comes, reading ends: seeded")
    func noise() {
        let seed = UInt64.random(in: .min ... .max)
        print("forms: seed \(seed)")
        var state = seed
        func below(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let pieces = [
            "------x7", "\r\n", "--", "Content-Disposition: form-data", "; name=\"a\"", "; filename=\"b\"", "\"", "\r",
            "%4",
        ]
        for _ in 0..<2_000 {
            var body: [UInt8] = []
            for _ in 0..<below(30) {
                if below(4) == 0 {
                    body.append(UInt8(below(256)))
                } else {
                    body += Array(pieces[below(pieces.count)].utf8)
                }
            }
            let bytes = body.reduce(0) { $0 + Int($1) }
            if let form = try? Multipart.form(body, boundary: Self.boundary) {
                #expect(form.files.reduce(0) { $0 + $1.bytes.count } <= body.count, "\(bytes)")
            }
            if let form = try? URLEncoded.form(body) { #expect(form.files.isEmpty) }
            _ = HeaderParameters(String(decoding: body, as: UTF8.self))
        }
    }
}
