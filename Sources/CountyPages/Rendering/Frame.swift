import CountyBooks

/// What stands around a page and differs from reader to reader.
struct Frame {
    let language: Language
    let settings: PageSettings
    /// The page's path, without the county's prefix.
    let path: String
    /// The same with what stands behind `?`.
    let address: String
    let query: QueryItems
    let reader: Reader?
    /// For the forms of the page.
    let csrf: String
    let menu: [PageLink]
    let now: Int64
    /// The number of a form that is about to be shown; `nil` where nobody counts them.
    let openForm: () -> String?

    init(_ visit: Visit, csrf: String, menu: [PageLink], openForm: @escaping () -> String?) {
        (language, settings, path, address) = (visit.language, visit.settings, visit.pagePath, visit.pageAddress)
        (query, reader, self.csrf, self.menu) = (visit.query, visit.reader, csrf, menu)
        (now, self.openForm) = (visit.now, openForm)
    }

    /// A path of the county's pages as an address for the browser.
    func href(_ path: String) -> String { settings.pathPrefix + path }

    /// This page with another query.
    func href(query: String, to place: String = "") -> String {
        let anchor = place.isEmpty ? "" : "#\(place)"
        return href(query.isEmpty ? path : "\(path)?\(query)") + anchor
    }

    /// This page with items added behind `?`.
    func href(adding items: [(String, String)]) -> String {
        let names = Set(items.map(\.0))
        let kept = query.without(names).map { (String($0.key), String($0.value)) }
        let text = (kept + items).map { "\(LocalPath.encoded($0.0))=\(LocalPath.encoded($0.1))" }
        return href(query: text.joined(separator: "&"))
    }

    /// This page with what stands behind `?`, without some of it.
    func address(without names: Set<String>) -> String {
        let kept = query.without(names).map {
            "\(LocalPath.encoded(String($0.key)))=\(LocalPath.encoded(String($0.value)))"
        }
        return kept.isEmpty ? path : "\(path)?\(kept.joined(separator: "&"))"
    }

    var canExport: Bool { reader?.account.may(.export) ?? false }
}
