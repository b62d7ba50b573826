import CHost
import Foundation
import Testing

@Suite("The answer of the time service, where a sandbox keeps the kernel's back")
struct SynchronisedTests {
    /// Seconds within which the tests want a file to have been touched.
    private let limit = 60

    @Test("a file counts as long as it was touched lately", arguments: [(0, 1), (55, 1), (70, 0), (-30, 0)])
    func fresh(secondsAgo: Int, counts: Int32) throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "synchronized-\(UUID().uuidString)")
        try Data().write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let date = Date(timeIntervalSinceNow: -Double(secondsAgo))
        try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: file.path)
        #expect(lk_touched_within(file.path, limit) == counts)
    }

    @Test("no file is no answer")
    func absent() {
        #expect(lk_touched_within("/nonexistent/synchronized", limit) == 0)
    }
}
