import CountyBooks
import LockerDomain
import OfficeSheets

extension County {
    /// Reads a manifest that a program wrote.
    func readJSON(_ file: [UInt8]) throws -> ManifestFile {
        let message = try json(file)
        return ManifestFile(id: message.id, parcels: message.entries.map { Wanted(entry: $0, n: $0.n) })
    }

    /// A line as a sheet gives it: the phone masked, and the county's key of a whole one.
    private func masked(_ entry: ManifestEntry) throws -> ManifestEntry {
        guard let text = entry.phoneMasked else { return entry }
        guard let phone = SheetPhone(text) else {
            throw CountyFault("waybill \(entry.waybill)", "phoneMasked is no phone, masked or whole 不是电话号码")
        }
        var entry = entry
        entry.phoneMasked = phone.masked
        entry.recipientKey = phone.digits.map(keys.recipientKey) ?? entry.recipientKey
        return entry
    }

    private func json(_ file: [UInt8]) throws -> WrittenManifest {
        var message = try WrittenManifest.read(file)
        if message.id?.isEmpty == true { message.id = nil }
        for index in message.entries.indices {
            message.entries[index].waybill = message.entries[index].waybill.ofWhole
            let formerly = message.entries[index].formerly?.ofWhole
            message.entries[index].formerly = formerly == message.entries[index].waybill ? nil : formerly
        }
        if let id = message.id, !ManifestEntry.isManifestID(id) {
            throw CountyFault(
                "manifest id",
                "is not 1 to \(Limits.manifestIDCharactersMax) letters, digits and - 须为 1 至 \(Limits.manifestIDCharactersMax) 位字母、数字和 -"
            )
        }
        // Before the texts: a blank behind a number is named with it.
        try Self.checkNumbers(message.entries)
        try Self.checkForms(message.entries)
        message.entries = try message.entries.map(masked)
        if let fault = message.entries.lazy.compactMap(\.fault).first {
            guard case .text = fault.kind else {
                throw CountyFault("waybill \(fault.waybill), \(fault.field)", fault.cause, mend: fault.mend)
            }
            throw CountyFault(
                "waybill \(fault.waybill)",
                "has texts that are too long, empty or not one line 过长、为空或含控制字符: \(fault.field)",
                mend: fault.mend
            )
        }
        return message
    }

    private static func checkNumbers(_ entries: [ManifestEntry]) throws {
        guard Set(entries.map(\.waybill)).count == entries.count else {
            throw CountyFault("manifest", "holds a waybill twice 运单号重复", mend: "take one out 请删去一个")
        }
        for number in entries.flatMap({ [$0.waybill, $0.formerly] }).compactMap({ $0 }) {
            guard let reading = try? WaybillReading(number.rawValue), reading.isWaybill,
                reading.normalized == number.rawValue
            else {
                throw CountyFault("waybill \"\(number.rawValue.prefix(40))\"", "is not a waybill number 不是运单号")
            }
        }
        var claims = NumberClaims()
        for entry in entries { claims.add(entry.waybill, formerly: entry.formerly) }
        for entry in entries {
            guard let formerly = entry.formerly, claims.isDoubtful(formerly) else { continue }
            throw CountyFault(
                "waybill \(entry.waybill), formerly \(formerly)",
                NumberClaims.cause,
                mend: NumberClaims.mend
            )
        }
    }

    /// What the texts of people are held to in sheets as well, and a key that nobody types.
    private static func checkForms(_ entries: [ManifestEntry]) throws {
        for entry in entries {
            if let run = entry.run, !ManifestEntry.isRun(run) {
                throw CountyFault(
                    "waybill \(entry.waybill)",
                    "run has a colon 班次含冒号",
                    mend: "write the number alone 请只写编号"
                )
            }
            if let key = entry.recipientKey, !CountyKeys.isRecipientKey(key) {
                throw CountyFault(
                    "waybill \(entry.waybill)",
                    "recipientKey is no key of this county, which has 32 hex digits in small letters 收件人密钥不是本县的",
                    mend: "leave it out and write the phone in phoneMasked 请省略并将电话写入 phoneMasked"
                )
            }
        }
    }
}
