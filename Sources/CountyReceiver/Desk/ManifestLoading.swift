public import CountyBooks
import CountySQLite
import Crypto
import FoundationEssentials
import GRDB
import LockerDomain
import OfficeSheets
import StationBooks
import SyncWire

extension County {
    /// A manifest that was loaded.
    public struct LoadedManifest: Sendable, Hashable, Codable {
        /// Its id.
        public var manifest: String
        /// Where its parcels go.
        public var station: String
        /// Parcels on it.
        public var count: Int
        /// Hex SHA-256 of the bytes that the station fetches.
        public var sha256: String
        /// Number of the command that tells the station.
        public var command: Int
        /// Waybills whose `n` was raised so that no two codes of the station are equal.
        public var raised: [String]
        /// What is wrong with the rows that were left out.
        public var leftOut: [String] = []
        /// What the sheet has besides: columns that are not used, numbers that Excel may have cut, parcels that were collected
        /// and are left out.
        public var notes: [String] = []
    }

    /// One parcel of a manifest file.
    struct Wanted {
        var entry: ManifestEntry
        /// `n` that the file asks for.
        var n: UInt32?
        /// Row of a sheet.
        var row: Int?
    }

    /// A manifest file, read.
    struct ManifestFile {
        /// Given by the file itself.
        var id: String?
        var parcels: [Wanted]
        var faults: [SheetFault] = []
        var notes: [String] = []
    }

    /// Takes a manifest file (预报单), a sheet or JSON, into the books and queues the command that tells the station. All of
    /// it or nothing, unless bad rows are skipped; but for parcels that were collected, which stations do not expect again. A
    /// phone is kept only masked and as a keyed hash.
    ///
    /// - Parameter file: the bytes of the file.
    /// - Parameter skippingBadRows: loads the good rows of a sheet; the others are in `leftOut`. Refused for JSON.
    /// - Parameter stamp: of the entry that the audit log gets in the same transaction; `nil`: none.
    /// - Throws: `CountyFault` that names every bad row, or while the clock is in doubt.
    public func loadManifest(
        _ file: [UInt8],
        station: String,
        skippingBadRows: Bool = false,
        stamp: AuditStamp? = nil
    ) throws -> LoadedManifest {
        guard file.count <= CountyLimits.manifestFileBytesMax else {
            throw CountyFault(
                "manifest",
                "has more than \(CountyLimits.manifestFileBytesMax) bytes 超过 \(CountyLimits.manifestFileBytesMax) 字节",
                mend: "split it 请拆分"
            )
        }
        try needClock("manifest 预报单")
        let time = now()
        let read = try read(file, skippingBadRows: skippingBadRows)
        let rows = read.parcels.count + read.faults.count
        guard rows <= Limits.manifestEntriesMax else { throw Self.count(rows) }
        let villages = try registers.villageNames(county: settings.code)
        let id = read.id ?? "m\(WireTime.local(time).prefix(10).filter { $0 != "-" })-\(Hex.encode(randomBytes(3)))"
        return try store.pool.write { db in
            let record = try StationRecord.need(db, station)
            var read = read
            let unplaced = try Self.placeVillages(&read.parcels, villages)
            let strays = try Self.strays(db, read.parcels, station: record.id).merging(unplaced) { first, _ in first }
            let faults = (read.faults + strays.values).sorted { ($0.row ?? 0) < ($1.row ?? 0) }
            if !faults.isEmpty, !skippingBadRows { throw Self.refusal(faults) }
            let parcels = read.parcels.enumerated().filter { strays[$0.offset] == nil }.map(\.element)
            guard !parcels.isEmpty else { throw faults.isEmpty ? Self.count(0) : Self.refusal(faults) }
            let gone = try parcels.filter {
                try HoldBook.isCollected(db, station: record.id, $0.entry)
            }.map(\.entry.waybill)
            let collected = gone.isEmpty ? [] : [Self.collected(gone)]
            let isGone = Set(gone)
            let wanted = parcels.filter { !isGone.contains($0.entry.waybill) }
            guard !wanted.isEmpty else {
                throw CountyFault("manifest", "nothing is left to announce 没有可预报的件: \(collected.joined())")
            }
            var loaded = try keep(db, id, wanted, station: record, time: time)
            (loaded.leftOut, loaded.notes) = (SheetFault.lines(faults), read.notes + collected)
            if let stamp { try AccountTable.append(db, loaded.auditEntry(stamp)) }
            return loaded
        }
    }

