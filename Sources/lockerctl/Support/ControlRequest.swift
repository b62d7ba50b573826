import ControlAPI
import FoundationEssentials

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

    static func events(after: EventPosition?, limit: Int) -> ControlRequest {
        get(ControlPath.events + "?limit=\(limit)" + (after.map { "&after=\($0)" } ?? ""))
    }
}
