import Foundation
import Glibc
import HostSupport
import Testing

@Suite("A file that replaces another one")
struct DurableFileTests {
    private static let group: gid_t = 12_345

    @Test("has the mode and the group that were asked for, whatever the one before had", .enabled(if: geteuid() == 0))
    func group() throws {
        let folder = "\(NSTemporaryDirectory())/durable-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = "\(folder)/station.toml"
        try Data("older".utf8).write(to: URL(filePath: path))
        chmod(path, 0o644)
        try DurableFile.write(Array("newer".utf8), to: path, mode: 0o640, group: Self.group)
        var info = stat()
        #expect(stat(path, &info) == 0)
        #expect((info.st_mode & 0o7777, info.st_uid, info.st_gid) == (0o640, 0, Self.group))
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "newer")
    }
}
