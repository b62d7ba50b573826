import LockerDomain
import OfficeSheets
import Testing

@Suite("Manifest sheets")
struct ManifestSheetTests {
    /// What a number that Excel rounded is told.
    private static let rounded =
        "is rounded by Excel, as 1.38E+10, its digits are lost 已被 Excel 改成 1.38E+10 的形式，数字已丢失: "
        + "format the column as text, enter the numbers again and save again "
        + "请将该列设为文本（设置单元格格式 → 文本），重新输入后再保存"

    private func one(_ header: String, _ row: String) throws -> ManifestSheet {
        try ManifestSheet("运单号,品牌,\(header)\nSF7444404156506,SF,\(row)\n")
    }

    @Test(
        "the words that offices write above a column are known, with what templates put around them",
        arguments: [
            "快递单号", "运单编号", "物流单号", "单号", "*运单号", "（必填）运单号", "快递 单号（不能为空）", "运单号：", "\u{FEFF}运单号 ",
            "Waybill", "Tracking Number", "tracking_number", "【运单号】运单号",
        ]
    )
    func waybillHeaders(_ header: String) throws {
        let sheet = try ManifestSheet("\(header),快递公司\nSF7444404156506,顺丰\n")
        #expect(sheet.lines.map(\.entry.waybill) == ["SF7444404156506"])
        #expect(sheet.notes == [])
    }

    @Test(
        "phones under any of their names are read, and a sender's is not",
        arguments: [
            ("收件人电话", true), ("手机号", true), ("收件人手机号", true), ("收货人电话", true), ("联系电话", true), ("手机", true),
            ("phone", true), ("寄件人电话", false), ("发货电话", false),
        ]
    )
    func phoneHeaders(_ row: (header: String, isRead: Bool)) throws {
        let sheet = try one(row.header, "13812345678")
        #expect(sheet.lines.first?.phoneDigits == (row.isRead ? "13812345678" : nil))
        #expect(sheet.notes.isEmpty == row.isRead)
    }

    @Test(
        "phones as people write them",
        arguments: [
            ("138 1234 5678", "13812345678"), ("１３８１２３４５６７８", "13812345678"), ("138-1234-5678", "13812345678"),
            ("+86 13812345678", "13812345678"), ("8613812345678", "13812345678"), ("13812345678.0", "13812345678"),
            ("'13812345678", "13812345678"), ("\u{202D}13812345678\u{202C}", "13812345678"),
            ("（0356）4221234", "03564221234"), ("138\u{00A0}1234\u{3000}5678", "13812345678"),
        ]
    )
    func phones(_ row: (written: String, digits: String)) throws {
        #expect(try one("手机号", row.written).lines.first?.phoneDigits == row.digits)
    }

    @Test(
        "a mobile with a digit too few or too many is refused; masked ones and numbers of desks are not",
        arguments: [
            ("138123456", false), ("1381234567", false), ("138123456789", false), ("1391234", false),
            ("86138123456", false), ("+86 138 1234 567", false), ("12345", false), ("138****5678", true),
            ("138****567", true), ("0356-4851234", true), ("010-62345678", true), ("4851234", true), ("86131234", true),
            ("13912345678", true), ("4001234567", true),
        ]
    )
    func mobileDigits(_ row: (written: String, isRead: Bool)) throws {
        let sheet = try one("手机号", row.written)
        #expect(sheet.lines.count == (row.isRead ? 1 : 0))
        #expect(sheet.faults.compactMap(\.place) == (row.isRead ? [] : ["row 2, column C 手机号 phone"]))
        #expect(sheet.faults.allSatisfy { $0.mend.hasSuffix("手机号为 11 位，不带分机号") })
    }

