import LockerDomain

/// `[policy]` with its tariff, gathered over all files: the one table that the county may set too (DESIGN 4.1).
struct PolicyTable {
    private(set) var policy = Policy()
    private(set) var defaultSize = Size.medium
    /// Where the line of the tariff stands, and where the filed area does.
    private var tariffReader: TableReader?
    private var areaReader: TableReader?

    /// Longest hold period, and latest reminder, in hours: thirty days.
    private static let hoursMax = 720
    /// Reminders of one parcel.
    private static let remindersMax = 8
    /// Prefixes of the filed area.
    private static let areasMax = 200
    /// Issuers of real-name records.
    private static let issuersMax = 20
    /// Fewer characters than this would name nobody's record.
    private static let realNameCharactersMin = 6
    /// Highest price in fen: 1,000 yuan.
    private static let fenMax = 100_000

    mutating func take(_ table: inout TableReader) throws(ConfigurationFault) {
        if table.values["hotline"] != nil {
            throw table.fault("hotline", "hotline stands in [policy]", "move it to [promise]")
        }
        defaultSize = try table.choice("default_size", of: Size.self) ?? defaultSize
        let hours = 1...Self.hoursMax
        policy.holdHours = try table.integer("hold_hours", in: hours) ?? policy.holdHours
        policy.chilledHoldHours = try table.integer("chilled_hold_hours", in: hours) ?? policy.chilledHoldHours
        if let reminders = try table.integers("reminder_hours", in: hours) {
            guard reminders.count <= Self.remindersMax, zip(reminders, reminders.dropFirst()).allSatisfy(<) else {
                throw table.fault(
                    "reminder_hours",
                    "reminder_hours does not rise, or has more than \(Self.remindersMax) numbers",
                    "write [24, 48]"
                )
            }
            policy.reminderHours = reminders
        }
        policy.withoutConsent =
            try table.choice("without_consent", of: Policy.WithoutConsent.self) ?? policy.withoutConsent
        policy.asksLastFour = try table.bool("asks_last_four") ?? policy.asksLastFour
        policy.checklistNeedsCard = try table.bool("checklist_needs_card") ?? policy.checklistNeedsCard
        policy.cameraGate = try table.bool("camera_gate") ?? policy.cameraGate
        policy.publicWelfare = try table.bool("public_welfare") ?? policy.publicWelfare
        policy.dropOff = try table.bool("drop_off") ?? policy.dropOff
        try takeRealName(&table)
        try takeArea(&table)
        try takeTariff(&table)
        try table.finish()
    }

    private mutating func takeRealName(_ table: inout TableReader) throws(ConfigurationFault) {
        if let issuers = try table.strings("real_name_issuers") {
            let isIssuer: (String) -> Bool = {
                RealNameForm.issuerCharacters.contains($0.utf8.count)
                    && $0.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }
            }
            guard issuers.count <= Self.issuersMax, issuers.allSatisfy(isIssuer) else {
                throw table.fault(
                    "real_name_issuers",
                    "real_name_issuers is not at most \(Self.issuersMax) names of 2 to 12 capitals and digits",
                    "write [\"SM\"]"
                )
            }
            policy.realName.issuers = issuers
        }
        let charactersMax = Limits.noteCharactersMax - RealNameForm.issuerCharacters.upperBound
        let characters = Self.realNameCharactersMin...charactersMax
        policy.realName.charactersMin =
            try table.integer("real_name_characters", in: characters) ?? policy.realName.charactersMin
    }

    private mutating func takeArea(_ table: inout TableReader) throws(ConfigurationFault) {
        guard let areas = try table.strings("filed_area") else { return }
        for area in areas where !(2...12).contains(area.utf8.count) || !area.isDigits {
            throw table.fault("filed_area", "filed_area holds \"\(area)\"", "write 2 to 12 digits of a 区划代码")
        }
        guard areas.count <= Self.areasMax else {
            throw table.fault("filed_area", "filed_area has more than \(Self.areasMax) items", "use shorter prefixes")
        }
        policy.filedArea = areas
        areaReader = table
    }

    /// Reads `[[policy.tariff]]`, or `[[tariff]]` of the whole file; its line takes the place of the one before it, and
    /// an empty list takes that away.
    mutating func takeTariff(_ parent: inout TableReader) throws(ConfigurationFault) {
        let lines = try parent.tables("tariff")
        guard parent.values["tariff"] != nil else { return }
        guard lines.count <= 1 else {
            // Nothing would say which of two lines a parcel is charged by.
            throw lines[1].fault(nil, "a second line of the tariff: only one counts", "keep one of them")
        }
        policy.tariff = nil
        tariffReader = lines.first
        guard var table = lines.first else { return }
        let line = TariffLine(
            name: try table.name("name"),
            periodHours: try table.required(
                table.integer("period_hours", in: 1...Self.hoursMax),
                "period_hours"
            ),
            fen: try table.required(table.integer("fen", in: 1...Self.fenMax), "fen"),
            fenMax: try table.required(table.integer("fen_max", in: 1...Self.fenMax), "fen_max")
        )
        guard line.fenMax >= line.fen else {
            throw table.fault("fen_max", "fen_max is below fen", "no parcel costs less than one period")
        }
        policy.tariff = line
        try table.finish()
    }

    /// What only all files together tell: in public welfare no fee is possible (浙江省快递业促进条例 32).
    func check() throws(ConfigurationFault) {
        guard policy.publicWelfare, let line = policy.tariff, let tariffReader else { return }
        throw tariffReader.fault(
            nil,
            "tariff line \(line.name), but public_welfare = true: then no fee is possible",
            "remove the line, or write public_welfare = false in [policy]"
        )
    }

    /// What is allowed but stops all outbound work at this village.
    func warning(village: String) -> String? {
        guard !policy.hasFiled(village), let areaReader else { return nil }
        let fault = areaReader.fault(
            "filed_area",
            village.isEmpty ? "filed_area without [station] village" : "village \(village) is outside filed_area",
            "no outbound parcel is taken here; correct one of them"
        )
        return fault.description
    }
}

/// `[promise]`: what the station promises in public (公开服务承诺, DOMAIN 4.6). Shown and printed, never acted upon.
struct PromiseTable {
    private(set) var promise = PublicPromise()

    /// Characters of one text: what fits beside its label on the screen.
    private static let textCharactersMax = 40

    mutating func take(_ table: inout TableReader) throws(ConfigurationFault) {
        promise.hours = try table.text("hours", 0...Self.textCharactersMax) ?? promise.hours
        promise.phone = try table.text("phone", 0...Self.textCharactersMax) ?? promise.phone
        promise.filingNumber = try table.text("filing_number", 0...Self.textCharactersMax) ?? promise.filingNumber
        promise.hotline = try table.text("hotline", 0...Self.textCharactersMax) ?? promise.hotline
        try table.finish()
    }
}

extension String {
    /// Whether there are only ASCII digits in it.
    var isDigits: Bool { utf8.allSatisfy { (0x30...0x39).contains($0) } }
}
