import ControlAPI
import FoundationEssentials
import LockerDomain

/// One question to the daemon.
struct ControlRequest: Sendable {
    var path: String
    /// Body of a `POST`; a `GET` has none.
    var body: [UInt8]?
    var seconds = ControlLimits.replySeconds

    static func get(_ path: String) -> ControlRequest { ControlRequest(path: path) }

    static func post(
        _ path: String,
        _ body: some Encodable,
        seconds: Int64 = ControlLimits.replySeconds
    ) throws -> ControlRequest {
        ControlRequest(path: path, body: Array(try JSONEncoder().encode(body)), seconds: seconds)
    }

    static func report(_ period: String, of: String?) -> ControlRequest {
        // What is not a date is refused with words by the station; only what would break the line is encoded here.
        let of = of.map { "&of=\($0.percentEncoded)" } ?? ""
        return ControlRequest(path: ControlPath.report + "?period=\(period)\(of)", seconds: ControlLimits.reportSeconds)
    }

    static func events(after: JournalPosition?, limit: Int) -> ControlRequest {
        get(ControlPath.events + "?limit=\(limit)" + (after.map { "&after=\($0)" } ?? ""))
    }
}

extension String {
    /// The text as a part of a URL.
    var percentEncoded: String {
        utf8.map { unit in
            switch unit {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: String(Unicode.Scalar(unit))
            default: "%" + (unit < 16 ? "0" : "") + String(unit, radix: 16, uppercase: true)
            }
        }.joined()
    }
}
