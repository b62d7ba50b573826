import LockerDomain
import StationBooks
import StationEngine
import StationPorts
import Testing

@Suite("What the screen counts")
struct ScreenTests {
    @Test("chilled doors are counted apart, and a size without a free door is named")
    func chilledApart() async throws {
        var settings = Bench.settings
        settings.doors = [
            DoorSettings(name: "A01", size: .medium), DoorSettings(name: "A02", size: .medium, chilled: true),
            DoorSettings(name: "A03", size: .large), DoorSettings(name: "A04", size: .extraLarge, chilled: true),
        ]
        let bench = try await Bench(settings: settings).started()
        var screen = await bench.engine.screen()
        #expect(screen.free == [.medium: 1, .large: 1])
        #expect(screen.freeChilled == [.medium: 1, .extraLarge: 1])
        await bench.deposit("SF7444404156506")
        screen = await bench.engine.screen()
        #expect(screen.free == [.medium: 0, .large: 1])
        #expect(screen.freeChilled == [.medium: 1, .extraLarge: 1])
    }

    @Test("what is asked stands there until its time is over")
    func asked() async throws {
        let bench = try await Bench().started()
        #expect(await bench.engine.screen().asked == [])
        await bench.scan("VLK1:SURVEY")
        let asked = await bench.engine.screen().asked
        #expect(asked.map(\.id) == [.survey] && asked.first?.whom == .anybody)
        await bench.advance(Limits.followUpMilliseconds + 1)
        #expect(await bench.engine.screen().asked == [])
    }
}
