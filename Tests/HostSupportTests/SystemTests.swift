import Foundation
import Glibc
import HostSupport
import LockerDomain
import StationPorts
import Synchronization
import Testing

@Suite("The clocks of the machine")
struct SystemClockTests {
    private let clock = SystemClock()

    @Test("wall time is of this age, uptime rises and is not the wall time")
    func sane() {
        let first = clock.now()
        let second = clock.now()
        #expect(first.wall > 1_700_000_000_000)
        #expect(first.wall < 4_000_000_000_000)
        #expect(first.uptime > 0)
        #expect(first.uptime < first.wall)
        #expect(second.uptime >= first.uptime)
        #expect(abs(second.wall - first.wall) < 5_000)
        #expect(first.clock != .manual)
    }

    @Test("the boot has the kernel's random name")
    func bootID() throws {
        let kernel = try String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
        #expect(clock.bootID == kernel.trimmingCharacters(in: .whitespacesAndNewlines))
        #expect(clock.bootID.utf8.count == 36)
    }

    @Test("it tells when the time service had an answer, which says nothing of the kernel's own flag")
    func timeService() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "timesync-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "synchronized")
        let clock = SystemClock(serviceFile: file.path)
        #expect(clock.lastServiceAnswer == nil)
        let without = clock.now().clock
        for seconds in [1_800_000_000, 1_800_000_512] as [Int64] {
            #expect(FileManager.default.createFile(atPath: file.path, contents: nil))
            let date = Date(timeIntervalSince1970: TimeInterval(seconds))
            try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: file.path)
            #expect(clock.lastServiceAnswer == seconds * 1_000)
            #expect(clock.now().clock == without)
        }
    }

    @Test("it calls back once, never before its time, also for a time that is past")
    func wake() async {
        for delay in [30, 0, -5_000] as [Int64] {
            let wanted = clock.now().uptime + delay
            let called = await withCheckedContinuation { continuation in
                clock.wake(atUptime: wanted) { continuation.resume(returning: clock.now().uptime) }
            }
            #expect(called >= wanted)
            #expect(called < max(wanted, clock.now().uptime - 5_000) + 10_000)
        }
    }

    @Test("a sleep by the clock ends, and ends early when it is cancelled")
    func sleep() async {
        let clock = clock
        await clock.sleep(milliseconds: 10)
        let begin = clock.now().uptime
        let task = Task { await clock.sleep(milliseconds: 3_600_000) }
        task.cancel()
        await task.value
        #expect(clock.now().uptime - begin < 10_000)
    }

    @Test("randomness is as long as asked and not the same twice")
    func entropy() {
        let entropy = SystemEntropy()
        #expect(entropy.bytes(0).isEmpty)
        #expect(entropy.bytes(16).count == 16)
        #expect(entropy.bytes(16) != entropy.bytes(16))
    }
}

@Suite("The mark of life beside the journal")
struct LifeMarkFileTests {
    @Test("it is one page that is overwritten, and a torn one is no mark")
    func page() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mark-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "life-mark").path
        let file = LifeMarkFile(path: path)
        #expect(file.last() == nil)
        for number in [1, 900_000_000, 2] {
            let mark = LifeMark(
                position: JournalPosition(generation: number, sequence: number),
                moment: Moment(wall: Int64(number) * 1_000, uptime: 5, clock: .county),
                bootID: "6b3f1c2a-0d4e-4f5a-8b6c-7d8e9f0a1b2c"
            )
            file.keep(mark)
            #expect(file.last() == mark)
        }
        var bytes = try #require(FileManager.default.contents(atPath: path))
        #expect(bytes.count == 4_096)
        bytes[8] ^= 1
        try bytes.write(to: URL(filePath: path))
        #expect(file.last() == nil)
        for torn in [Data(), Data("mark1 1 1".utf8), Data(count: 4_096)] {
            try torn.write(to: URL(filePath: path))
            #expect(file.last() == nil)
        }
        LifeMarkFile(path: folder.path).keep(
            LifeMark(
                position: JournalPosition(generation: 1, sequence: 1),
                moment: Moment(wall: 0, uptime: 0, clock: .none),
                bootID: "b"
            )
        )
    }
}

@Suite("One daemon for one folder")
struct InstanceLockTests {
    @Test("the second is refused with the folder's name; when the first is gone the next may begin")
    func lock() throws {
        let folder = NSTemporaryDirectory() + "lock-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let first = try InstanceLock(folder: folder)
        let fault = #expect(throws: InstanceLock.Fault.self) { try InstanceLock(folder: folder) }
        #expect(fault?.description.contains("another lockerd works in \(folder)") == true)
        #expect(fault?.isHeld == true)
        withExtendedLifetime(first) {}
        let missing = #expect(throws: InstanceLock.Fault.self) { try InstanceLock(folder: folder + "/none") }
        #expect(missing?.description.hasPrefix(folder + "/none/lock: ") == true)
        #expect(missing?.isHeld == false)
    }
}

@Suite("Faults for the status")
struct FaultBoardTests {
    @Test("each fault stands there once, in order")
    func once() {
        let board = FaultBoard()
        for fault in ["b", "a", "b"] { board.add(fault) }
        #expect(board.all == ["b", "a"])
    }
}
