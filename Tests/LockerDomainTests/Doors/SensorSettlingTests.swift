import LockerDomain
import Testing

@Suite("A door's contact")
struct SensorSettlingTests {
    private var contact = SensorSettling(level: .closed, hasEdges: true, at: 0)

    @Test("a level counts once it was read the same 30 ms apart")
    mutating func settles() {
        contact.edge(at: 100)
        #expect(contact.nextReadAt == 100)
        #expect(contact.read(.open, edges: true, at: 100) == nil)
        #expect(contact.isSettling)
        #expect(contact.nextReadAt == 130)
        #expect(contact.read(.open, edges: false, at: 129) == nil)
        #expect(contact.level == .closed)
        #expect(contact.read(.open, edges: false, at: 130) == .open)
        #expect(contact.level == .open)
        #expect(contact.nextReadAt == 630)
    }

    @Test("a bounce begins the 30 ms again, and one that falls back is nothing")
    mutating func bounces() {
        #expect(contact.read(.open, edges: true, at: 100) == nil)
        #expect(contact.read(.open, edges: true, at: 130) == nil)
        #expect(contact.read(.closed, edges: false, at: 160) == nil)
        #expect(contact.read(.closed, edges: false, at: 190) == nil)
        #expect(!contact.isSettling)
        #expect(contact.level == .closed)
    }

    @Test("edges that came and went between two equal readings begin the 30 ms again")
    mutating func hiddenBounce() {
        #expect(contact.read(.open, edges: true, at: 100) == nil)
        #expect(contact.read(.open, edges: true, at: 130) == nil)
        #expect(contact.read(.open, edges: false, at: 160) == .open)
    }

    @Test("a lost edge is made up for at the next reading")
    mutating func lostEdge() {
        #expect(contact.nextReadAt == 500)
        #expect(contact.read(.open, edges: false, at: 500) == nil)
        #expect(contact.read(.open, edges: false, at: 530) == .open)
    }

    @Test("a chip without events is read twenty times a second")
    func polled() {
        #expect(SensorSettling(level: .closed, hasEdges: false, at: 0).nextReadAt == 50)
    }

    @Test("a chip that stops answering makes the level unknown, and known again when it is back")
    mutating func silent() {
        #expect(contact.read(.unknown, edges: false, at: 500) == nil)
        #expect(contact.read(.unknown, edges: false, at: 530) == .unknown)
        #expect(contact.read(.closed, edges: false, at: 1_030) == nil)
        #expect(contact.read(.closed, edges: false, at: 1_060) == .closed)
    }

    @Test("a contact that never rests is unknown after two seconds, told once, and recovers")
    mutating func restless() {
        var reports: [DoorLevel] = []
        for time in stride(from: Int64(0), through: 6_000, by: 30) {
            if let report = contact.read(.open, edges: true, at: time) { reports.append(report) }
        }
        #expect(reports == [.unknown])
        #expect(contact.read(.closed, edges: false, at: 6_030) == nil)
        #expect(contact.read(.closed, edges: false, at: 6_060) == .closed)
    }
}
