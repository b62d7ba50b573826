import Foundation
import LockerTestKit
import Testing

@Suite("The real daemon under a service manager", .serialized)
struct ServiceTests {
    /// A watchdog of three seconds: a beat is due each half second.
    private static let watchdogMicroseconds = 3_000_000

    /// Texts that arrived, and when the last of each kind did.
    private final class Watch {
        let socket: DatagramReceiver
        private(set) var texts: [String] = []
        private(set) var lastBeat = Date.distantPast

        init() throws { socket = try DatagramReceiver() }

        func look() {
            let new = socket.all()
            texts += new
            if new.contains("WATCHDOG=1") { lastBeat = Date() }
        }

        func has(_ text: String) -> Bool {
            look()
            return texts.contains { $0.hasPrefix(text) }
        }
    }

    private func launch(_ scratch: Scratch, _ watch: Watch) throws -> Process {
        try scratch.launch(
            variables: [
                "NOTIFY_SOCKET": watch.socket.name, "WATCHDOG_USEC": "\(Self.watchdogMicroseconds)",
            ]
        )
    }

    @Test("it says that it is ready, beats, shows a line for the status, and says that it stops")
    func day() throws {
        let (scratch, watch) = (try Scratch(), try Watch())
        try scratch.configure()
        let lockerd = try launch(scratch, watch)
        try scratch.wait("beats", seconds: 60) {
            watch.look()
            return watch.texts.count { $0 == "WATCHDOG=1" } >= 3 && watch.has("STATUS=0 件待取")
        }
        let ready = try #require(watch.texts.firstIndex(of: "READY=1"))
        #expect(watch.texts.firstIndex(of: "WATCHDOG=1").map { $0 > ready } == true, "\(watch.texts)")
        #expect(watch.texts.contains { $0.contains("not enrolled") && $0.contains("simulated") }, "\(watch.texts)")
        #expect(scratch.stop(lockerd) == 0)
        #expect(watch.has("STOPPING=1"))
    }

    @Test("a station that cannot be opened is ready, waits, says for what, and beats")
    func waiting() throws {
        let (scratch, watch) = (try Scratch(), try Watch())
        try scratch.configure()
        try scratch.write("", to: "var/lib/lockerd")
        let lockerd = try launch(scratch, watch)
        try scratch.wait("the reason", seconds: 60) {
            watch.has("READY=1") && watch.has("WATCHDOG=1") && watch.has("STATUS=等待 waits")
        }
        #expect(watch.texts.contains { $0.hasPrefix("STATUS=") && $0.contains("is a file, no folder") })
        #expect(scratch.stop(lockerd) == 0)
    }

    @Test("when the engine alone is stuck nothing beats for it, and when it goes on the beats do")
    func stuck() throws {
        let (scratch, watch) = (try Scratch(), try Watch())
        // Ten minutes of the station, after which it leaves its mark of life, are one second.
        try scratch.configure("[simulation]\nspeed = 600")
        let lockerd = try launch(scratch, watch)
        try scratch.wait("beats", seconds: 60) { watch.has("WATCHDOG=1") }
        let mark = "\(scratch.root)/var/lib/lockerd/life-mark"
        try scratch.wait("the first mark", seconds: 60) { FileManager.default.fileExists(atPath: mark) }
        // To open a pipe for writing waits until somebody reads: the engine's own thread does, the others go on.
        let pipe = "\(scratch.root)/pipe"
        try #require(mkfifo(pipe, 0o600) == 0)
        try #require(rename(pipe, mark) == 0)
        let watchdog = Double(Self.watchdogMicroseconds) / 1_000_000
        try scratch.wait("systemd's patience to end", seconds: 60) {
            watch.look()
            return Date().timeIntervalSince(watch.lastBeat) > watchdog
        }
        #expect(lockerd.isRunning)
        let end = open(mark, O_RDONLY | O_NONBLOCK)
        defer { close(end) }
        try scratch.wait("beats again", seconds: 60) {
            watch.look()
            return Date().timeIntervalSince(watch.lastBeat) < watchdog / 2
        }
        #expect(scratch.stop(lockerd) == 0)
    }
}
