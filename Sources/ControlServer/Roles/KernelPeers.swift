import ControlAPI
import Glibc
public import NIOCore

/// Callers by `SO_PEERCRED` and `SO_PEERGROUPS` of a Unix socket. In a user namespace every caller reads as 65534, so
/// the daemon must never run with `PrivateUsers=`.
public struct KernelPeers: PeerSource {
    /// The kernel's view.
    public init() {}

    /// Asks the kernel; both options hold what was true when the connection was made.
    public func credentials(of channel: any Channel) async throws -> PeerCredentials {
        guard let options = channel as? any SocketOptionProvider else {
            throw PeerError(description: "the connection is not a socket")
        }
        // Safe: the value read is Ucred, laid out as the kernel's `struct ucred` (three 32-bit numbers, 12 bytes, every
        // pattern valid); NIO hands the kernel exactly its size, and SO_PEERCRED of AF_UNIX fills all of it.
        let credentials: Ucred = try await options.unsafeGetSocketOption(
            level: .socket,
            name: NIOBSDSocket.Option(rawValue: SO_PEERCRED)
        ).get()
        return PeerCredentials(
            user: credentials.user,
            groups: try await groups(of: options).union([credentials.group])
        )
    }

    private func groups(of options: any SocketOptionProvider) async throws -> Set<UInt32> {
        do {
            // Safe: the value read is an array of plain 32-bit numbers, zeroed by NIO before; the kernel writes whole
            // group ids, never beyond the size it was told, and refuses a longer list with ERANGE.
            let list: GroupList = try await options.unsafeGetSocketOption(
                level: .socket,
                name: Self.peerGroups
            ).get()
            return Set(list.ids.indices.map { list.ids[$0] }.filter { $0 != 0 })
        } catch let error as IOError where error.errnoCode == ERANGE {
            throw PeerError(
                description: "your user is in more than \(ControlLimits.callerGroupsMax) groups: use one with fewer"
            )
        }
    }

    /// `SO_PEERGROUPS` of asm-generic/socket.h (x86, arm, riscv); glibc's headers do not always export it.
    private static let peerGroups = NIOBSDSocket.Option(rawValue: 59)

    private struct Ucred {
        var process: Int32
        var user: UInt32
        var group: UInt32
    }

    private struct GroupList {
        var ids: InlineArray<256, UInt32>
    }
}

/// Why the caller could not be told.
struct PeerError: Error, CustomStringConvertible {
    var description: String
}
