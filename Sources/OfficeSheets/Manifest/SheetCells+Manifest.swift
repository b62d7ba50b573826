import LockerDomain

extension SheetCells<ManifestColumn> {
    /// A number of a parcel; `nil` where there is none, or another.
    func waybill(_ column: ManifestColumn) throws(SheetFault) -> Waybill? {
        guard let text = try number(column), let reading = try? WaybillReading(text), reading.isWaybill else {
            return nil
        }
        return Waybill(rawValue: reading.normalized)
    }

    /// A text that events will carry.
    func note(_ column: ManifestColumn) throws(SheetFault) -> String? {
        guard let text = self[column] else { return nil }
        guard text.isOneLine, text.unicodeScalars.count <= Limits.noteCharactersMax else {
            throw bad(
                column,
                "one line of 1 to \(Limits.noteCharactersMax) characters",
                "一行 1 到 \(Limits.noteCharactersMax) 个字"
            )
        }
        return text
    }

    /// A village by its 区划代码 or its name.
    func village() throws(SheetFault) -> String? {
        guard let text = try number(.village), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return try note(.village)
        }
        // Eleven digits would be somebody's phone from the column beside it.
        guard text.utf8.count == SheetLimits.villageCodeDigits else {
            throw bad(
                .village,
                "the name of the village, or its \(SheetLimits.villageCodeDigits) digits",
                "村名或十二位区划代码"
            )
        }
        return text
    }

    /// A run, which stands on a card in front of a colon.
    func run() throws(SheetFault) -> String? {
        guard let run = try note(.run) else { return nil }
        guard ManifestEntry.isRun(run) else { throw bad(.run, "the number of a run without a colon", "不含冒号的班次编号") }
        return run
    }
}
