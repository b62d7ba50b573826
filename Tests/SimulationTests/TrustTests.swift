import LockerDomain
import StationPorts
import SyncWire
import Testing

@testable import Simulator

@Suite("Bad cards and wrong clocks are really played")
struct TrustTests {
    private static let all: Set = [
        "lines put back", "lines that do not fit", "lost lines", "damaged, and the county has it",
        "a cursor that moved", "a front that was removed", "a leap of ten years", "a leap of forty days",
        "a dark week",
    ]

    @Test("the days meet damaged rows of every kind, fronts that go, clocks that leap, and weeks without power")
    func met() {
        var seen: Set<String> = []
        for seed: UInt64 in 1...120 where !Self.all.isSubset(of: seen) {
            let world = World(seed: seed)
            let profile = world.profile
            guard profile.followsBooks || profile.clockLeaps || profile.goesDark else { continue }
            if let failure = world.run(days: Simulation.daysPerWorld) { Issue.record("\(failure)") }
            seen.formUnion(world.worn)
        }
        #expect(Self.all.subtracting(seen).isEmpty)
    }

    private static func disk(_ count: Int) -> Disk {
        var (disk, hash): (Disk, [UInt8]) = (Disk(), Chain.start)
        disk.begin("f1")
        for sequence in 1...count {
            let (bytes, before) = (Array("line \(sequence)".utf8), hash)
            hash = Chain.next(after: before, bytes: bytes)
            let position = Position(generation: 1, sequence: sequence)
            let line = JournalLine(position: position, before: before, bytes: bytes, hash: hash)
            try? disk.append([Disk.Line(line)])
        }
        return disk
    }

    @Test("a damaged row is read as it is now, and is whole again once what was written is put back")
    func rows() throws {
        let position = Position(generation: 1, sequence: 2)
        for how in Disk.Damage.allCases {
            var disk = Self.disk(3)
            disk.damage(position, how, bit: 4_711)
            let written = disk.lines[1].kept
            #expect(disk.row(disk.lines[1]) != written)
            #expect((disk.row(disk.lines[1]) == nil) == (how == .gone))
            #expect(disk.row(disk.lines[2]) == disk.lines[2].kept)
            try disk.putBack([written])
            #expect(disk.rot.isEmpty)
            #expect(disk.row(disk.lines[1]) == written)
        }
    }

    @Test("what is put back and is another line is seen")
    func otherLine() throws {
        var disk = Self.disk(3)
        var wrong = disk.lines[1].kept
        wrong.bytes[0] ^= 1
        try disk.putBack([wrong])
        #expect(disk.row(disk.lines[1]) == wrong)
        #expect(disk.rot.count == 1)
    }

    @Test("a moved cursor stands at a line of the present journal, in front of nothing that is gone")
    func cursor() throws {
        var disk = Self.disk(40)
        disk.acknowledged.sequence = 20
        try disk.prune(through: Position(generation: 1, sequence: 10))
        disk.moveCursor(bit: 4)
        #expect(disk.acknowledged.sequence == 20, "4 is gone")
        disk.moveCursor(bit: 6)
        #expect(disk.acknowledged.sequence == 20, "there is no 84")
        disk.moveCursor(bit: 2)
        #expect(disk.acknowledged.sequence == 16)
        disk.moveCursor(bit: nil)
        #expect(disk.acknowledged.sequence == 40)
    }
}
