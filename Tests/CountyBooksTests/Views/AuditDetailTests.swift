import CountyBooks
import Testing

@Suite("Details of the audit log on a page")
struct AuditDetailTests {
    @Test(
        "words of our own are those of the reader's language, and the English text is the one that the log keeps",
        arguments: [
            ("wrong password", "密码错误"), ("wrong present password, session ended", "原密码错误，会话已结束"),
            ("dispatcher, township 140525100", "调度，乡镇 140525100"),
            ("clerk, county → carrier, county, brands 中通 圆通; person – → 王五", "文员，全县 → 品牌，全县，品牌 中通 圆通；人员 – → 王五"),
            ("village, 20 rows, 3 new or changed", "行政村，20 行，3 行新增或变更"), ("csv, 7 rows, filter 北留", "csv，7 行，筛选 北留"),
        ]
    )
    func words(_ row: (english: String, chinese: String)) {
        let words = AuditDetail.words(row.english)
        #expect(words.english == row.english)
        #expect(words.chinese == row.chinese)
    }

    @Test("a text that is not ours stays as it is", arguments: ["", "Road 5, Hill; A → B", "村 甲, 村 乙", "SF1 SF2"])
    func others(text: String) {
        #expect(AuditDetail.words(text) == Words(same: text))
    }
}