    private static func collected(_ waybills: [Waybill]) -> String {
        "\(waybills.map(\.rawValue).joined(separator: " ")): collected there, not announced again 已取走，未再预报"
    }

    private static func count(_ parcels: Int) -> CountyFault {
        CountyFault(
            "manifest",
            "has \(parcels) parcels, 1 to \(Limits.manifestEntriesMax) fit "
                + "共 \(parcels) 件，须为 1 至 \(Limits.manifestEntriesMax) 件",
            mend: parcels == 0 ? "write a row for each 请每件写一行" : "split it 请拆分"
        )
    }

    private static func refusal(_ faults: [SheetFault]) -> CountyFault {
        CountyFault(
            "manifest",
            "\(faults.count) bad rows, nothing was loaded 有 \(faults.count) 行不对，没有载入\n"
                + SheetFault.lines(faults).joined(separator: "\n")
                + "\ncorrect them, or load the others with --skip-bad 请更正，或用 --skip-bad 载入其余的行"
        )
    }

    /// Rows that the books do not allow, by their place in the list: for stations that the county does not know, and with
    /// another number that is somebody else's. JSON has no rows: its first fault is thrown.
    private static func strays(_ db: Database, _ parcels: [Wanted], station: String) throws -> [Int: SheetFault] {
        var faults: [Int: SheetFault] = [:]
        for (index, parcel) in parcels.enumerated() {
            var entry = parcel.entry
            if let other = entry.station {
                do { _ = try StationRecord.need(db, other) } catch let fault as CountyFault {
                    // The whole sentence: JSON names the station alone.
                    guard let row = parcel.row else { throw fault }
                    faults[index] = SheetFault(
                        row: row,
                        column: ManifestColumn.station.names,
                        "is no station of this county 不是本县的站点",
                        mend:
                            "write its id as county-server stations shows it, or nothing for the station of the sheet "
                            + "请填写 county-server stations 所列的编号；本表的站点可留空"
                    )
                    continue
                }
            }
            if entry.station == station { entry.station = nil }
            guard let objection = try ParcelBook.objection(db, station: station, to: entry) else { continue }
            guard let row = parcel.row else { throw objection.fault }
            faults[index] = SheetFault(
                row: row,
                column: ManifestColumn.formerly.names,
                "\(entry.waybill) \(objection.cause)",
                mend: objection.mend
            )
        }
        return faults
    }

    private func read(_ file: [UInt8], skippingBadRows: Bool) throws -> ManifestFile {
        do {
            let text = try SheetText.decode(file)
            guard text.utf8.first(where: { $0 > 0x20 }) != 0x7B else {
                guard !skippingBadRows else {
                    throw CountyFault(
                        "--skip-bad",
                        "is for the rows of a sheet: JSON is loaded as a whole or not at all 只用于表格",
                        mend: "leave it out"
                    )
                }
                return try readJSON(Array(text.utf8))
            }
            let sheet = try ManifestSheet(text)
            let parcels = sheet.lines.map { line in
                var entry = line.entry
                entry.recipientKey = line.phoneDigits.map(keys.recipientKey)
                return Wanted(entry: entry, n: line.wantedN, row: line.row)
            }
            return ManifestFile(parcels: parcels, faults: sheet.faults, notes: sheet.notes)
        } catch let fault as SheetFault {
            throw CountyFault(fault.place ?? "manifest", fault.cause, mend: fault.mend)
        }
    }

