public import LockerDomain
public import StationBooks

/// The station's own figures, without a network. Safe from any thread.
public protocol ReportPort: Sendable {
    /// Reads the journal of a period in short pages, beside the engine. One report at a time.
    func report(_ period: ReportPeriod) async throws(ControlFault) -> StationReport
}
