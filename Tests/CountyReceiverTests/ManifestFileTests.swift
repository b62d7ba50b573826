import CountyBooks
import CountyReceiver
import Hummingbird
import HummingbirdTesting
import LockerDomain
import SyncWire
import Testing

@Suite("Manifest files")
struct ManifestFileTests {
    @Test("A sheet from a Chinese office is read: BOM, CRLF, Chinese headers, quoted cells")
    func chineseSheet() async throws {
        let sheet =
            "\u{FEFF}品牌,运单号,经营企业,手机号,规格,冷藏\r\n顺丰,SF7444404156506,\"统仓, 共配 \"\"阳城\"\"\",13812345678,L,是\r\n\r\n"
        let entry = try #require(try await loaded(sheet).first)
        #expect(entry.waybill.rawValue == "SF7444404156506")
        #expect(entry.brand == "顺丰")
        #expect(entry.operatorName == #"统仓, 共配 "阳城""#)
        #expect(entry.size == .large)
        #expect(entry.chilled)
    }

    @Test("A whole phone in a JSON manifest is masked and hashed as one in a sheet is")
    func jsonPhones() async throws {
        let json = #"""
            {"id":"m-1","entries":[{"waybill":"SF7444404156506","brand":"SF","operator":"SF","n":3,"size":"M",
            "chilled":false,"consent":"unknown","senderAgreement":false,"phoneMasked":"13812345678"}]}
            """#
        let entry = try #require(try await loaded(json).first)
        #expect(entry.phoneMasked == "1******5678")
        #expect(entry.recipientKey?.utf8.count == 32)
        #expect(entry.n == 3)
    }

    @Test("Consent, the sender's agreement, part of the village, run, bag and reach arrive, in either language")
    func allColumns() async throws {
        let english = """
            waybill,brand,consent,sender_agreement,hamlet,run,bag,reach,chilled
            SF7444404156506,SF,user_consent,yes,东沟,R-1,B-7,low,yes
            YT8962646785389,YTO,sender_named_locker,,,,,,
            JT5261988016578,JT,none,no,,,,high,no
            JDVA11408814483,JD,,,,,,,

            """
        let entries = try await loaded(english)
        #expect(entries.map(\.consent) == [.userConsent, .senderNamedLocker, .none, .unknown])
        #expect(entries.map(\.senderAgreement) == [true, false, false, false])
        #expect(entries.map(\.chilled) == [true, false, false, false])
        #expect(entries.map(\.reach) == [.low, nil, .high, nil])
        #expect(entries[0].hamlet == "东沟")
        #expect(entries[0].run == "R-1")
        #expect(entries[0].bag == "B-7")
        let chinese = "运单号,品牌,同意,寄件约定,自然村\nSF7444404156506,SF,不同意,是,西沟\n"
        let entry = try #require(try await loaded(chinese).first)
        #expect(entry.consent == .none)
        #expect(entry.senderAgreement)
        #expect(entry.hamlet == "西沟")
        let older = try await loaded("waybill,brand,senderAgreement\nSF7444404156506,SF,yes\n")
        #expect(older.first?.senderAgreement == true)
    }

    @Test("How the firms work together stands in each line, in Chinese or as on the wire")
    func cooperation() async throws {
        let sheet = """
            运单号,品牌,合作方式
            SF7444404156506,SF,邮快
            YT8962646785389,YTO,交快合作
            JT5261988016578,JT,expressSales
            JDVA11408814483,JD,

            """
        let entries = try await loaded(sheet)
        #expect(entries.map(\.cooperation) == [.postExpress, .transportExpress, .expressSales, nil])
        let json = #"""
            {"id":"m-1","entries":[{"waybill":"SF7444404156506","brand":"SF","operator":"SF","n":3,"size":"M",
            "chilled":false,"consent":"unknown","senderAgreement":false,"cooperation":"shared"}]}
            """#
        #expect(try await loaded(json).first?.cooperation == .shared)
        for file in [sheet.replacing("邮快", with: "客货邮"), json.replacing("shared", with: "客货邮")] {
            let fault = await #expect(throws: CountyFault.self) { try await loaded(file) }
            let words = fault?.description ?? ""
            #expect(["cooperation", "expressCommerce", "快商"].allSatisfy(words.contains), "\(words)")
        }
    }

    @Test("A text is as long as the schemas of events count it, whatever it looks like")
    func manyScalars() async throws {
        // One character to the eye, 65 to a schema.
        let text = "e" + String(repeating: "\u{301}", count: 64)
        for column in ["brand", "operator", "hamlet", "bag", "run"] {
            let header = column == "brand" ? "waybill,brand,size" : "waybill,brand,\(column)"
            let row = column == "brand" ? "SF7444404156506,\(text),M" : "SF7444404156506,SF,\(text)"
            let fault = await #expect(throws: CountyFault.self) { try await loaded("\(header)\n\(row)\n") }
            #expect(fault?.description.contains(column) == true, "\(fault?.description ?? "")")
        }
    }

    @Test("A parcel that belongs to another station is told with its place, and announced only there")
    func otherStation() throws {
        let county = try TestCounty()
        defer { county.remove() }
        for id in ["yc-1", "yc-2"] { _ = try county.county.makeEnrolmentToken(station: id) }
        let sheet = "waybill,brand,station\nSF7444404156506,SF,yc-2\nYT8962646785389,YTO,yc-1\n"
        #expect(try county.county.loadManifest(Array(sheet.utf8), station: "yc-1").count == 2)
        #expect(try county.county.pickupNotice("SF7444404156506", station: "yc-1").state == nil)
        #expect(try county.county.pickupNotice("YT8962646785389", station: "yc-1").state == "announced")
        let unknown = "waybill,brand,station\nSF7444404156506,SF,yc-3\n"
        let fault = #expect(throws: CountyFault.self) {
            try county.county.loadManifest(Array(unknown.utf8), station: "yc-1")
        }
        #expect(fault?.description.contains("row 2, 站点 station: is no station of this county") == true)
    }

    @Test("One bad row names all of them and loads nothing; --skip-bad loads the others and names what is left out")
    func skipBad() throws {
        let county = try TestCounty()
        defer { county.remove() }
        _ = try county.county.makeEnrolmentToken(station: "yc-1")
        let sheet = Array(
            """
            运单号,快递公司,收件人,收件人电话,站点
            SF7444404156506,顺丰,张三,13812345678,
            YT8962646785389,圆通,李四,找他妈妈,
            JT5261988016578,极兔,王五,1.39E+10,
            JDVA11408814483,京东,赵六,,yc-9

            """.utf8
        )
        let fault = try #require(throws: CountyFault.self) { try county.county.loadManifest(sheet, station: "yc-1") }
        for words in ["3 bad rows", "row 3, column D 手机号 phone", "row 4, column D", "row 5, 站点 station", "--skip-bad"] {
            #expect(fault.description.contains(words), "\(words)")
        }
        for person in ["李四", "王五", "138123", "妈妈"] { #expect(!fault.description.contains(person)) }
        #expect(try county.county.pickupNotice("SF7444404156506", station: "yc-1").state == nil)
        let loaded = try county.county.loadManifest(sheet, station: "yc-1", skippingBadRows: true)
        #expect(loaded.count == 1 && loaded.leftOut.count == 3)
        #expect(loaded.notes == ["columns not used 未用的列: C 收件人"])
        #expect(try county.county.pickupNotice("SF7444404156506", station: "yc-1").state == "announced")
        let none = Array("运单号,品牌\n,SF\n".utf8)
        #expect(throws: CountyFault.self) {
            try county.county.loadManifest(none, station: "yc-1", skippingBadRows: true)
        }
    }

    @Test(
        "A JSON manifest in which two lines name one number is refused with both, in the words of a sheet",
        arguments: [
            // The former number of two lines, one that is another line's, and the same in a chain.
            [["SF7444404156506", "YT8962646785389"], ["JT5261988016578", "YT8962646785389"]],
            [["SF7444404156506", "YT8962646785389"], ["YT8962646785389"]],
            [["SF7444404156506", "YT8962646785389"], ["YT8962646785389", "JT5261988016578"]],
        ]
    )
    func sharedNumbers(lines: [[String]]) async throws {
        let fault = await #expect(throws: CountyFault.self) { try await loaded(Self.json(lines)) }
        let words = fault?.description ?? ""
        #expect(words.hasPrefix("waybill SF7444404156506, formerly YT8962646785389: is a number of another row"))
        #expect(words.hasSuffix("with the number that it had before 请将每件写成一行并注明原单号"))
        let sheet = "运单号,原单号,品牌\n" + lines.map { "\($0[0]),\($0.dropFirst().joined()),SF\n" }.joined()
        let same = await #expect(throws: CountyFault.self) { try await loaded(sheet) }
        #expect(
            same?.description.contains("is a number of another row as well 另一行也有此单号: write each parcel in one row")
                == true
        )
    }

    @Test("A former number in JSON is read as a waybill is: the line's own is none, another text is refused")
    func formerNumbers() async throws {
        let own = try await loaded(Self.json([["JD0118080218877", "JD0118080218877-1-1-"]]))
        #expect(own.map(\.formerly) == [nil])
        let other = try await loaded(Self.json([["SF7444404156506", "YT8962646785389"]]))
        #expect(other.map(\.formerly) == ["YT8962646785389"])
        let fault = await #expect(throws: CountyFault.self) {
            try await loaded(Self.json([["SF7444404156506", "yt8962646785389"]]))
        }
        #expect(fault?.description == "waybill \"yt8962646785389\": is not a waybill number 不是运单号")
    }

    @Test("An n in JSON is bounded as in a sheet", arguments: [127, 128, 4_294_967_295, 5_000_000_000, -1])
    func jsonN(n: Int) async throws {
        let file = Self.json([["SF7444404156506"]]).replacing(#""n":0"#, with: #""n":\#(n)"#)
        guard n != 127 else {
            #expect(try await loaded(file).map(\.n) == [127])
            return
        }
        let fault = await #expect(throws: CountyFault.self) { try await loaded(file) }
        #expect(fault?.description.hasPrefix("waybill SF7444404156506: n = \(n) is out of range") == true)
    }

    @Test(
        "A control character or a line end in a text is refused by its field, in sheets and in JSON",
        arguments: ["\u{1}", "\u{1B}", "\u{7F}", "\u{9B}", "\n", "\u{2028}"]
    )
    func controlCharacters(character: String) async throws {
        for column in ["brand", "operator", "run", "bag", "hamlet", "station"] {
            let header = column == "brand" ? "waybill,brand" : "waybill,brand,\(column)"
            let row = column == "brand" ? "" : "SF,"
            let sheet = "\(header)\nSF7444404156506,\(row)\"a\(character)b\"\n"
            let fault = await #expect(throws: CountyFault.self) { try await loaded(sheet) }
            #expect(fault?.description.contains(column) == true, "\(fault?.description ?? "")")
        }
        let value = character.unicodeScalars.first?.value ?? 0
        let escape = "\\u" + String(65_536 + value, radix: 16).dropFirst()
        for field in ["brand", "operator", "run", "bag", "hamlet", "station"] {
            let file = Self.json([["SF7444404156506"]])
                .replacing(#""\#(field)":"SF","#, with: "")
                .replacing(#"{"waybill""#, with: #"{"\#(field)":"a\#(escape)b","waybill""#)
            let fault = await #expect(throws: CountyFault.self) { try await loaded(file) }
            let words = fault?.description ?? ""
            #expect(words.hasPrefix("waybill SF7444404156506: has texts that are too long, empty or not"), "\(words)")
            #expect(words.contains(": \(field): write"), "\(words)")
        }
    }

    @Test("In JSON a run has no colon, and a recipient's key has the form of the county's")
    func jsonForms() async throws {
        func file(_ field: String) -> String {
            Self.json([["SF7444404156506"]]).replacing(#"{"waybill""#, with: #"{\#(field),"waybill""#)
        }
        let key = "4f3a0c51e9d27b6885aa10c3f7e2d946"
        #expect(try await loaded(file(#""recipientKey":"\#(key)","run":"0700""#)).map(\.recipientKey) == [key])
        for (field, words) in [
            (#""run":"0700:X3""#, "run has a colon"), (#""recipientKey":"zhang""#, "recipientKey is no key"),
            (#""recipientKey":"\#(key.uppercased())""#, "recipientKey is no key"),
            (#""recipientKey":"13812345678""#, "recipientKey is no key"),
        ] as [(String, String)] {
            let fault = await #expect(throws: CountyFault.self) { try await loaded(file(field)) }
            #expect(fault?.description.hasPrefix("waybill SF7444404156506: \(words)") == true)
            #expect(fault?.description.contains("138") == false)
        }
    }

    @Test("JSON that cannot be read is refused in the words of its writer, with the line and the field")
    func jsonWords() async throws {
        let good = Self.json([["SF7444404156506"], ["YT8962646785389", "JT5261988016578"]])
        let former = #""JT5261988016578","#
        for (file, words) in [
            (good.replacing(#""n":0"#, with: #""n":0.5"#), "waybill SF7444404156506: n = 0.5 is out of range"),
            (good.replacing(former + #""brand":"SF","#, with: former), #"waybill YT8962646785389: has no "brand""#),
            (#"{"id":"m","entries":[{}]}"#, #"entry 1: has no "waybill""#),
            (#"{"id":"m"}"#, #"JSON manifest: has no "entries""#),
            (good.replacing(#""n":0"#, with: #""n":"0""#), #"waybill SF7444404156506: "n" is of another kind"#),
            (good.replacing(#"78","#, with: #"78 ","#), #"waybill "JT5261988016578 ": is not a waybill number"#),
            (good + "]", "JSON manifest: "),
        ] as [(String, String)] {
            let fault = await #expect(throws: CountyFault.self) { try await loaded(file) }
            let text = fault?.description ?? ""
            #expect(text.hasPrefix(words), "\(text)")
            #expect(!text.contains("CodingKeys") && !text.contains("Swift"), "\(text)")
        }
    }

    @Test("A JSON manifest without an id gets one, and --skip-bad is refused for JSON")
    func jsonID() throws {
        let county = try TestCounty()
        defer { county.remove() }
        _ = try county.county.makeEnrolmentToken(station: "yc-1")
        let file = Self.json([["SF7444404156506"]])
        let ids = try [#""id":"","#, ""].map { id in
            let bytes = Array(file.replacing(#""id":"m-1","#, with: id).utf8)
            return try county.county.loadManifest(bytes, station: "yc-1").manifest
        }
        #expect(Set(ids).count == 2 && ids.allSatisfy { $0.hasPrefix("m20") })
        let fault = #expect(throws: CountyFault.self) {
            try county.county.loadManifest(Array(file.utf8), station: "yc-1", skippingBadRows: true)
        }
        #expect(fault?.description.hasPrefix("--skip-bad: is for the rows of a sheet") == true)
    }

    /// - Parameter lines: a waybill each, and its former number when it has one.
    private static func json(_ lines: [[String]]) -> String {
        let entries = lines.map { line in
            let formerly = line.dropFirst().map { #""formerly":"\#($0)","# }.joined()
            return #"{"waybill":"\#(line[0])",\#(formerly)"brand":"SF","operator":"SF","n":0,"size":"M","#
                + #""chilled":false,"consent":"unknown","senderAgreement":false}"#
        }
        return #"{"id":"m-1","entries":[\#(entries.joined(separator: ","))]}"#
    }

    @Test("A workbook itself is refused with how to save it, and a sheet in the code page of a Chinese Excel is read")
    func forms() async throws {
        let fault = try #require(throws: CountyFault.self) {
            let county = try TestCounty()
            defer { county.remove() }
            _ = try county.county.loadManifest([0x50, 0x4B, 0x03, 0x04, 0x14, 0x00], station: "yc-1")
        }
        #expect(fault.description.hasPrefix("manifest: is an Excel workbook (.xlsx) 是 Excel 工作簿"))
        #expect(fault.words.chinese.hasPrefix("预报单：是 Excel 工作簿（.xlsx）：请在 Excel 中另存（文件 →"))
        // 运单号,品牌 / SF7444404156506,顺丰
        let gbk: [UInt8] =
            [0xD4, 0xCB, 0xB5, 0xA5, 0xBA, 0xC5, 0x2C, 0xC6, 0xB7, 0xC5, 0xC6, 0x0D, 0x0A]
            + Array("SF7444404156506,".utf8) + [0xCB, 0xB3, 0xB7, 0xE1, 0x0D, 0x0A]
        #expect(try await loaded(gbk).map(\.brand) == ["顺丰"])
    }

    @Test("A manifest that no station could fetch, or with an entry that none takes, is refused at the desk")
    func tooLarge() throws {
        let county = try TestCounty()
        defer { county.remove() }
        _ = try county.county.makeEnrolmentToken(station: "yc-1")
        func json(_ count: Int, characters: Int) -> [UInt8] {
            let text = String(repeating: "县", count: characters)
            let note = String(repeating: "县", count: 64)
            let entries = (0..<count).map { number in
                #"{"waybill":"YT\#(8_962_646_000_000 + number)","brand":"\#(text)","operator":"\#(text)","n":0,"#
                    + #""size":"M","chilled":false,"consent":"unknown","senderAgreement":false,"#
                    + #""run":"\#(note)","bag":"\#(note)","hamlet":"\#(note)"}"#
            }
            return Array(#"{"id":"m","entries":[\#(entries.joined(separator: ","))]}"#.utf8)
        }
        let large = #expect(throws: CountyFault.self) {
            try county.county.loadManifest(json(2_000, characters: 128), station: "yc-1")
        }
        #expect(large?.description.contains("is larger than \(Limits.answerBytesMax) bytes ") == true)
        let long = #expect(throws: CountyFault.self) {
            try county.county.loadManifest(json(1, characters: 129), station: "yc-1")
        }
        #expect(long?.description.contains("has texts that are too long") == true)
        #expect(try county.county.pickupNotice("YT8962646000000", station: "yc-1").state == nil)
    }

    @Test(
        "What is no manifest is refused with its place and the mend",
        arguments: [
            ("", "empty"), ("waybill\nSF7444404156506\n", "品牌 brand"),
            ("waybill,brand,brand\n", "B and C are both 品牌 brand"),
            ("waybill,brand\nSF7444404156506,SF,x\n", "row 2: has a cell in column C"),
            ("waybill,brand\nSF7444404156506,SF\nsf7444404156506,SF\n", "row 3, column A 运单号 waybill: repeats"),
            ("waybill,brand,phone\nSF7444404156506,SF,call me\n", "row 2, column C 手机号 phone"),
            ("waybill,brand,consent\nSF7444404156506,SF,perhaps\n", "row 2, column C 同意 consent"),
            ("waybill,brand,sender_agreement\nSF7444404156506,SF,perhaps\n", "row 2, column C 寄件约定 sender_agreement"),
            ("waybill,brand,bag\nSF7444404156506,SF,\(String(repeating: "x", count: 65))\n", "row 2, column C 集包号 bag"),
            ("waybill,brand,run\nSF7444404156506,SF,0700:X3\n", "row 2, column C 班次 run"),
            ("waybill,brand,senderAgreement,sender_agreement\n", "both 寄件约定"), ("waybill,brand\n", "0 parcels"),
            (#"{"id":"m"}"#, "JSON"),
        ]
    )
    func refused(sheet: String, names: String) throws {
        let county = try TestCounty()
        defer { county.remove() }
        _ = try county.county.makeEnrolmentToken(station: "yc-1")
        let fault = #expect(throws: CountyFault.self) {
            try county.county.loadManifest(Array(sheet.utf8), station: "yc-1")
        }
        #expect(fault?.description.contains(names) == true, "\(fault?.description ?? "")")
    }

    /// The entries as the station gets them.
    private func loaded(_ file: String) async throws -> [ManifestEntry] { try await loaded(Array(file.utf8)) }

    private func loaded(_ file: [UInt8]) async throws -> [ManifestEntry] {
        let county = try TestCounty()
        defer { county.remove() }
        return try await county.serving { client in
            let station = try await county.enrolledStation("yc-1", client)
            let loaded = try county.county.loadManifest(file, station: station.id)
            let answer = try await station.send(.get, "/v1/stations/yc-1/manifests/\(loaded.manifest)", client)
            return try answer.decoded(ManifestMessage.self).entries
        }
    }
}
