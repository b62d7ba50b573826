import LockerDomain
import StationBooks
import StationCore
import SyncWire
import Testing

@Suite("Whether a command is the county's")
struct CommandReadingTests {
    @Test("it is signed by the county, for this station, under names that fit an event")
    func genuine() throws {
        let key = try #require(SigningKey(bytes: [UInt8](repeating: 7, count: 32)))
        let county = try #require(CountyKey(bytes: key.publicBytes))
        func isGenuine(
            _ id: String = "c1",
            type: String = "pins",
            for station: String = "yc-1",
            by signer: SigningKey? = nil
        ) throws -> Bool {
            let message = CommandMessage(
                id: id,
                number: 1,
                station: station,
                type: type,
                issued: "",
                expires: "",
                data: .object([:])
            )
            return CommandReading.isGenuine(try message.signed(by: signer ?? key), from: county, station: "yc-1")
        }
        #expect(try isGenuine())
        #expect(try !isGenuine(for: "yc-2"))
        #expect(try !isGenuine(by: SigningKey()))
        let longest = String(repeating: "x", count: 128)
        #expect(try isGenuine(longest, type: longest))
        #expect(try !isGenuine(longest + "x"))
        #expect(try !isGenuine(type: longest + "x"))
    }
}
