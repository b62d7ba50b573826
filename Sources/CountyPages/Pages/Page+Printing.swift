import CountyBooks

extension Page {
    /// A page for paper of one of its tables; `nil` when there is none of that scope.
    func forPrinting(_ scope: String) -> Page? {
        guard let table = tables.first(where: { $0.scope == scope })?.table else { return nil }
        let notices = incomplete[scope].map { [View.Part.notice($0, .warn)] } ?? []
        let page = Page(View(view.title, notices + [.table(table, scope: scope)]), layout: .paper)
        return page.hasWideTable ? Page(page.view, layout: .widePaper) : page
    }

    private var hasWideTable: Bool {
        tables.contains { $0.table.columns.count > CountyPagesLimits.uprightColumnsMax }
    }

    /// Classes of the page in the style sheet. One with a wide table is printed across the sheet as a whole.
    var look: String {
        switch layout {
        case .ordinary: hasWideTable ? "ordinary wide" : "ordinary"
        case .paper: "paper"
        case .widePaper: "paper wide"
        case .sheets: "paper sheets"
        }
    }
}

extension Page.Layout {
    /// Whether tables stand on it whole, and nothing can be clicked.
    var isPaper: Bool { self != .ordinary }
}
