public import LockerDomain
public import StationBooks

/// What the control socket may ask of a running station. Safe from any thread.
public protocol ControlPort: ReportPort, BackupControlPort {
    /// The state as the last durable turn left it.
    func view() async -> StationView
    /// What the person in front of the station sees now.
    func screen() async -> ScreenView
    /// How the link to the county stands.
    func uplink() async -> UplinkStatus
    /// Lines behind a position of the present incarnation (`nil`: from its first), oldest first, at most `limit`.
    func lines(after position: JournalPosition?, limit: Int) async throws -> [JournalLine]
    /// A scan as if a device had read it; only on a simulated station.
    func scan(_ text: String, role: ScannerRole) async throws(ControlFault) -> [Answer]
    /// The station's clock.
    func clock() async -> ClockReading
    /// Sets the time of the station, milliseconds since 1970; returns once it is durable. `by` is the local user's name, and
    /// `isForced` sets it also where something speaks against it.
    func setClock(_ wall: Int64, isForced: Bool, by: String) async throws(ControlFault)
    /// The token of the enrolment sheet (入网单) that the station's scanner reads next. Waits so many milliseconds at most and
    /// until the task is cancelled; one call at a time.
    func sheetToken(milliseconds: Int64) async throws(ControlFault) -> String
    /// Enrols with a one-time token at the configured county. `by` is the local user's name.
    func enrol(token: String, by: String) async throws(ControlFault)
}

/// Why a request of the control socket was not done. `description` names the thing, the cause and the mend.
public struct ControlFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of refusal.
    public enum Code: String, Sendable {
        /// The request itself is wrong.
        case invalid
        /// Right, but not on this station or not now.
        case unavailable
        /// Somebody else (the county, the disk) failed.
        case failed
    }

    public var code: Code
    public var description: String

    public init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
