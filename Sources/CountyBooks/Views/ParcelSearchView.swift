/// What a search for a waybill found (运单查询).
public struct ParcelSearchView: Sendable {
    /// What was typed; empty before anything was.
    public var text: String
    public var pieces: [PieceOfStation]
    public var context: ViewContext
    /// Whether there are more than were read.
    public var isCut = false

    public init(_ text: String, _ pieces: [PieceOfStation], _ context: ViewContext) {
        (self.text, self.pieces, self.context) = (text, pieces, context)
    }

    /// The page. A waybill that the reader may not see is not found, like one that is not there.
    public var view: View {
        let title = Words("运单查询", "Waybill search")
        guard !text.isEmpty else {
            let hint = Words("请输入运单号或其末几位", "type a waybill or its last digits")
            return View(title, [.text(hint)])
        }
        let shown = pieces.filter(context.allows)
        guard !shown.isEmpty else { return View(title, [.notice(ParcelView.missing, .unknown)]) }
        let table = PieceTable(pieces: shown, context: context).table(Words("查询结果", "Found"))
        let notices: [View.Part] = isCut ? [.notice(.cut(pieces.count), .warn)] : []
        return View(title, notices + [.table(table, scope: "parcels")])
    }
}