    private func keep(
        _ db: Database,
        _ id: String,
        _ wanted: [Wanted],
        station: StationRecord,
        time: Int64
    ) throws -> LoadedManifest {
        var choice = try CodeChoice(db, station: station, key: codeKey(of: station))
        var entries: [ManifestEntry] = []
        var raised: [String] = []
        var awaited: [(former: Waybill, waybill: Waybill)] = []
        for parcel in wanted {
            var entry = parcel.entry
            let n = parcel.n
            if entry.station == station.id { entry.station = nil }
            let written = entry.waybill
            entry.waybill = try ParcelBook.name(db, station: station.id, of: written)
            if let former = try ParcelBook.former(db, station: station.id, of: entry) {
                awaited.append((former, entry.waybill))
            }
            entry.n = try choice.take(db, entry.waybill, wanted: n)
            if entry.n != n ?? 0 { raised.append(entry.waybill.rawValue) }
            // Told so that a parcel on the wrong van is known there; announced only where it belongs.
            if entry.station == nil { try ParcelBook.announce(db, station: station.id, entry, at: time) }
            // Joined the wrong way round: the line says which number is on the label.
            if let formerly = entry.formerly,
                try ParcelBook.name(db, station: station.id, of: formerly) == entry.waybill
            {
                entry.waybill = written
            }
            guard try CanonicalJSON.encode(entry).count <= Limits.manifestEntryBytesMax else {
                throw CountyFault(
                    "waybill \(entry.waybill)",
                    "has texts that are too long 文字过长",
                    mend: "shorten them 请缩短"
                )
            }
            entries.append(entry)
        }
        let bytes = try CanonicalJSON.encode(ManifestMessage(id: id, entries: entries))
        guard bytes.count <= Limits.answerBytesMax else {
            throw CountyFault(
                "manifest",
                "is larger than \(Limits.answerBytesMax) bytes 超过 \(Limits.answerBytesMax) 字节",
                mend: "split it 请拆分"
            )
        }
        let sha256 = Hex.encode(SHA256.hash(data: bytes))
        let reference = CommandMessage.ManifestReference(manifest: id, count: entries.count, sha256: sha256)
        try Self.insert(db, reference, bytes, station: station.id, time: time)
        let command = try CommandQueue.add(
            db,
            station: station.id,
            type: "manifest",
            data: reference,
            now: time,
            key: keys.signing
        )
        for (former, waybill) in awaited {
            try ParcelBook.wait(db, station: station.id, for: former, as: waybill, command: command.number)
        }
        return LoadedManifest(
            manifest: id,
            station: station.id,
            count: entries.count,
            sha256: sha256,
            command: command.number,
            raised: raised
        )
    }

    private static func insert(
        _ db: Database,
        _ manifest: CommandMessage.ManifestReference,
        _ bytes: [UInt8],
        station: String,
        time: Int64
    ) throws {
        try db.execute(
            sql: """
                INSERT OR IGNORE INTO manifest (station, id, bytes, sha256, count, created) VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [station, manifest.manifest, Data(bytes), manifest.sha256, manifest.count, time]
        )
        guard db.changesCount == 1 else {
            throw CountyFault(
                "manifest \(manifest.manifest)",
                "was loaded before 已载入过",
                mend: "give it another id 请换一个编号"
            )
        }
    }

    func codeKey(of station: StationRecord) throws -> CodeKey {
        guard let key = CodeKey(bytes: try keys.unlock(station.codeKey, station: station.id)) else {
            throw CountyFault(
                "code key of \(station.id)",
                "has another length 长度不符",
                mend: "restore county.sqlite 请恢复 county.sqlite"
            )
        }
        return key
    }
}

extension County.LoadedManifest {
    fileprivate func auditEntry(_ stamp: AuditStamp) -> AuditEntry {
        let detail = "\(count) parcels, \(leftOut.count + notes.count) notes"
        return AuditEntry(stamp, .manifestImported, object: "\(station) \(manifest)", detail: detail)
    }
}
