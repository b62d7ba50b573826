import ArgumentParser
import CardSheet
import LockerDomain

/// `lockerctl label`
struct Label: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Makes the label (面单) of a shipment whose sender has none.",
        discussion: """
            The LABEL card makes the number, which begins with VL; this prints it. Writes an SVG of 100 × 60 mm to \
            --out, or to the standard output. Needs no station.
            """
    )

    @Argument(help: "Number of the shipment, as lockerctl shipments shows it.")
    var waybill: String

    @Option(help: ArgumentHelp("A line of text, like the station's name; three at most.", valueName: "text"))
    var line: [String] = []

    @Option(help: ArgumentHelp("File for the label; the standard output when left out.", valueName: "file"))
    var out: String?

    @Flag(help: "Overwrite the file.")
    var force = false

    func validate() throws {
        guard line.count <= 3 else { throw ValidationError("A label has room for three lines: leave some --line out.") }
    }

    func run() async throws {
        try await Console.reporting {
            let text = try? WaybillReading(waybill)
            guard let text, text.isWaybill else {
                throw CommandFailure.refused("\(waybill) is no number of a shipment: see lockerctl waybill \(waybill)")
            }
            let document: String
            do throws(SheetFault) {
                document = try ShippingLabel(LockerDomain.Waybill(rawValue: text.normalized), lines: line).document()
            } catch {
                throw CommandFailure.refused(error.message)
            }
            guard let out else { return try Console.write(Array(document.utf8)) }
            try SheetFiles(folder: ".", isForced: force, out: "file").write(Array(document.utf8), to: out)
        }
    }
}
