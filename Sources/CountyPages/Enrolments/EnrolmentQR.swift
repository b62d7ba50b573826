import CardSheet
import CountyBooks

/// The QR code of an enrolment token, which a phone or a scanner reads. It holds the token as `lockerctl enrol` takes it.
struct EnrolmentQR: Sendable, Hashable {
    /// An SVG picture.
    let svg: String

    /// Millimetres of one module on paper: scanners read it from a hand's breadth away, and it prints well.
    private static let module = 1.1

    /// - Throws: `CountyFault` where no code can be made of the token.
    init(_ token: String, station: String) throws {
        let barcode: Barcode
        do throws(SheetFault) {
            barcode = try Barcode(token, as: .qr)
        } catch {
            // The fault of the library quotes its text, and nobody but the sheet shows a token.
            throw CountyFault("QR", "cannot be drawn for this station 无法生成二维码", mend: "use a shorter id 请缩短站点编号")
        }
        let (side, quiet) = (barcode.columnsWithQuiet, barcode.quietModules)
        let bars = barcode.bars.map { "M\($0.x + quiet) \($0.y + quiet)h\($0.width)v\($0.height)h-\($0.width)z" }
        let millimetres = Int((Double(side) * Self.module).rounded(.up))
        svg = """
            <svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="QR \(Markup.escape(station))" \
            width="\(millimetres)mm" height="\(millimetres)mm" viewBox="0 0 \(side) \(side)">\
            <rect width="\(side)" height="\(side)" fill="#ffffff"/>\
            <path fill="#000000" shape-rendering="crispEdges" d="\(bars.joined())"/></svg>
            """
    }
}
