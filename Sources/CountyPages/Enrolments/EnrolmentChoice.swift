import CountyBooks
import LockerDomain

/// Which stations a reader may make enrolment sheets for.
struct EnrolmentChoice {
    /// By the name of their site.
    let stations: [SiteStations.Station]
    /// Sheets that may still be used, of these stations.
    let open: [OpenToken]
    private let registers: Registers
    /// Whether a station may be named that nobody knows yet: it belongs to no township.
    private let allowsNew: Bool

    /// Values of the field that chooses.
    private static let (waiting, listed, township) = ("waiting", "listed", "township ")

    init(_ desk: CountyDesk, _ request: PageRequest) throws {
        let visible = try VisibleRegisters(desk, request)
        let tokens = try desk.enrolments.openTokens()
        stations = try SiteStations(
            desk,
            visible,
            today: PageTime.day(of: request.now),
            open: Set(tokens.map(\.station))
        ).all
        let seen = Set(stations.map(\.id))
        open = tokens.filter { seen.contains($0.station) }
        (registers, allowsNew) = (visible.registers, visible.allows(stationOf: nil))
    }

    /// What may be chosen.
    var ways: [(value: String, name: Words)] {
        let waits = { (stations: [SiteStations.Station]) in stations.count { !$0.isEnrolled && !$0.isOpen } }
        let count = waits(stations)
        var ways = [
            (Self.waiting, Words("未入网且没有入网单的全部站点（\(count)）", "All that have neither enrolled nor a sheet (\(count))"))
        ]
        let byTownship = Dictionary(grouping: stations.filter { $0.township != nil }) { $0.township ?? "" }
        for (code, stations) in byTownship.sorted(by: { $0.key < $1.key }) {
            let name = registers.township(code)?.name ?? code
            let words = Words(
                "\(name)：未入网且没有入网单的（\(waits(stations)) / \(stations.count)）",
                "\(name): those with neither (\(waits(stations)) of \(stations.count))"
            )
            ways.append((Self.township + code, words))
        }
        return ways + [(Self.listed, Words("下面列出的站点", "Those listed here"))]
    }

    /// The stations that a form chooses, each once.
    ///
    /// - Throws: `FormFault` for none, for too many, and for one that cannot be.
    func chosen(by form: SentForm) throws -> [SiteStations.Station] {
        let (which, isAgain) = (form.text("which"), form.has("again"))
        let chosen: [SiteStations.Station]
        if which == Self.listed {
            chosen = try listed(form.text("list"), isAgain: isAgain)
        } else if which == Self.waiting || which.hasPrefix(Self.township) {
            let code = which == Self.waiting ? nil : String(which.dropFirst(Self.township.count))
            chosen = stations.filter { station in
                (code == nil || station.township == code) && (isAgain || !station.isEnrolled && !station.isOpen)
            }
        } else {
            throw FormFault("which", Words("请选择站点。", "Choose the stations."))
        }
        guard !chosen.isEmpty else {
            throw FormFault(
                "which",
                Words("没有需要制作的站点：都已入网，或已有未使用的入网单。", "There is none: all are enrolled or have an unused sheet.")
            )
        }
        let most = CountyPagesLimits.sheetsAtOnceMax
        guard chosen.count <= most else {
            throw FormFault(
                "which",
                Words(
                    "共 \(chosen.count) 个站点，一次最多 \(most) 个，请按乡镇分次制作。",
                    "These are \(chosen.count) stations, at most \(most) at once: make them township by township."
                )
            )
        }
        return chosen
    }

    private func listed(_ text: String, isAgain: Bool) throws -> [SiteStations.Station] {
        let marks: Set<Character> = ["、", ",", "，", ";", "；"]
        var ids: [String] = []
        for part in text.split(whereSeparator: { $0.isWhitespace || marks.contains($0) })
        where !ids.contains(String(part)) {
            ids.append(String(part))
        }
        guard !ids.isEmpty else {
            throw FormFault("list", Words("请列出站点编号。", "List the ids of the stations."))
        }
        let known = Dictionary(stations.map { ($0.id, $0) }) { first, _ in first }
        return try ids.map { id in
            guard StationID.isValid(id) else {
                throw FormFault(
                    "list",
                    Words(
                        "“\(id.prefix(Limits.stationIDCharactersMax))”不是站点编号：请用小写字母、数字和连字符。",
                        "“\(id.prefix(Limits.stationIDCharactersMax))” is no id of a station: use \(StationID.form)."
                    )
                )
            }
            guard let station = known[id] else {
                guard allowsNew else {
                    throw FormFault(
                        "list",
                        Words("\(id) 不是您范围内的站点。", "\(id) is no station within what you may see.")
                    )
                }
                return SiteStations.Station(id: id, site: nil, isKnown: false, isEnrolled: false, isOpen: false)
            }
            guard isAgain || !station.isEnrolled && !station.isOpen else {
                throw FormFault(
                    "list",
                    Words(
                        "\(id) 已入网或已有未使用的入网单：确需重做请勾选下面的选项。",
                        "\(id) is enrolled or has an unused sheet: tick the box below if it needs another one."
                    )
                )
            }
            return station
        }
    }
}
