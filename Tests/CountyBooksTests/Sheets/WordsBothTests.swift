import CountyBooks
import OfficeSheets
import Testing

@Suite("Faults in one language")
struct WordsBothTests {
    @Test(
        "a page takes its language's part of a text that a command prints in both",
        arguments: [
            ("is not right 不正确", "不正确", "is not right"),
            ("waybill SF1, formerly SF2: is empty 为空", "运单 SF1（原单号 SF2）：为空", "waybill SF1, formerly SF2: is empty"),
            ("station yc-1: is not known here 本县没有此站点", "站点 yc-1：本县没有此站点", "station yc-1: is not known here"),
            ("it is late 晚了; it leapt 跳变", "晚了；跳变", "it is late; it leapt"),
            ("write a day, as 2026-11-21 请填写日期，如 2026-11-21", "请填写日期，如 2026-11-21", "write a day, as 2026-11-21"),
            (
                "days 40: are not 1 to 30 有效天数超出范围: give the token fewer days 请改小", "days 40：有效天数超出范围：请改小",
                "days 40: are not 1 to 30: give the token fewer days"
            ),
            ("row 7: is empty 为空", "第 7 行：为空", "row 7: is empty"),
            (
                "rows 2-5, 9 and 3 more, column D 手机号 phone: is empty 为空", "第 2-5, 9 行等（另有 3 行），D 列“手机号”：为空",
                "rows 2-5, 9 and 3 more, column D 手机号 phone: is empty"
            ),
            ("row 1, column AB: is empty 为空", "第 1 行，AB 列：为空", "row 1, column AB: is empty"),
            ("row 5, 站点 stations: is empty 为空", "第 5 行，“站点”：为空", "row 5, 站点 stations: is empty"),
            (
                "write one of 营业 open, 暂停 suspended 请填写营业、暂停", "请填写营业、暂停",
                "write one of 营业 open, 暂停 suspended"
            ), ("行政村 village: 3 bad rows 有 3 行不对", "行政村：有 3 行不对", "village: 3 bad rows"),
            (
                "look at lockerctl uplink status 请查看 lockerctl uplink status", "请查看 lockerctl uplink status",
                "look at lockerctl uplink status"
            ), ("save it again 请在 Excel 中另存为 CSV UTF-8", "请在 Excel 中另存为 CSV UTF-8", "save it again"),
        ]
    )
    func parts(text: String, chinese: String, english: String) {
        #expect(Words(both: text) == Words(chinese, english))
    }

    @Test(
        "a text of one language is the same in both",
        arguments: [
            "is not known here", "台账中没有此村", "format the column as text (设置单元格格式 → 文本), enter the numbers again", "",
            "皇城村 W001", "村 A: 村 B", "a\n\nb",
        ]
    )
    func alone(text: String) {
        let words = Words(both: text)
        #expect(words.english == text && words.chinese == text.replacing(": ", with: "："))
    }

    @Test("lines stay lines")
    func lines() {
        let words = CountyFault("manifest", "2 bad rows 有 2 行不对\nrow 3: is empty 为空").words
        #expect(words == Words("预报单：有 2 行不对\n第 3 行：为空", "manifest: 2 bad rows\nrow 3: is empty"))
    }

    @Test("a fault of a sheet says in each language what is wrong and what to do")
    func sheet() throws {
        let text = "区划代码,村名\n140522102201,北留村\n140522102201,北留村\n"
        let fault = try #require(try RegisterSheet(.village, text: text).checked(against: SheetKit.names).faults.first)
        #expect(fault.words == Words("与第 2 行重复：请删去一行", "repeats row 2: delete one of the two rows"))
    }
}
