import LockerDomain
import OfficeSheets

/// The kinds of cells that registers have. Each is `nil` where the cell is empty.
extension SheetCells {
    /// A cell that is not as it has to be, in both languages; it may be empty.
    func wrong(_ column: Column, _ english: String, _ chinese: String) -> SheetFault {
        fault(
            column,
            self[column] == nil ? "is empty 为空" : "is not right 不正确",
            mend: "write \(english) \(SheetCell.pleaseWrite(chinese))"
        )
    }

    /// What has to stand in the cell, or the fault of an empty one.
    func need<Value>(
        _ value: Value?,
        _ column: Column,
        _ english: String,
        _ chinese: String
    ) throws(SheetFault) -> Value {
        guard let value else { throw wrong(column, english, chinese) }
        return value
    }

    /// A text as it is written.
    func text(_ column: Column, charactersMax: Int) throws(SheetFault) -> String? {
        guard let text = self[column] else { return nil }
        try check(text, column, charactersMax: charactersMax)
        return text
    }

    /// A text that has to be there.
    func needText(_ column: Column, charactersMax: Int) throws(SheetFault) -> String {
        try need(
            text(column, charactersMax: charactersMax),
            column,
            Self.line(charactersMax),
            Self.chineseLine(charactersMax)
        )
    }

    /// A number or code of our own, in ASCII where it was full-width.
    func code(_ column: Column, charactersMax: Int) throws(SheetFault) -> String? {
        guard let text = try number(column) else { return nil }
        try check(text, column, charactersMax: charactersMax)
        guard !text.unicodeScalars.contains(where: { $0.properties.isWhitespace || SheetCell.listMarks.contains($0) })
        else {
            throw wrong(column, "it without blanks and commas", "不带空格和逗号的编号")
        }
        return text
    }

    /// A village by its 区划代码 or its name, as it is written.
    func village(_ column: Column) throws(SheetFault) -> String? {
        guard let plain = try number(column) else { return nil }
        let text = RegisterNames.isCode(plain) ? plain : self[column] ?? plain
        try check(text, column, charactersMax: RegisterLimits.nameCharactersMax)
        return text
    }

    /// Villages or stations.
    func items(_ column: Column, countMax: Int) throws(SheetFault) -> [String] {
        let items = try list(column)
        guard items.count <= countMax else { throw wrong(column, "at most \(countMax)", "不超过 \(countMax) 个") }
        for item in items { try check(item, column, charactersMax: RegisterLimits.nameCharactersMax) }
        try check(items.joined(separator: SheetCell.listMark), column, charactersMax: .max)
        return items
    }

    /// Things with 、 , or ; between them; blanks are part of a thing.
    func things(_ column: Column, charactersMax: Int) throws(SheetFault) -> [String] {
        guard let text = try text(column, charactersMax: charactersMax) else { return [] }
        let things = text.unicodeScalars.split { SheetCell.listMarks.contains($0) }
            .map { SheetCell.text(String($0)) }.filter { !$0.isEmpty }
        for thing in things + [things.joined(separator: SheetCell.listMark)] {
            try check(thing, column, charactersMax: charactersMax)
        }
        return things
    }

    /// A whole number.
    func count(_ column: Column, max: Int) throws(SheetFault) -> Int? {
        guard let text = try number(column) else { return nil }
        // Excel saves what it shows, with commas between the thousands.
        let groups = text.split(separator: ",", omittingEmptySubsequences: false)
        let isGrouped = (1...3).contains(groups[0].utf8.count) && groups.dropFirst().allSatisfy { $0.utf8.count == 3 }
        let digits = groups.joined()
        guard isGrouped || groups.count == 1, RegisterNames.isCode(digits), let count = Int(digits), count <= max else {
            throw wrong(column, "a whole number from 0 to \(max), digits alone", "0 到 \(max) 的整数，只写数字")
        }
        return count
    }

    /// Hundreds of metres from kilometres. What is less than a hundred is cut off: 4.96 km are less than five.
    func hectometres(_ column: Column) throws(SheetFault) -> Int? {
        guard let text = try number(column) else { return nil }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let decimals = parts.count == 2 ? parts[1] : "0"
        guard parts.count <= 2, decimals.utf8.count <= 2, RegisterNames.isCode(text.filter { $0 != "." }),
            let whole = Int(parts[0]), whole <= RegisterLimits.townKilometresMax,
            let tenths = decimals.first?.wholeNumberValue
        else {
            throw wrong(
                column,
                "kilometres from 0 to \(RegisterLimits.townKilometresMax), digits alone, as 3.5",
                "公里数，只写数字，如 3.5"
            )
        }
        return whole * 10 + tenths
    }

    /// A day: `2026-11-21`, `2026/11/21`, `2026.11.21`, `2026年11月21日`, with the midnight that Excel may write behind it.
    func day(_ column: Column) throws(SheetFault) -> CivilDay? {
        guard let text = word(column) else { return nil }
        return try need(WrittenDay.day(text), column, "a day, as 2026-11-21", "日期，如 2026-11-21")
    }

    /// A month: `2026-11`, `2026/11`, `2026年11月`, or its first day, which Excel makes of it.
    func month(_ column: Column) throws(SheetFault) -> String? {
        guard let text = word(column) else { return nil }
        return try need(
            WrittenDay.month(text),
            column,
            "a month, as 2026-11, in a column of text",
            "月份，如 2026-11，单元格格式设为文本"
        )
    }

    /// A phone number that is published.
    func phone(_ column: Column) throws(SheetFault) -> String? {
        guard let text = try number(column) else { return nil }
        if let phone = PublishedPhone.plain(text) { return phone }
        guard !PublishedPhone.isIdentityNumber(text) else { throw identity(column) }
        throw wrong(column, PublishedPhone.form, "完整的公开电话，如 0356-4221234")
    }

    /// A word of a list.
    func listed<Word: WrittenWord>(_ column: Column, _ type: Word.Type) throws(SheetFault) -> Word? {
        guard let text = word(column) else { return nil }
        return try need(Word(written: text), column, "one of \(Word.known)", Word.chineseKnown)
    }

    /// Whether registers may hold a text: one line, short enough, no number of a person, and read again it is the same.
    private func check(_ text: String, _ column: Column, charactersMax: Int) throws(SheetFault) {
        guard text.isOneLine, text.unicodeScalars.count <= charactersMax else {
            throw wrong(column, Self.line(charactersMax), Self.chineseLine(charactersMax))
        }
        guard SheetCell.text(text) == text else {
            throw wrong(column, "it without quotes in front", "不以引号开头的文字")
        }
        guard !IdentityNumber.isIn(SheetCell.halfWidth(text)) else { throw identity(column) }
        guard !AuditText.holdsMobile(text) else {
            throw fault(
                column,
                "holds the number of a mobile phone 含手机号",
                mend: "delete it, and write a published number into the column phone 请删去；对外公开的号码填入公开电话列"
            )
        }
    }

    private func identity(_ column: Column) -> SheetFault {
        fault(
            column,
            "looks like the number of a person's identity card 像身份证号",
            mend: "delete it, registers hold none 台账不记身份证号，请删去"
        )
    }

    private static func line(_ charactersMax: Int) -> String { "one line of 1 to \(charactersMax) characters" }

    private static func chineseLine(_ charactersMax: Int) -> String { "一行 1 到 \(charactersMax) 个字" }
}

extension SheetCell {
    /// What stands between the items of a list that is written here.
    static let listMark = "、"
}
