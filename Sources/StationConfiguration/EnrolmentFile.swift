import LockerDomain

/// What a new board needs to become a station (登记文件): one small TOML file, on the boot partition of an image or made by
/// `lockerctl enrol`.
///
/// ```toml
/// token = "VLE1.yc-beiliu-0231.…"
/// county = "https://county.example.cn/locker"
/// village = "140522102206"
/// board = "bench-12"
/// ```
public struct EnrolmentFile: Sendable, Hashable {
    /// The board profile whose doors are simulated.
    public static let simulatedBoard = "simulated-12"

    /// The county's one-time token; it names the station.
    public var token: String
    /// URL of the county.
    public var county: String?
    /// Path of a PEM file with the authorities that vouch for the county.
    public var authorities: String?
    /// 区划代码 of the village.
    public var village: String?
    /// Name of a board profile.
    public var board: String?

    private let path: String
    /// On which line of the file each key stands.
    private let lines: [String: Int]

    /// Reads a file and checks its form; whether the values fit the station is found by loading the whole configuration.
    public init(path: String) throws(ConfigurationFault) {
        let file = try ConfigurationFile(path: path)
        self.path = path
        lines = Dictionary(
            uniqueKeysWithValues: file.tree.keys.compactMap { key in file.line(of: [.key(key)]).map { (key, $0) } }
        )
        var table = TableReader(file: file, path: [], values: file.tree)
        token = try table.required(try table.text("token", 1...Limits.enrolmentTokenCharactersMax), "token")
        county = try table.string("county")
        if let county { _ = try table.url(county, of: "county", NetworkURL.init(county:)) }
        authorities = try table.text("ca", 1...Limits.pathCharactersMax)
        village = try table.string("village")
        board = try table.text("board", 0...Limits.nameBytesMax)
        guard board != "" else {
            throw table.fault(
                "board",
                "board is not chosen (没有选择电路板配置)",
                "write the name of this board's profile (请填写配置名称); where station.d has [[door]] blocks remove the line (自配柜门请删去此行)"
            )
        }
        try table.finish()
    }

    /// A fault of one of its keys, with the line on which the key stands.
    public func fault(_ key: String, _ cause: String, _ mend: String) -> ConfigurationFault {
        ConfigurationFault(path, lines[key], cause, mend)
    }

    /// The file for `station.d` that holds what was given, over the one that was there.
    public func overlay(station: String, over older: EnrolmentOverlay?) -> EnrolmentOverlay {
        EnrolmentOverlay(
            station: station,
            county: county ?? older?.county,
            authorities: authorities ?? older?.authorities,
            village: village ?? older?.village,
            board: board ?? older?.board
        )
    }

    /// A fault of the overlay as one of the file whose value it is: that is what a technician wrote, and can correct. The
    /// overlay was never written, so its lines stand nowhere.
    public func traced(
        _ fault: ConfigurationFault,
        in overlay: EnrolmentOverlay,
        at overlayPath: String
    ) -> ConfigurationFault {
        guard fault.file == overlayPath else { return fault }
        guard let key = fault.line.flatMap(overlay.key(onLine:)), let line = lines[key] else {
            // An earlier enrolment set it.
            return ConfigurationFault(overlayPath, nil, fault.cause, fault.mend)
        }
        let cause = fault.cause.contains(key) ? fault.cause : "\(key): \(fault.cause)"
        return ConfigurationFault(path, line, cause, fault.mend)
    }
}

/// What an enrolment keeps in `station.d/10-enrolment.toml`. A technician may change the file, or remove it.
public struct EnrolmentOverlay: Sendable, Hashable {
    public var station: String
    public var county: String?
    public var authorities: String?
    public var village: String?
    public var board: String?

    public init(station: String, county: String?, authorities: String?, village: String?, board: String?) {
        self.station = station
        self.county = county
        self.authorities = authorities
        self.village = village
        self.board = board
    }

    /// Reads the overlay of an earlier enrolment; `nil` when there is none that can be read.
    public init?(path: String) {
        guard let file = try? ConfigurationFile(path: path) else { return nil }
        func text(_ table: String, _ key: String) -> String? {
            guard case .table(let values)? = file.tree[table], case .string(let text)? = values[key] else { return nil }
            return text
        }
        guard let station = text("station", "id") else { return nil }
        self.init(
            station: station,
            county: text("county", "url"),
            authorities: text("county", "ca"),
            village: text("station", "village"),
            board: text("board", "profile")
        )
    }

    /// The file as TOML.
    public var text: String {
        var lines = ["# Written by lockerctl enrol. Later files of this folder win.", "[station]"]
        func add(_ key: String, _ value: String?) {
            if let value { lines.append("\(key) = \(Self.quoted(value))") }
        }
        add("id", station)
        add("village", village)
        if county != nil || authorities != nil { lines.append("[county]") }
        add("url", county)
        add("ca", authorities)
        if let board {
            lines.append("[board]")
            add("driver", board == EnrolmentFile.simulatedBoard ? "simulated" : "gpiod")
            add("profile", board)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The key of the enrolment file whose value stands on a line of `text`.
    func key(onLine number: Int) -> String? {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.indices.contains(number - 1) else { return nil }
        return switch lines[number - 1].prefix(while: { $0 != " " }) {
        case "id": "token"
        case "village": "village"
        case "url": "county"
        case "ca": "ca"
        case "driver", "profile": "board"
        default: nil
        }
    }

    /// A basic string of TOML 1.0.
    private static func quoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"", "\\": "\\\(scalar)"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                "\\u" + String(repeating: "0", count: scalar.value < 0x10 ? 3 : 2) + String(scalar.value, radix: 16)
            default: String(scalar)
            }
        }
        return "\"\(escaped.joined())\""
    }
}
