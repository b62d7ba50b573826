import ArgumentParser
import ControlAPI
import FoundationEssentials
import LockerDomain

/// `lockerctl waybill`
struct Waybill: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What a barcode probably is (运单号); needs no station."
    )

    @Argument(help: "The number as scanned or typed; behind -- if it begins with a hyphen.")
    var text: String

    @OptionGroup var options: SocketOptions

    func run() async throws {
        try await Console.reporting {
            do {
                let reading = try WaybillReading(text)
                guard options.json else { return try Console.write(lines: reading.lines(style: Console.style)) }
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
                try Console.write(Array(try encoder.encode(reading)) + [0x0A])
            } catch let fault as ScanText.Fault {
                throw CommandFailure.refused(fault.words(characters: text.unicodeScalars.count))
            }
        }
    }
}
