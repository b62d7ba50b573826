import ControlAPI
import Hummingbird
import HummingbirdCore
import LockerDomain
import StationBooks
import StationPorts

/// Query of `GET /v1/report`: which day or month is asked for.
struct ReportQuery {
    var kind: ReportPeriod.Kind
    /// `nil`: the present one.
    var period: ReportPeriod?

    init(_ request: Request) throws {
        let query = request.uri.queryParameters
        let kind = try query["period"].map { text in
            guard let kind = ReportPeriod.Kind(rawValue: String(text)) else {
                throw Fault(.invalid, "period is \"\(text)\": give day or month")
            }
            return kind
        }
        self.kind = kind ?? .day
        let example = self.kind == .day ? "a day, like 2026-11-21" : "a month, like 2026-11"
        let wanted = self.kind
        period = try query["of"].map { text in
            guard let period = ReportPeriod(wanted, String(text)) else {
                throw Fault(.invalid, "of is \"\(text)\": give \(example)")
            }
            return period
        }
    }

    func reply(from port: any ControlPort) async throws -> ReportReply {
        let view = await port.view()
        // A clock that fell back after a power cut is not asked which day it is; the journal knows one at least as late.
        let wall = view.now.clock.isDated ? view.now.wall : max(view.now.wall, view.state.trustedTime)
        let today = Moment(wall: wall, uptime: view.now.uptime, clock: view.now.clock).shanghaiDay
        let report = try await port.report(period ?? ReportPeriod(kind, holding: today))
        return ReportReply(report, station: view.station)
    }
}
