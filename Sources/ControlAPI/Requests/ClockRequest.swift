import LockerDomain

/// Body of `POST /v1/actions/clock`.
public struct ClockRequest: Sendable, Hashable, Codable {
    /// `2026-11-29 14:05`, in Shanghai, or with a zone as RFC 3339 has it; seconds may be given.
    public var time: String
    /// Sets it also where something speaks against it; absent means no.
    public var force: Bool?

    /// A request to set the time of a station.
    public init(time: String, force: Bool? = nil) {
        self.time = time
        self.force = force
    }

    /// Milliseconds since 1970. Throws a `Fault` with the forms that are read.
    public func wall() throws(Fault) -> Int64 {
        guard let wall = Self.milliseconds(time) else {
            throw Fault(
                .invalid,
                "time is \"\(time.prefix(64).description.printable)\": give date and time of Shanghai, like \"2026-11-29 14:05\", "
                    + "or with a zone, like 2026-11-29T06:05:00Z (请输入日期和时间)"
            )
        }
        return wall
    }

    private static func milliseconds(_ text: String) -> Int64? {
        let form = /(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?/
            .asciiOnlyDigits()
        guard let found = text.wholeMatch(of: form)?.output, let day = CivilDay(String(found.1)),
            let hour = Int64(found.2), let minute = Int64(found.3), let second = Int64(found.4 ?? "0"),
            let offset = minutes(ofZone: found.5 ?? "+08:00"), hour < 24, minute < 60, second < 60
        else { return nil }
        return (((day.number * 24 + hour) * 60 + minute - offset) * 60 + second) * 1_000
    }

    /// Minutes that a zone is ahead of UTC.
    private static func minutes(ofZone zone: Substring) -> Int64? {
        guard zone != "Z" else { return 0 }
        let parts = zone.dropFirst().split(separator: ":").compactMap { Int64($0) }
        guard parts.count == 2, parts[0] < 24, parts[1] < 60 else { return nil }
        return (zone.first == "-" ? -1 : 1) * (parts[0] * 60 + parts[1])
    }
}
