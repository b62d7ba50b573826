import CountyBooks
import LockerDomain
import OfficeSheets
import Testing

@Suite("Bad rows of registers' sheets")
struct RegisterFaultTests {
    /// One bad cell of one register.
    struct Bad: Sendable {
        var kind: RegisterKind
        var column: String
        var cell: String
        var words: String

        init(_ kind: RegisterKind, _ column: String, _ cell: String, _ words: String) {
            (self.kind, self.column, self.cell, self.words) = (kind, column, cell, words)
        }
    }

    /// A good row of each register, by column.
    private static let good: [RegisterKind: [(String, String)]] = [
        .township: [("区划代码", "140522102"), ("乡镇", "北留镇"), ("生效日期", "")],
        .village: [("区划代码", "140522102201"), ("村名", "北留村"), ("乡镇", ""), ("人口", ""), ("距镇驻地公里", ""), ("生效日期", "")],
        .operatorFirm: [("经营企业", "县共配中心"), ("统一社会信用代码", ""), ("公开电话", "95338")],
        .site: [
            ("网点编号", "W9"), ("网点名称", "某服务点"), ("类型", "智能快件箱"), ("地址", "某街"), ("公开电话", ""), ("设备", ""),
            ("经营企业", "县共配中心"), ("所在村", "北留村"), ("设点村", ""), ("辐射村", ""), ("站点", ""), ("状态", ""),
        ],
        .staff: [("工号", "2001"), ("姓名", "张三丰"), ("岗位", "店主"), ("网点编号", "W1")],
        .operatorReport: [
            ("月份", "2026-11"), ("村", "北留村"), ("品牌", "YTO"), ("下行", "1"), ("上行", ""), ("到村天数", ""), ("填报单位", "县共配中心"),
        ],
    ]

    private static let bad: [Bad] = [
        Bad(.township, "区划代码", "14052210", "9 位乡镇区划代码"), Bad(.township, "区划代码", "", "is empty 为空"),
        Bad(.township, "区划代码", "140522102201", "9 位乡镇区划代码"), Bad(.township, "区划代码", "150522102", "不是本县的区划代码"),
        Bad(.township, "乡镇", "", "is empty 为空"), Bad(.township, "生效日期", "2026-02-30", "如 2026-11-21"),
        Bad(.township, "生效日期", "46347", "如 2026-11-21"), Bad(.township, "生效日期", "0226-01-05", "如 2026-11-21"),
        Bad(.village, "区划代码", "1.40522E+11", "is rounded by Excel"), Bad(.village, "区划代码", "140522102", "12 位村级区划代码"),
        Bad(.village, "区划代码", "150522102201", "begins with 140522 应以 140522 开头"),
        Bad(.village, "区划代码", "140522104201", "前九位不是台账中的乡镇"), Bad(.village, "乡镇", "润城镇", "与区划代码前九位不符"),
        Bad(.village, "乡镇", "140522103", "与区划代码前九位不符"), Bad(.village, "村名", "", "is empty 为空"),
        Bad(.village, "村名", String(repeating: "村", count: 65), "1 到 64 个字"),
        Bad(.village, "人口", "-5", "0 到 1000000 的整数"), Bad(.village, "人口", "约三千", "0 到 1000000 的整数"),
        Bad(.village, "人口", "1,23", "0 到 1000000 的整数"), Bad(.village, "人口", ",500", "0 到 1000000 的整数"),
        Bad(.village, "距镇驻地公里", "about 3", "只写数字，如 3.5"),
        Bad(.village, "距镇驻地公里", "-3", "只写数字，如 3.5"), Bad(.village, "距镇驻地公里", "1001", "只写数字，如 3.5"),
        Bad(.operatorFirm, "经营企业", "", "is empty 为空"),
        Bad(.operatorFirm, "统一社会信用代码", "914403001922038217", "18 位统一社会信用代码"),
        Bad(.operatorFirm, "统一社会信用代码", "9.14403E+17", "is rounded by Excel"),
        Bad(.operatorFirm, "公开电话", "3564221234", "如 0356-4221234"),
        Bad(.operatorFirm, "公开电话", "138****5678", "如 0356-4221234"),
        Bad(.operatorFirm, "公开电话", "11010519491231002X", "像身份证号"),
        Bad(.operatorFirm, "公开电话", "140522490101001", "像身份证号"),
        Bad(.operatorFirm, "公开电话", "打村委会", "如 0356-4221234"),
        Bad(.operatorFirm, "公开电话", "0356-1221234", "如 0356-4221234"),
        Bad(.operatorFirm, "公开电话", "0356-4221234-1234567", "如 0356-4221234"), Bad(.site, "网点编号", "W 9", "不带空格和逗号"),
        Bad(.site, "类型", "小卖部", "县级仓配中心 countyHub, 乡镇综合服务站 townshipStation"), Bad(.site, "类型", "", "one of 县级仓配中心"),
        Bad(.site, "状态", "没人", "营业 open, 暂停 suspended, 撤销 closed"), Bad(.site, "地址", "张三 11010519491231002X", "像身份证号"),
        Bad(.site, "经营企业", "某某速运", "台账中没有此企业"), Bad(.site, "所在村", "", "is empty 为空"),
        Bad(.site, "所在村", "无名村", "台账中没有此村"), Bad(.site, "所在村", "140522102299", "台账中没有此村"),
        Bad(.site, "所在村", "150522102201", "不是本县的区划代码"),
        Bad(.site, "设点村", "东沟村", "write one of 140522102202, 140522103201 请改填区划代码"),
        Bad(.site, "辐射村", "上庄村、无名村", "台账中没有此村"), Bad(.site, "辐射村", "北留村", "含网点所在村"),
        Bad(.site, "辐射村", "上庄村 140522103202", "村重复"), Bad(.site, "辐射村", "1.40522E+11", "is rounded by Excel"),
        Bad(.township, "乡镇", "北留镇 138 1234 5678", "含手机号"), Bad(.village, "村名", "北留村13812345678", "含手机号"),
        Bad(.operatorFirm, "经营企业", "张三１３８１２３４５６７８", "含手机号"), Bad(.site, "网点编号", "13812345678", "含手机号"),
        Bad(.site, "网点名称", "老王 +86 138-1234-5678", "含手机号"), Bad(.site, "地址", "某街 13812345678", "含手机号"),
        Bad(.site, "设备", "柜机、13812345678", "含手机号"), Bad(.staff, "姓名", "王 13812345678", "含手机号"),
        Bad(.staff, "工号", "13812345678", "含手机号"), Bad(.staff, "网点编号", "13812345678", "含手机号"),
        Bad(.operatorReport, "品牌", "YTO 13812345678", "含手机号"),
        Bad(.operatorReport, "填报单位", "13812345678", "含手机号"),
        Bad(.site, "站点", "YC-BEILIU", "小写字母、数字和连字符"), Bad(.site, "站点", "yc-nowhere-1", "本县没有这个站点"),
        Bad(.site, "站点", "yc-runcheng-0007,yc-runcheng-0007", "站点重复"),
        Bad(.site, "站点", "yc-beiliu-0231", "has yc-beiliu-0231, which site W1 has at the same time"),
        Bad(.staff, "工号", "A7", "工牌上的数字编号"), Bad(.staff, "工号", "11010519491231002X", "像身份证号"),
        Bad(.staff, "姓名", "", "is empty 为空"), Bad(.staff, "岗位", "老板娘", "店主 keeper"),
        Bad(.staff, "网点编号", "W7", "台账中没有此网点"),
        Bad(.operatorReport, "月份", "Nov-26", "单元格格式设为文本"), Bad(.operatorReport, "月份", "2026-13", "单元格格式设为文本"),
        Bad(.operatorReport, "村", "东沟村", "几个村同名"), Bad(.operatorReport, "品牌", "", "is empty 为空"),
        Bad(.operatorReport, "下行", "3.5", "0 到 1000000 的整数"), Bad(.operatorReport, "到村天数", "32", "0 到 31 的整数"),
        Bad(.operatorReport, "填报单位", "某某速运", "台账中没有此企业"),
    ]

