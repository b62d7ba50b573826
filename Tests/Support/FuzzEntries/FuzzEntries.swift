import CameraProbes
import CountyBooks
import LockerDomain
import OfficeSheets
import StationBooks
import StationCore
import StationEngine
import StationPorts
import StationRules
import SyncWire
import USBScanner

/// Feeds outside bytes to every parser of them. The first byte chooses the parser, so that one corpus serves all.
/// Nothing may trap, whatever comes; properties that must hold are preconditions.
public enum FuzzEntries {
    /// Names of the parsers, in the order of the first byte.
    public static let names = [
        "scan", "token", "keyboard", "batch", "headers", "event", "camera", "answer", "gzip", "sheet", "toml",
        "manifest", "register", "form", "multipart", "query", "visitor",
    ]

    /// One input.
    public static func run(_ input: [UInt8]) {
        guard let choice = input.first else { return }
        let bytes = Array(input.dropFirst())
        let text = String(decoding: bytes, as: UTF8.self)
        switch names[Int(choice) % names.count] {
        case "scan": scan(text)
        case "token": token(text)
        case "keyboard": keyboard(bytes)
        case "batch": batch(bytes)
        case "headers": headers(text)
        case "event": event(bytes)
        case "camera": camera(bytes, text)
        case "answer": answer(bytes, text)
        case "sheet": sheet(bytes)
        case "toml": _ = TOMLFences.fault(in: text)
        case "manifest": manifest(bytes)
        case "register": register(bytes)
        case "form": form(bytes)
        case "multipart": multipart(bytes)
        case "query": query(text)
        case "visitor": visitor(text)
        default: _ = try? Gzip.inflate(bytes, limit: 1 << 16)
        }
    }

    private static func scan(_ text: String) {
        guard let scan = try? ScanText(text) else { return }
        if !scan.text.utf8.contains(UInt8(ascii: "\\")) {
            precondition((try? ScanText(scan.text).text) == scan.text, "nothing is left to be taken off")
        }
        if let plate = NumberPlate(scan.text) {
            precondition(NumberPlate(plate.ascii) == plate, "a plate reads back from ASCII")
            precondition(NumberPlate(plate.description) == plate, "a plate reads back as it is written")
        }
        _ = Card(text: scan.text)
        _ = try? RealNameForm().number(scan.text)
        let reading = WaybillReading(scan)
        if reading.kind == .waybill {
            precondition(reading.normalized.utf8.count <= Limits.waybillCharactersMax, "a waybill has its limit")
        }
    }

    private static func token(_ text: String) {
        if let bytes = DecimalText.decode(text) {
            precondition(DecimalText.encode(bytes) == text, "each value has one spelling")
        }
        guard let key = CodeKey(bytes: Array(0..<32)) else { return }
        _ = try? Token.read(text, countyKey: nil, codeKey: key)
        _ = PickupCode(typed: text)
    }

    private static func keyboard(_ bytes: [UInt8]) {
        var decoder = HIDKeyboardDecoder(role: bytes.count.isMultiple(of: 2) ? .scanner : .keypad)
        var time: Int64 = 0
        for start in stride(from: 0, to: bytes.count, by: 8) {
            time += Int64(bytes[start])
            let lines = decoder.feed(report: bytes[start..<min(start + 8, bytes.count)], at: time)
            for line in lines {
                precondition(line.unicodeScalars.count <= Limits.scanCharactersMax + 1, "a line has its limit")
            }
        }
        _ = decoder.idle(at: time + 60_000)
    }

    private static func batch(_ bytes: [UInt8]) {
        guard let lines = try? Batch.split(bytes, limit: Limits.batchEventsMax) else { return }
        precondition(Batch.join(lines) == bytes, "a batch that splits joins to the same bytes")
    }

    private static func headers(_ text: String) {
        if let chain = ChainHeader(text) { precondition(ChainHeader(chain.text) == chain, "a header reads back") }
        _ = MessageSignature.keyID(in: text)
        _ = MessageSignature.bytes(in: text)
        _ = ContentDigest.matches(text, body: [])
        _ = LockerCounter(text)
        _ = EnrolmentToken(text)
        if let milliseconds = WireTime.milliseconds(text) {
            // 31 February is read as 2 or 3 March, as every calendar library would; it must then be stable.
            precondition(WireTime.milliseconds(WireTime.text(milliseconds)) == milliseconds, "a time reads back")
        }
    }

