import FoundationEssentials
import LockerDomain
import LockerTestKit
import StationBooks

/// Writes the golden lines anew, only when `LOCKER_WRITE_GOLDEN` is set.
enum GoldenFile {
    static let isWriting = ProcessInfo.processInfo.environment["LOCKER_WRITE_GOLDEN"] != nil

    static func write(_ line: [UInt8], _ type: EventType) throws {
        try Data(line).write(to: URL(filePath: "\(GoldenLines.folder)/\(type.rawValue).json"))
    }
}
