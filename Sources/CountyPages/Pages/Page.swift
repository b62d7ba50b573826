public import CountyBooks

/// One page: what it shows, where it stands, and what a reader can do on it.
public struct Page: Sendable, Hashable {
    public var view: View
    /// The way to it from the first page, without the two ends.
    public var trail: [PageLink]
    /// Where to go from here, below the heading.
    public var links: [PageLink]
    /// Forms above what the page shows: a search, a choice of days.
    public var questions: [Form]
    /// Forms below it.
    public var forms: [Form]
    public var layout: Layout
    /// Why figures of its tables are not whole, by their scopes: a file or a print of one of them says so too.
    public var incomplete: [String: Words] = [:]

    public init(
        _ view: View,
        trail: [PageLink] = [],
        links: [PageLink] = [],
        questions: [Form] = [],
        forms: [Form] = [],
        layout: Layout = .ordinary
    ) {
        (self.view, self.trail, self.links) = (view, trail, links)
        (self.questions, self.forms, self.layout) = (questions, forms, layout)
    }

    /// How it lies on a screen and on paper.
    public enum Layout: Sendable, Hashable, CaseIterable {
        /// Under the county's menu; on paper without it.
        case ordinary
        /// To be printed: without menu, sorting and files, tables with all their rows.
        case paper
        /// The same, across the sheet (A4 landscape).
        case widePaper
        /// The same, and each heading but the first begins a new sheet.
        case sheets
    }

    /// Its tables with their scopes, in reading order.
    public var tables: [(scope: String, table: Table)] {
        view.parts.compactMap { part in
            if case .table(let table, let scope) = part { (scope, table) } else { nil }
        }
    }

    /// The page with a sentence above all else.
    public func adding(notice: Words, _ tone: Table.Tone) -> Page {
        var page = self
        page.view.parts.insert(.notice(notice, tone), at: 0)
        return page
    }
}

/// A name that leads somewhere.
public struct PageLink: Sendable, Hashable {
    public var name: Words
    /// A path of the county's pages, from `/`, with what stands behind `?`; every value in it encoded (`LocalPath`).
    public var path: String

    public init(_ name: Words, _ path: String) { (self.name, self.path) = (name, path) }
}
