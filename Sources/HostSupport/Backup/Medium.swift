import FoundationEssentials
import Glibc
import LockerDomain
import StationPorts

/// On which disk a folder lies, and whether it is the one that was meant.
struct Medium {
    /// Folders in which media are mounted (FHS): what lies there on the disk of the system was written beside the medium.
    private static let mountFolders = ["/media/", "/mnt/", "/run/media/"]

    private let table: String

    /// - Parameter table: text of fstab(5).
    init(table: String? = nil) {
        self.table = table ?? (try? String(contentsOf: URL(filePath: "/etc/fstab"), encoding: .utf8)) ?? ""
    }

    /// - Throws: `BackupFault` when a medium should be mounted above the path, and is not.
    func check(_ path: String) throws {
        let existing = Self.existing(path)
        let isOnRoot = Self.device(existing) == Self.device("/")
        if isOnRoot, Self.mountFolders.contains(where: { "\(path)/".hasPrefix($0) }) {
            throw BackupFault(.notMounted, path)
        }
        for point in mountPoints where "\(path)/".hasPrefix("\(point)/") {
            let above = point.lastIndex(of: "/").map { String(point[..<$0]) } ?? ""
            if Self.device(point) == nil || Self.device(point) == Self.device(above.isEmpty ? "/" : above) {
                throw BackupFault(.notMounted, path, "\(point) of /etc/fstab")
            }
        }
    }

    /// Mount points of fstab(5) other than the root.
    private var mountPoints: [String] {
        table.split(separator: "\n").compactMap { line -> String? in
            let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
            guard words.count > 1, !words[0].hasPrefix("#"), words[1].hasPrefix("/"), words[1] != "/" else {
                return nil
            }
            let point = words[1].replacing("\\040", with: " ").replacing("\\011", with: "\t")
            return String(point.hasSuffix("/") ? point.dropLast() : point[...])
        }
    }

    /// Whether two paths lie on one disk, as far as the kernel says: partitions of one card count as one.
    static func areOnOneDisk(_ one: String, _ other: String) -> Bool {
        let (left, right) = (existing(one), existing(other))
        guard let leftDevice = device(left), let rightDevice = device(right) else { return false }
        if leftDevice == rightDevice { return true }
        guard let leftDisk = disk(leftDevice), let rightDisk = disk(rightDevice) else { return false }
        return leftDisk == rightDisk
    }

    /// The nearest folder above a path that is there.
    static func existing(_ path: String) -> String {
        var path = path[...]
        while access(path.isEmpty ? "/" : String(path), F_OK) != 0, let slash = path.lastIndex(of: "/") {
            path = path[..<slash]
        }
        return path.isEmpty ? "/" : String(path)
    }

    static func device(_ path: String) -> dev_t? {
        var info = stat()
        return stat(path, &info) == 0 ? info.st_dev : nil
    }

    /// The whole disk of a partition, as sysfs names it; `nil` for what is no disk.
    private static func disk(_ device: dev_t) -> String? {
        let (major, minor) = ((device >> 8) & 0xFFF, (device & 0xFF) | ((device >> 12) & 0xFFF00))
        let link = "/sys/dev/block/\(major):\(minor)"
        guard let resolved = realpath(link, nil) else { return nil }
        defer { free(resolved) }
        let path = String(cString: resolved)
        guard access("\(path)/partition", F_OK) == 0, let slash = path.lastIndex(of: "/") else { return path }
        return String(path[..<slash])
    }

    /// Bytes that a user may still write below a path.
    static func freeBytes(_ path: String) -> Int {
        var space = statvfs()
        guard statvfs(path, &space) == 0 else { return 0 }
        return Int(space.f_bavail) * Int(space.f_frsize)
    }
}