    @Test("every bad row is named with its column and what to do, and no cell is quoted")
    func badRows() throws {
        let sheet = try ManifestSheet(
            """
            预报单,,,,,
            序号,运单号,快递公司,收件人,手机号,规格
            1,7.73277E+14,顺丰,张三丰,13812345678,大
            2,SF7444404156506,顺丰,张三丰,1.38001E+10,大
            3,YT8962646785389,圆通,张三丰,打他电话,大
            4,,圆通,张三丰,13912345678,大
            5,JT5261988016578,极兔,张三丰,13912345678,巨大无比
            6,YT8962646785389,圆通,张三丰,13912345678,
            7,YT8962646785389,圆通,张三丰,13912345678,
            8,JDVA11408814483,京东,张三丰,13912345678,大,东沟
            9,YT8962646785390,圆通,张三丰,1.39E+10,大
            ,,,合计,,

            """
        )
        let lines = SheetFault.lines(sheet.faults)
        #expect(sheet.lines.map(\.row) == [8])
        #expect(
            lines == [
                "row 3, column B 运单号 waybill: \(Self.rounded)", "rows 4, 11, column E 手机号 phone: \(Self.rounded)",
                "row 5, column E 手机号 phone: is not right 不正确: write a phone number, whole or masked, "
                    + "that of a mobile with 11 digits and no extension 请填写完整或打码的电话号码，手机号为 11 位，不带分机号",
                "row 6, column B 运单号 waybill: is empty 为空: write a waybill number (8 to 32 long) 请填写运单号（8 至 32 位）",
                "row 7, column F 规格 size: is not right 不正确: write S, M, L or XL 请填写小、中、大或特大",
                "row 9, column B 运单号 waybill: repeats a number above 与上面的单号重复: delete one of the two rows 请删去一行",
                "row 10: has a cell in column G, behind the last named column 在 G 列有内容，已超出最后一个列名: "
                    + "put a cell with a comma in quotes, or delete what stands there 含逗号的内容请加引号，或删去多余的内容",
            ]
        )
        for word in ["张三", "138123", "139123", "打他", "巨大", "东沟", "JDVA"] {
            #expect(!(lines + sheet.notes).contains { $0.contains(word) }, "\(word)")
        }
        #expect(sheet.notes.last == "row 12: no number, passed over 没有单号，已略过")
    }

    @Test("where a line end was lost behind the header, columns are named by their letters alone")
    func mergedHeader() throws {
        let sheet = try ManifestSheet("运单号,品牌,收件人,张三,13812345678\nSF7444404156506,SF\n")
        #expect(sheet.notes == ["columns not used 未用的列: C, D, E"])
    }

    @Test("a sheet that cannot be read at all says what its first row should be, and quotes none of it")
    func noHeader() throws {
        for (text, cause) in [
            ("", "is empty 为空"), ("\n,,,\n \n", "is empty 为空"),
            ("张三,13812345678\n李四,13912345678\n", "no row names the columns 没有列名行"),
            ("运单号\nSF7444404156506\n", "has no column 品牌 brand 缺少“品牌”列"),
            ("品牌,手机号\nSF,13812345678\n", "has no column 运单号 waybill 缺少“运单号”列"),
            ("运单号,品牌,手机,联系电话\n", "columns C and D are both 手机号 phone 第 C 列与第 D 列都是“手机号”"),
        ] {
            let fault = try #require(throws: SheetFault.self) { try ManifestSheet(text) }
            #expect(fault.cause == cause)
            #expect(!fault.description.contains("138") && !fault.description.contains("张三"))
        }
    }

    @Test(
        "a title that names columns in passing is no header where a row has both that are needed",
        arguments: [
            "站点,北留,班次,0700\n运单号,品牌,手机\nSF7444404156506,SF,13812345678\n",
            "站点\t北留\t班次\t0700\n运单号,品牌,手机\nSF7444404156506,SF,13812345678\n",
            "单号 0017,班次,运单号\n\n快递单号;快递公司;手机\nSF7444404156506;SF;13812345678\n",
        ]
    )
    func titles(text: String) throws {
        let sheet = try ManifestSheet(text)
        #expect(sheet.lines.map(\.entry.waybill) == ["SF7444404156506"] && sheet.faults == [] && sheet.notes == [])
    }

    @Test("a sheet that was pasted twice is one line, and faults of all kinds are a page")
    func many() throws {
        let rows = (0..<3_000).map { "YT\(1_000_000_000 + $0),YTO\n" }.joined()
        let twice = try ManifestSheet("运单号,品牌\n" + rows + rows)
        #expect(twice.lines.count == 3_000 && twice.faults.count == 3_000)
        #expect(
            SheetFault.lines(twice.faults) == [
                "rows 3002-6001, column A 运单号 waybill: repeats a number above 与上面的单号重复: "
                    + "delete one of the two rows 请删去一行"
            ]
        )
        let kinds = (1...250).map { (row: Int) in SheetFault(row: row, "is wrong in the way \(row)", mend: "mend it") }
        let lines = SheetFault.lines(kinds)
        #expect(lines.count == 101 && lines.last == "and 150 more 还有 150 项")
        let scattered = (1...500).map { (row: Int) in SheetFault(row: row * 2, "is wrong", mend: "mend it") }
        #expect(SheetFault.lines(scattered).first?.hasSuffix("98, 100 and 450 more: is wrong: mend it") == true)
    }

    @Test("a former number that is another row's too is a bad row, also where that row is bad or was pasted twice")
    func formerNumbers() throws {
        let sheet = try ManifestSheet(
            """
            运单号,品牌,原单号,规格
            SF7444404156501,SF,YT8962646785301,
            SF7444404156502,SF,yt8962646785301,
            SF7444404156503,SF,SF7444404156504,
            SF7444404156504,SF,,巨大无比
            SF7444404156505,SF,YT8962646785305,
            SF7444404156505,SF,YT8962646785305,
            SF7444404156506,SF,SF7444404156506,
            """
        )
        #expect(sheet.lines.map(\.row) == [6, 8])
        #expect(sheet.lines.map(\.entry.formerly) == ["YT8962646785305", nil])
        #expect(sheet.faults.map(\.row) == [2, 3, 4, 5, 7])
        let formers = sheet.faults.filter { $0.place?.contains("原单号") == true }
        #expect(formers.map(\.row) == [2, 3, 4])
    }

    @Test("a quote that is not closed names the row where it begins")
    func quotes() throws {
        for (text, row) in [
            ("运单号,品牌\nA,\"SF\nB,SF\n", 2), ("运单号,品牌,备注\nA,SF,x\nB,SF,\"门口\nC,SF,\"x\"\n", 3),
            ("\"运单号,品牌\n", 1), ("运单号,品牌\n\n\nA,SF\nB,\"S\"F\n", 5),
        ] {
            let fault = try #require(throws: SheetFault.self) { try ManifestSheet(text) }
            #expect(fault.row == row && fault.cause.contains("quote"), "\(fault)")
        }
        let good = try ManifestSheet("运单号,品牌,备注\nSF7444404156506,SF,\"一\n二\"\"三\"\" \" \nYT8962646785389,YTO,5\" 屏\n")
        #expect(good.lines.map(\.row) == [2, 3])
    }

    /// A sheet with one quote too few: what it swallows, where, and the rows that are good.
    struct Swallowing: Sendable {
        var sheet: String
        var row: Int
        var column: String
        var good: [Int]
    }

    @Test(
        "a quote that closes in another row, or in another column, swallows nothing without a word",
        arguments: [
            // The note of row 2 closes at the note of row 3: a parcel and its phone would be in a note.
            Swallowing(
                sheet: "运单号,品牌,班次,手机号,备注\nSF7444404156506,SF,\"R1,13812345678,\n"
                    + "YT8962646785389,YTO,R2,13912345678,x\",,\nJT5261988016578,JT,,,\n",
                row: 2,
                column: "column C 班次 run",
                good: [3]
            ),
            // In a column that is not used.
            Swallowing(
                sheet: "运单号,品牌,备注\nSF7444404156506,SF,\"门口\nYT8962646785389,YTO,x\"\nJT5261988016578,JT,\n",
                row: 2,
                column: "column C",
                good: [3]
            ),
            // In a row without a number.
            Swallowing(
                sheet: "备注,运单号,品牌\n\"合计\n1,SF7444404156506,SF\",,\n,JT5261988016578,JT\n",
                row: 2,
                column: "column A",
                good: [3]
            ),
            // On one line: the phone would be in the run.
            Swallowing(
                sheet: "运单号,品牌,班次,手机号,集包号\nSF7444404156506,SF,\"R1,13812345678,B7\"\nJT5261988016578,JT,,,\n",
                row: 2,
                column: "column C 班次 run",
                good: [3]
            ),
            // A whole phone in a note, whatever brought it there.
            Swallowing(
                sheet: "运单号,品牌,自然村,手机号\nSF7444404156506,SF,东沟 13812345678,\nJT5261988016578,JT,,\n",
                row: 2,
                column: "column C 自然村 hamlet",
                good: [3]
            ),
        ]
    )
    func swallowed(_ kind: Swallowing) throws {
        let sheet = try ManifestSheet(kind.sheet)
        #expect(sheet.lines.map(\.row) == kind.good)
        #expect(sheet.faults.map(\.row) == [kind.row])
        let words = SheetFault.lines(sheet.faults).joined()
        #expect(words.hasPrefix("row \(kind.row), \(kind.column): "), "\(words)")
        #expect(!words.contains("138123"), "no cell is quoted")
    }

    @Test("a header that goes on into the first row is named; a bag of eleven digits is no phone")
    func swallowedHeader() throws {
        let fault = #expect(throws: SheetFault.self) {
            try ManifestSheet("运单号,品牌,\"备注\nSF7444404156506,SF,x\"\nJT5261988016578,JT,\n")
        }
        #expect(fault?.row == 1 && fault?.column == "column C")
        let bags = try ManifestSheet("运单号,品牌,集包号\nSF7444404156506,SF,13812345678\n")
        #expect(bags.lines.map(\.entry.bag) == ["13812345678"])
    }

    @Test("numbers that Excel cut behind their fifteenth digit are noted where all of them end in zeros")
    func cutNumbers() throws {
        let cut = try ManifestSheet("运单号,品牌\n7732770272803380000,ZTO\n4310000000000000,YD\nSF7444404156506,SF\n")
        #expect(cut.lines.count == 3)
        #expect(cut.notes.first?.hasPrefix("rows 2-3, column A 运单号 waybill: zeros behind the fifteenth digit") == true)
        let mixed = try ManifestSheet(
            "运单号,品牌\n77327702728033800,ZTO\n4310000000000000,YD\n4312345678901234,YD\n431234567890123400,YD\n"
        )
        #expect(mixed.notes.first?.hasPrefix("row 2, column A") == true && mixed.notes.count == 1)
        let whole = try ManifestSheet("运单号,品牌\n7732770272803380,ZTO\n4312345678901234,YD\n")
        #expect(whole.notes == [])
    }

    @Test("a former number that Excel cut is noted as well, in its own column")
    func cutFormerNumbers() throws {
        let sheet = try ManifestSheet(
            "运单号,品牌,原单号\nSF7444404156506,SF,7732770272803380000\nSF7444404156507,SF,\n4312345678901234,YD,\n"
        )
        #expect(sheet.lines.count == 3 && sheet.notes.count == 1)
        #expect(sheet.notes.first?.hasPrefix("row 2, column C 原单号 formerly: zeros behind the fifteenth digit") == true)
    }

    @Test("columns and rows that are formatted but empty are passed over, and short rows are filled up")
    func empty() throws {
        let sheet = try ManifestSheet(",,\n运单号,,品牌,规格,,,\n,,,,,,\nSF7444404156506,,SF\n\u{3000},,\t,,,,\n")
        #expect(sheet.lines.map(\.row) == [4])
        #expect(sheet.faults == [] && sheet.notes == [])
    }

    @Test("every column has a Chinese name of its own that is read, in front of the English one")
    func names() throws {
        for column in ManifestColumn.allCases where column != .waybill && column != .brand {
            for header in column.names.split(separator: " ").map(String.init) {
                #expect(try one(header, "").notes == [], "\(header)")
            }
        }
        #expect(ManifestColumn.list.hasPrefix("运单号 waybill, 品牌 brand, "))
        #expect(Set(ManifestColumn.allCases.map(\.names)).count == ManifestColumn.allCases.count)
    }

    @Test("noise never traps: seeded")
    func noise() {
        let pieces = [
            "运单号", ",", "品牌", "\n", "\"", "=\"", "手机号", "\t", ";", "SF7444404156506", "\r", "'", "1.3E+10", " ",
        ]
        var state = UInt64.random(in: .min ... .max)
        print("sheet noise: seed \(state)")
        for _ in 0..<2_000 {
            var text = "运单号,品牌,手机号\n"
            for _ in 0..<12 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text += pieces[Int(state >> 33) % pieces.count]
            }
            guard let sheet = try? ManifestSheet(text) else { continue }
            #expect(Set(sheet.lines.map(\.entry.waybill)).count == sheet.lines.count)
        }
    }
}
