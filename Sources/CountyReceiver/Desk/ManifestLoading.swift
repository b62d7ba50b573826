import Crypto
import FoundationEssentials
import GRDB
import LockerDomain
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
    }

    /// Takes a manifest file (预报单), CSV or JSON, into the books and queues the command that tells the station.
    /// All of it or nothing. A phone is kept only masked and as a keyed hash.
    ///
    /// - Parameter file: the bytes of the file.
    /// - Throws: `CountyFault` that names every bad line.
    public func loadManifest(_ file: [UInt8], station: String) throws -> LoadedManifest {
        guard file.count <= CountyLimits.manifestFileBytesMax else {
            throw CountyFault("manifest", "has more than \(CountyLimits.manifestFileBytesMax) bytes", mend: "split it")
        }
        guard let text = String(validating: file, as: UTF8.self) else {
            throw CountyFault("manifest", "is not UTF-8", mend: "save it as CSV UTF-8 (另存为 CSV UTF-8)")
        }
        let time = now()
        var wanted: [(entry: ManifestEntry, n: UInt32?)]
        var id = "m\(WireTime.local(time).prefix(10).filter { $0 != "-" })-\(Hex.encode(randomBytes(3)))"
        if text.utf8.first(where: { $0 > 0x20 }) == 0x7B {
            let message = try Self.json(file)
            if !message.id.isEmpty { id = message.id }
            wanted = try message.entries.map { entry in
                var entry = entry
                if let text = entry.phoneMasked {
                    guard let phone = SheetPhone(text) else {
                        throw CountyFault("waybill \(entry.waybill)", "phoneMasked is no phone, masked or whole")
                    }
                    entry.phoneMasked = phone.masked
                    entry.recipientKey = phone.digits.map(keys.recipientKey) ?? entry.recipientKey
                }
                return (entry, entry.n)
            }
        } else {
            wanted = try sheetEntries(text)
        }
        guard (1...Limits.manifestEntriesMax).contains(wanted.count) else {
            throw CountyFault(
                "manifest",
                "has \(wanted.count) parcels, 1 to \(Limits.manifestEntriesMax) fit",
                mend: "split it"
            )
        }
        let manifestID = id
        let entries = wanted
        return try store.pool.write { db in
            try keep(db, manifestID, entries, station: StationRecord.need(db, station), time: time)
        }
    }

    private static func json(_ file: [UInt8]) throws -> ManifestMessage {
        do {
            let message = try CanonicalJSON.decode(ManifestMessage.self, from: file)
            let allowed = message.id.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || $0 == 0x2D
            }
            guard allowed, message.id.utf8.count <= 64 else {
                throw CountyFault("manifest id", "is not 1 to 64 letters, digits and -")
            }
            let waybills = Set(message.entries.map(\.waybill))
            guard waybills.count == message.entries.count else {
                throw CountyFault("manifest", "holds a waybill twice", mend: "take one out")
            }
            for entry in message.entries {
                guard let reading = try? WaybillReading(entry.waybill.rawValue), reading.isWaybill,
                    reading.normalized == entry.waybill.rawValue
                else {
                    throw CountyFault("waybill \"\(entry.waybill.rawValue.prefix(40))\"", "is not a waybill number")
                }
            }
            return message
        } catch let fault as CountyFault {
            throw fault
        } catch let fault as ManifestFault {
            throw CountyFault(
                "waybill \(fault.waybill)",
                "has texts that are too long, or empty: \(fault.field)",
                mend: "write 1 to \(fault.charactersMax) characters"
            )
        } catch {
            throw CountyFault("manifest", "is no JSON manifest (\(error))", mend: "write {\"id\":…,\"entries\":[…]}")
        }
    }

    private func sheetEntries(_ text: String) throws -> [(entry: ManifestEntry, n: UInt32?)] {
        let sheet = try ManifestSheet(text)
        guard sheet.faults.isEmpty else {
            let named = sheet.faults.prefix(CountyLimits.namedFaultsMax).joined(separator: "\n")
            let more = sheet.faults.count - CountyLimits.namedFaultsMax
            throw CountyFault(
                "manifest",
                "\(sheet.faults.count) bad lines, nothing was loaded\n\(named)"
                    + (more > 0 ? "\nand \(more) more" : "")
            )
        }
        return sheet.lines.map { line in
            var entry = line.entry
            entry.recipientKey = line.phoneDigits.map(keys.recipientKey)
            return (entry, line.wantedN)
        }
    }

    private func keep(
        _ db: Database,
        _ id: String,
        _ wanted: [(entry: ManifestEntry, n: UInt32?)],
        station: StationRecord,
        time: Int64
    ) throws -> LoadedManifest {
        var choice = try CodeChoice(db, station: station, key: codeKey(of: station))
        var entries: [ManifestEntry] = []
        var raised: [String] = []
        for (entry, n) in wanted {
            var entry = entry
            if entry.station == station.id { entry.station = nil }
            entry.n = try choice.take(db, entry.waybill, wanted: n)
            if entry.n != n ?? 0 { raised.append(entry.waybill.rawValue) }
            if let other = entry.station {
                // Told so that a parcel on the wrong van is known there; announced only where it belongs.
                _ = try StationRecord.need(db, other)
            } else {
                try ParcelBook.announce(db, station: station.id, entry, at: time)
            }
            guard try CanonicalJSON.encode(entry).count <= CountyLimits.manifestEntryBytesMax else {
                throw CountyFault("waybill \(entry.waybill)", "has texts that are too long", mend: "shorten them")
            }
            entries.append(entry)
        }
        let bytes = try CanonicalJSON.encode(ManifestMessage(id: id, entries: entries))
        guard bytes.count <= Limits.answerBytesMax else {
            throw CountyFault("manifest", "is larger than \(Limits.answerBytesMax) bytes", mend: "split it")
        }
        let sha256 = Hex.encode(SHA256.hash(data: bytes))
        try db.execute(
            sql: """
                INSERT OR IGNORE INTO manifest (station, id, bytes, sha256, count, created) VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [station.id, id, Data(bytes), sha256, entries.count, time]
        )
        guard db.changesCount == 1 else {
            throw CountyFault("manifest \(id)", "was loaded before", mend: "give it another id")
        }
        let reference = CommandMessage.ManifestReference(manifest: id, count: entries.count, sha256: sha256)
        let command = try CommandQueue.add(
            db,
            station: station.id,
            type: "manifest",
            data: reference,
            now: time,
            key: keys.signing
        )
        return LoadedManifest(
            manifest: id,
            station: station.id,
            count: entries.count,
            sha256: sha256,
            command: command.number,
            raised: raised
        )
    }

    func codeKey(of station: StationRecord) throws -> CodeKey {
        guard let key = CodeKey(bytes: try keys.unlock(station.codeKey, station: station.id)) else {
            throw CountyFault("code key of \(station.id)", "has another length", mend: "restore county.sqlite")
        }
        return key
    }
}
