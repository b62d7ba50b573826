import LockerDomain
import StationPorts

extension JournalBounds {
    /// Fewer would leave last month without its report.
    private static let daysMin = 62
    /// More is no bound.
    private static let daysMax = 3_650
    private static let bytesOfMebibyte = 1_024 * 1_024

    /// Reads `[journal]`: `days` and `mebibytes`.
    mutating func take(_ table: inout TableReader) throws(ConfigurationFault) {
        days = try table.integer("days", in: Self.daysMin...Self.daysMax) ?? days
        let mebibytes = try table.integer("mebibytes", in: 16...65_536)
        bytes = mebibytes.map { $0 * Self.bytesOfMebibyte } ?? bytes
        try table.finish()
    }
}
