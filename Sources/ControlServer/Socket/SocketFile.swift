import ControlAPI
import Glibc
import NIOCore
import NIOPosix

/// The socket's file before it is bound; NIO removes it when the listener closes.
struct SocketFile: Sendable {
    var path: String

    /// Makes way for a new socket: a stale one is removed, a live one or another file is an error.
    func clear(group: any EventLoopGroup) async throws(ControlServiceError) {
        guard !path.isEmpty, path.utf8.count <= ControlLimits.socketPathBytesMax else {
            throw ControlServiceError(
                "control socket: the path \(path) has \(path.utf8.count) bytes, the kernel takes 1 to "
                    + "\(ControlLimits.socketPathBytesMax): choose a shorter directory"
            )
        }
        var info = stat()
        guard lstat(path, &info) == 0 else {
            if errno == ENOENT { return }
            throw ControlServiceError("control socket: \(path): \(String(cString: strerror(errno)))")
        }
        guard info.st_mode & S_IFMT == S_IFSOCK else {
            throw ControlServiceError("control socket: \(path) exists and is not a socket: move it away")
        }
        do {
            let channel = try await ClientBootstrap(group: group)
                .connectTimeout(.seconds(ControlLimits.connectSeconds)).connect(unixDomainSocketPath: path).get()
            try? await channel.close()
        } catch let error as IOError where error.errnoCode == ECONNREFUSED {
            // Nobody listens: the daemon before this one was killed.
            return try remove()
        } catch let error as IOError where error.errnoCode == ENOENT {
            return
        } catch {
            throw ControlServiceError("control socket: \(path) is taken and cannot be asked whose it is: \(error)")
        }
        throw ControlServiceError(
            "control socket: another lockerd answers on \(path): stop it (systemctl stop lockerd) or use another --root"
        )
    }

    private func remove() throws(ControlServiceError) {
        guard unlink(path) == 0 || errno == ENOENT else {
            // Safe: strerror of glibc returns a string that stays valid until the thread calls it again.
            throw ControlServiceError(
                "control socket: the stale \(path) cannot be removed: \(String(cString: strerror(errno)))"
            )
        }
    }
}

/// Why the control socket is not served.
public struct ControlServiceError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The thing, the cause and the mend.
    public var description: String

    /// A refusal in words.
    public init(_ description: String) { self.description = description }
}
