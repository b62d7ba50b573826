import FoundationEssentials
import LockerDomain

/// The golden lines beside the tests; written only when `LOCKER_WRITE_GOLDEN` is set.
enum GoldenFile {
    static let folder =
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(2)
        .joined(separator: "/") + "/Golden"
    static let isWriting = ProcessInfo.processInfo.environment["LOCKER_WRITE_GOLDEN"] != nil

    static func read(_ type: EventType) -> [UInt8]? {
        FileManager.default.contents(atPath: "\(folder)/\(type.rawValue).json").map(Array.init)
    }

    static func write(_ line: [UInt8], _ type: EventType) throws {
        try Data(line).write(to: URL(filePath: "\(folder)/\(type.rawValue).json"))
    }
}
