import Glibc

/// Makes folders for the daemon's own files.
enum Folders {
    struct Fault: Error, CustomStringConvertible {
        var description: String
    }

    /// Makes a folder with those above it; one that is there already stays as it is.
    static func make(_ path: String) throws {
        var made = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
            made += made.isEmpty || made == "/" ? part : "/\(part)"
            guard mkdir(made, 0o755) == 0 || errno == EEXIST || errno == EROFS || errno == EACCES else {
                throw Fault(description: "\(made): \(String(cString: strerror(errno)))")
            }
        }
        guard access(path, F_OK) != 0 || isFolder(path) else {
            throw Fault(description: "\(path) is a file, no folder: move it away")
        }
        guard access(path, W_OK) == 0 else {
            throw Fault(
                description: "\(path) cannot be written (\(String(cString: strerror(errno)))): "
                    + "chown it to the user of lockerd, or start with --root"
            )
        }
    }

    static func isFolder(_ path: String) -> Bool {
        var info = stat()
        return stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFDIR
    }
}
