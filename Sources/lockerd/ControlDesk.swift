import LockerDomain
import StationBooks
import StationPorts
import Synchronization

/// One control port for the life of the daemon: behind it stands the station that waits, then the one that runs.
final class ControlDesk: ControlPort {
    private let current: Mutex<any ControlPort>

    init(_ port: any ControlPort) { current = Mutex(port) }

    func connect(_ port: any ControlPort) { current.withLock { $0 = port } }

    private var port: any ControlPort { current.withLock { $0 } }

    func view() async -> StationView { await port.view() }
    func screen() async -> ScreenView { await port.screen() }
    func uplink() async -> UplinkStatus { await port.uplink() }

    func lines(after position: JournalPosition?, limit: Int) async throws -> [JournalLine] {
        try await port.lines(after: position, limit: limit)
    }

    func report(_ period: ReportPeriod) async throws(ControlFault) -> StationReport { try await port.report(period) }

    func scan(_ text: String, role: ScannerRole) async throws(ControlFault) -> [Answer] {
        try await port.scan(text, role: role)
    }

    func clock() async -> ClockReading { await port.clock() }

    func setClock(_ wall: Int64, isForced: Bool, by user: String) async throws(ControlFault) {
        try await port.setClock(wall, isForced: isForced, by: user)
    }

    func backups() async -> BackupStatus { await port.backups() }
    func backUp() async throws(ControlFault) -> BackupStatus { try await port.backUp() }

    func sheetToken(milliseconds: Int64) async throws(ControlFault) -> String {
        try await port.sheetToken(milliseconds: milliseconds)
    }

    func enrol(token: String, by user: String) async throws(ControlFault) {
        try await port.enrol(token: token, by: user)
    }
}
