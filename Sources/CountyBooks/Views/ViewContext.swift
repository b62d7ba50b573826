import LockerDomain

/// Who reads a view, at which moment, and what the registers say. Every view is made with one.
public struct ViewContext: Sendable {
    public var registers: Registers
    public var visibility: Visibility
    /// The county's clock, milliseconds since 1970.
    public var now: Int64

    public init(_ registers: Registers, _ visibility: Visibility = .county, now: Int64) {
        (self.registers, self.visibility, self.now) = (registers, visibility, now)
    }

    /// Today in Asia/Shanghai, counted from 1970-01-01.
    public var today: Int64 { ReportPeriod.day(ofWall: now) }

    // MARK: Where things are

    /// The site of a station on a day, today if none is given.
    func site(of station: String, on day: Int64? = nil) -> Site? {
        registers.site(ofStation: station, on: day ?? today)
    }

    /// 区划代码 of the village that something counts for: the one that is written where the register knows it, else that of
    /// the site; `nil` when neither is known.
    func village(_ written: String?, at station: String, on day: Int64? = nil) -> String? {
        written.flatMap(registers.villageCode) ?? site(of: station, on: day)?.village
    }

    /// 区划代码 of the township of a village.
    static func township(of village: String) -> String { String(village.prefix(RegisterCodes.townshipDigits)) }

    /// Name of the township of a village on a day, today if none is given; its code where the register has no name.
    func townshipName(of village: String, on day: Int64? = nil) -> String {
        let day = day ?? today
        let code = registers.village(village, on: day)?.township ?? Self.township(of: village)
        return registers.township(code, on: day)?.name ?? code
    }

    /// Name of a village on a day, today if none is given; its code where the register has no name.
    func villageName(_ code: String, on day: Int64? = nil) -> String {
        registers.village(code, on: day ?? today)?.name ?? code
    }

    // MARK: What may be shown

    /// Whether pages of stations may be read: doors and runs of a station tell of other brands.
    var readsStations: Bool { visibility.brands == nil }

    /// Whether a station may be named, by the site to which it belongs.
    func allows(station: String, on day: Int64? = nil) -> Bool {
        let site = site(of: station, on: day)
        return visibility.allows(township: site.map { Self.township(of: $0.village) })
            && visibility.allows(firm: site?.operatorName)
    }

    /// Whether a site may be named.
    func allows(site: Site) -> Bool {
        visibility.allows(township: Self.township(of: site.village)) && visibility.allows(firm: site.operatorName)
    }

    /// Whether a firm handles a piece at a station: the one that the piece names, else that of the site, as counts have it.
    func allows(operatorName: String, at station: String) -> Bool {
        visibility.allows(firm: Piece.firm(operatorName) ?? site(of: station)?.operatorName)
    }

    /// Whether a piece may be shown: by its brand, the firm that handles it, and the township of its site or its
    /// village.
    ///
    /// A reader who has a piece in a count (`CountFilter`) sees the piece. Counts are of the site of their day, so a piece
    /// belongs to the sites that its station had while it was there, and to their firms, wherever the station stands now.
    func allows(_ held: PieceOfStation) -> Bool {
        guard visibility != .county else { return true }
        let piece = held.piece
        let own = piece.village.flatMap(registers.villageCode)
        func isSeen(at site: Site?) -> Bool {
            [site?.village, own].contains { village in
                visibility.allows(
                    township: village.map(Self.township),
                    firm: piece.firm ?? site?.operatorName,
                    brand: piece.brand
                )
            }
        }
        let sites = registers.sites(ofStation: held.station, in: days(of: piece))
        return sites.isEmpty ? isSeen(at: nil) : sites.contains(where: isSeen)
    }

    /// The days on which a piece was at its station, as far as its times tell.
    private func days(of piece: Piece) -> ClosedRange<Int64> {
        let times = [piece.arrivedAt, piece.storedAt, piece.noticedAt, piece.overdueAt, piece.endedAt]
        let days = times.compactMap { time in time.map { ReportPeriod.day(ofWall: $0) } }
        let last = piece.endedAt.map { ReportPeriod.day(ofWall: $0) } ?? today
        let first = min(days.min() ?? last, last)
        return first...last
    }
}
