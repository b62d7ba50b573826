import FoundationEssentials
import LockerDomain
import Testing

/// Support codes under the key 00 01 … 1f, computed by hand: station and county are held to the same file.
struct SupportCodeVector: Decodable, Sendable, CustomTestStringConvertible {
    var counter: UInt32
    var door: DoorName
    /// As the county's clerk types it; empty for nobody.
    var person: String
    /// As the station has it on the wire.
    var requester: String
    var code: String

    var testDescription: String { "\(door) \(counter) \(person)" }

    static let all: [SupportCodeVector] = {
        let folder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
        let path = folder.joined(separator: "/") + "/Vectors/support-codes.json"
        guard let bytes = FileManager.default.contents(atPath: path) else { return [] }
        return (try? JSONDecoder().decode([SupportCodeVector].self, from: bytes)) ?? []
    }()
}