    @Test(
        "a bad cell is named by row and column, with the cause and the fix in both languages, and is not quoted",
        arguments: bad
    )
    func badCell(_ bad: Bad) throws {
        let good = try #require(Self.good[bad.kind])
        let index = try #require(good.firstIndex { $0.0 == bad.column })
        var cells = good.map(\.1)
        cells[index] = bad.cell
        let sheet = try RegisterSheet(bad.kind, text: SheetKit.text(good.map(\.0), [cells]))
        let checked = sheet.checked(against: SheetKit.names)
        let fault = try #require(checked.faults.first)
        #expect(checked.faults.count == 1 && checked.rows.isEmpty)
        #expect(fault.row == 2 && fault.column?.contains(" \(bad.column) ") == true)
        #expect(fault.description.contains(bad.words), "\(fault)")
        #expect(fault.description.contains { $0.isASCII && $0.isLetter } && fault.mend.contains { !$0.isASCII })
        let isShown = bad.cell.isEmpty || bad.words.contains(bad.cell) || !fault.description.contains(bad.cell)
        #expect(isShown, "a cell is quoted: \(fault)")
    }

    @Test("the good rows have no fault", arguments: RegisterKind.allCases)
    func goodRow(_ kind: RegisterKind) throws {
        let good = try #require(Self.good[kind])
        #expect(try SheetKit.words(kind, SheetKit.text(good.map(\.0), [good.map(\.1)])) == [])
    }

    @Test("a report that says nothing is a bad row")
    func nothing() throws {
        let words = try SheetKit.words(.operatorReport, "月份,村,品牌,填报单位\n2026-11,北留村,YTO,县共配中心\n")
        #expect(words.count == 1 && words.first?.hasPrefix("row 2: says neither pieces nor days") == true)
    }

    @Test("faults of reading and of checking stand together by row, and nothing is loaded")
    func together() throws {
        let sheet = try RegisterSheet(
            .village,
            text: "区划代码,村名,人口\n140522104201,某村,1\n140522102201,北留村,1\n140522102202,东沟村,-1\n140522104202,某村,1\n"
        )
        #expect(sheet.lines.map(\.row) == [2, 3, 5])
        let checked = sheet.checked(against: SheetKit.names)
        #expect(checked.faults.map(\.row) == [2, 4, 5] && checked.rows == [])
        #expect(
            SheetFault.lines(checked.faults).first?.hasPrefix("rows 2, 5, column A 区划代码 code: begins with no") == true
        )
    }
}
