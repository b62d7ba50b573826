import FoundationEssentials
public import LockerDomain

/// Support codes under the key 00 01 … 1f, computed by hand: station and county are held to the same file.
public struct SupportCodeVector: Decodable, Sendable, CustomStringConvertible {
    public var counter: UInt32
    public var door: DoorName
    /// As the county's clerk types it; empty for nobody.
    public var person: String
    /// As the station has it on the wire.
    public var requester: String
    public var code: String

    public var description: String { "\(door) \(counter) \(person)" }

    /// All of `Vectors/support-codes.json`; none if the file is missing or unreadable.
    public static let all: [SupportCodeVector] = {
        guard let bytes = TestFiles.bytes("Vectors/support-codes.json") else { return [] }
        return (try? JSONDecoder().decode([SupportCodeVector].self, from: Data(bytes))) ?? []
    }()
}
