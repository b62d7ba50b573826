/// What a technician or the county may set for a station (`[policy]`, DESIGN 4.1); the defaults are DOMAIN 7.
public struct Policy: Sendable, Hashable, Codable {
    /// Hold period (保管期) in hours.
    public var holdHours = 72
    /// Hold period of chilled goods in hours.
    public var chilledHoldHours = 24
    /// Hours after the notice at which reminders are due, rising.
    public var reminderHours = [24, 48]
    /// What happens to a parcel whose recipient did not agree to a locker.
    public var withoutConsent = WithoutConsent.refuse
    /// Whether a typed code also asks the last four digits of the phone.
    public var asksLastFour = false
    /// Whether the checklist of a session needs its card; otherwise the first parcel implies it.
    public var checklistNeedsCard = false
    /// Whether drop-offs and deposits by villagers need a working camera that covers them (令2019-16).
    public var cameraGate = true
    /// Whether the station serves the public welfare: no fee is possible (浙江省快递业促进条例 32).
    public var publicWelfare = true
    /// The published line of the tariff; without it no fee is possible.
    public var tariff: TariffLine?
    /// Prefixes of the 区划代码 that the operator has filed for; empty: anywhere.
    public var filedArea: [String] = []
    /// Whether unattended drop-offs are taken.
    public var dropOff = true
    /// What the number of a real-name record looks like (实名收寄).
    public var realName = RealNameForm()

    public init() {}

    /// What happens without consent.
    public enum WithoutConsent: String, Sendable, Codable, CaseIterable {
        case refuse, flag
    }

    /// Whether the operator has filed for the village of the station.
    public func hasFiled(_ village: String) -> Bool {
        filedArea.isEmpty || filedArea.contains { village.hasPrefix($0) }
    }
}

/// The published line of the tariff (收费公示): so much for each started period after the hold period.
public struct TariffLine: Sendable, Hashable, Codable {
    public var name: String
    /// Length of one period in hours, at least 1.
    public var periodHours: Int
    /// Price of one period in fen.
    public var fen: Int
    /// Most that a parcel can cost in fen.
    public var fenMax: Int

    public init(name: String, periodHours: Int, fen: Int, fenMax: Int) {
        self.name = name
        self.periodHours = periodHours
        self.fen = fen
        self.fenMax = fenMax
    }
}

/// What was due, by a published line; never typed by anybody.
public struct Fee: Sendable, Hashable, Codable {
    public var line: String
    public var fen: Int

    package init(line: String, fen: Int) {
        (self.line, self.fen) = (line, fen)
    }

    private enum CodingKeys: String, CodingKey { case line, fen }

    public init(from decoder: any Decoder) throws {
        let box = try decoder.container(keyedBy: CodingKeys.self)
        (line, fen) = (try box.decode(String.self, forKey: .line), try box.decode(Int.self, forKey: .fen))
        // They are added up.
        guard (0...Limits.feeFenMax).contains(fen) else {
            throw DecodingError.dataCorruptedError(
                forKey: .fen,
                in: box,
                debugDescription: "a fee is 0 to \(Limits.feeFenMax) fen"
            )
        }
    }
}

/// What a station promises in public (公开服务承诺, DOMAIN 4.6).
public struct PublicPromise: Sendable, Hashable, Codable {
    /// Opening hours as they are printed: `08:00-20:00`.
    public var hours: String
    /// Phone of the keeper.
    public var phone: String
    /// Number of the outlet's filing (末端网点备案).
    public var filingNumber: String
    /// Hotline for complaints.
    public var hotline: String

    public init(hours: String = "", phone: String = "", filingNumber: String = "", hotline: String = "12305") {
        self.hours = hours
        self.phone = phone
        self.filingNumber = filingNumber
        self.hotline = hotline
    }
}