    private static func event(_ bytes: [UInt8]) {
        guard let line = try? EventLine(decoding: bytes) else { return }
        var state = StationState()
        state.apply(line.event, at: line.time)
        _ = try? line.encoded()
    }

    private static func camera(_ bytes: [UInt8], _ text: String) {
        var reply = RTSPReply()
        for start in stride(from: 0, to: bytes.count, by: 7) {
            if reply.feed(bytes[start..<min(start + 7, bytes.count)]) != .needMore { break }
        }
        if let url = try? NetworkURL(camera: text) {
            precondition(!"\(url)".contains("@"), "a login is not kept")
            let again = try? NetworkURL(camera: "\(url)")
            precondition(again?.host == url.host && again?.description == url.description, "a URL reads back")
        }
        _ = try? NetworkURL(county: text)
    }

    private static func sheet(_ bytes: [UInt8]) {
        guard let text = try? SheetText.decode(bytes), let sheet = try? ManifestSheet(text) else { return }
        precondition(Set(sheet.lines.map(\.entry.waybill)).count == sheet.lines.count, "a number stands there once")
        precondition(SheetFault.lines(sheet.faults).count <= sheet.faults.count, "a row is named once")
        precondition(sheet.lines.allSatisfy { $0.entry.fault == nil }, "what the county takes, a station takes")
    }

    /// The next byte chooses the register.
    private static func register(_ bytes: [UInt8]) {
        guard let choice = bytes.first, let text = try? SheetText.decode(Array(bytes.dropFirst())) else { return }
        let kind = RegisterKind.allCases[Int(choice) % RegisterKind.allCases.count]
        guard let sheet = try? RegisterSheet(kind, text: text) else { return }
        let rows = sheet.lines.map(\.dated)
        let written = Table.canonicalCSV(header: RegisterSheet.header(kind), rows: rows.map(RegisterSheet.cells))
        let again = try? RegisterSheet(kind, text: String(decoding: written, as: UTF8.self))
        precondition(rows.isEmpty || again?.lines.map(\.dated) == rows, "what is exported is loaded again as it was")
        let checked = sheet.checked(against: RegisterNames(county: "140522", stations: ["yc-beiliu-0231"], rows: rows))
        precondition(checked.rows.isEmpty || checked.faults.isEmpty, "nothing is loaded beside a fault")
        precondition(checked.faults.allSatisfy { $0.row != nil }, "a fault names its row")
    }

    private static func manifest(_ bytes: [UInt8]) {
        guard let manifest = try? CanonicalJSON.decode(ManifestMessage.self, from: bytes) else { return }
        for entry in manifest.entries where entry.fault == nil {
            let size = (try? CanonicalJSON.encode(entry).count) ?? 0
            precondition(size <= Limits.manifestEntryBytesMax, "what passes the check has its limit")
        }
        let faults = manifest.unread + manifest.entries.compactMap(\.fault)
        precondition(faults.allSatisfy { $0.description.isOneLine }, "a fault is one line")
        var station = Station(settings: StationSettings(id: "yc", doors: []))
        let kind = Command.Kind.manifest(id: manifest.id, entries: manifest.entries, unread: manifest.unread)
        let decision = station.decide(
            .command(Command(id: "c", number: 1, kind: kind)),
            at: Moment(wall: 0, uptime: 0, clock: .ntp)
        )
        for case .commandFailed(let fact) in decision.events {
            precondition(fact.reason.count <= Limits.commandReasonCharactersMax, "a reason has its limit")
        }
    }

    private static func answer(_ bytes: [UInt8], _ text: String) {
        guard let county = CountyKey(bytes: [UInt8](repeating: 9, count: 32)) else { return }
        let headers = text.split(separator: "\n").prefix(8).compactMap { line -> (name: String, value: String)? in
            let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
            return parts.count == 2 ? (parts[0].lowercased(), parts[1]) : nil
        }
        _ = Verdict(UplinkReply(status: 200, headers: headers, body: bytes), to: [], from: county)
        _ = try? CanonicalJSON.decode(CommandMessage.self, from: bytes)
    }
}
