import Foundation
import Testing

@Suite("kill -9 on the real daemon", .serialized)
struct CrashTests {
    @Test("what was answered is in the journal after every kill, and the chain holds")
    func killed() throws {
        let scratch = try Scratch()
        try scratch.configure()
        var answered: [String] = []
        for cycle in 0..<4 {
            let lockerd = try scratch.start()
            for number in 0..<6 {
                let text = "CYCLE-\(cycle)-\(number)"
                let outcome = try scratch.run("lockerctl", ["scan", text])
                if outcome.status == 0 { answered.append(text) }
            }
            #expect(Scratch.end(lockerd, SIGKILL))
        }
        #expect(answered.count == 24)
        let last = try scratch.start()
        let events = try scratch.run("lockerctl", ["events", "--json", "--limit", "500"]).output
        for text in answered { #expect(events.contains("\"text\":\"\(text)\""), "lost \(text)") }
        #expect(events.components(separatedBy: "station.started").count == 6)
        try scratch.wait("the background check", seconds: 120) {
            try String(contentsOfFile: "\(scratch.root)/lockerd.log", encoding: .utf8).contains("chain intact")
        }
        #expect(scratch.stop(last) == 0)
    }
}
