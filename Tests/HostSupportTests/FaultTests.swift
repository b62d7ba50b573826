import Foundation
import HostSupport
import LockerDomain
import StationPorts
import Synchronization
import Testing

@Suite("Faults that are tried again")
struct StandingFaultTests {
    @Test("they go before those that were found, the worst first, and end")
    func standing() {
        let board = FaultBoard()
        board.add("found")
        #expect(board.set(.socket, "socket"))
        #expect(board.set(.keys, "keys"))
        #expect(!board.set(.keys, "keys"), "no news")
        #expect(board.set(.keys, "other keys"))
        #expect(board.all == ["other keys", "socket", "found"])
        #expect(!board.isDown)
        board.set(.storage, "storage")
        #expect(board.isDown)
        #expect(board.standing.first == "storage")
        for part in FaultBoard.Part.allCases { board.set(part, nil) }
        #expect(board.all == ["found"])
    }
}

@Suite("The red light")
struct FaultLampTests {
    private let lights = Lights()
    private let board = FaultBoard()
    private let lamp: FaultLamp

    init() { lamp = FaultLamp(lights, board) }

    private func look(_ times: Int) -> Int {
        let before = lights.shown.count
        for _ in 0..<times { lamp.look() }
        return lights.shown.count - before
    }

    @Test("it is dark while all is well")
    func well() { #expect(look(20) == 0) }

    @Test("it stays on while the station can do nothing, without a sound")
    func down() {
        board.set(.storage, "the disk is gone")
        #expect(look(5) == 5)
        #expect(lights.shown.allSatisfy { $0 == "red none" })
        board.set(.storage, nil)
        #expect(look(5) == 0)
    }

    @Test("while the station works on it comes now and then, and never over an answer")
    func working() {
        board.set(.keys, "keys unusable")
        #expect(look(2 * Limits.faultLampLooksMax) == 2)
        board.set(.storage, "and the disk, too")
        lamp.show(.green, .short)
        #expect(look(1) == 0, "an answer stands")
        #expect(look(1) == 1)
    }

    /// Lights that only remember.
    private final class Lights: SignalPort {
        private let history = Mutex<[String]>([])

        var shown: [String] { history.withLock { $0 } }

        func show(_ light: Light, _ beep: Beep) {
            history.withLock { $0.append("\(light.rawValue) \(beep.rawValue)") }
        }

        func stop() {}
    }
}

@Suite("Keys in a folder that is none")
struct NoKeyFolderTests {
    @Test("a folder that is a file is a fault of each call, not a station that never enrolled; mended, it works")
    func file() throws {
        let path = NSTemporaryDirectory() + "keys-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data().write(to: URL(filePath: path))
        let keys = FileKeys(existing: path)
        #expect(throws: FileKeys.Fault.self) { try keys.keyring() }
        #expect(throws: FileKeys.Fault.self) { try keys.nextStart() }
        try FileManager.default.removeItem(atPath: path)
        let mended = FileKeys(existing: path)
        #expect(try mended.keyring() == nil)
        #expect(try keys.nextStart() == 1)
    }
}
