public import NIOCore

/// Who is at the other end of a connection, as the kernel recorded it when the connection was made.
public struct PeerCredentials: Sendable, Hashable {
    /// Number of the user.
    public var user: UInt32
    /// Primary and supplementary groups.
    public var groups: Set<UInt32>

    /// A caller by its numbers.
    public init(user: UInt32, groups: Set<UInt32>) {
        self.user = user
        self.groups = groups
    }
}

/// Tells who is at the other end of a connection.
public protocol PeerSource: Sendable {
    /// The caller of a connection; throws with the cause in words when it cannot be told.
    func credentials(of channel: any Channel) async throws -> PeerCredentials
}
