import CountyBooks
import CountyPages
import Testing

@Suite("Text stays text")
struct EscapingTests {
    /// A quote with an accent on it is one character of Swift and ends an attribute of HTML all the same.
    private static let bad = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "\"\u{301} onfocus=alert(1) x=\"", "<\u{338}b>",
        "&lt;",
        "' onclick='a", "{{name}} {{{body}}}", "</textarea><h1>", "\u{0}\u{8}",
    ]

    /// A page with the text everywhere where a text can stand.
    private static func page(_ text: String) -> Page {
        let words = Words(text, text)
        let choices = [Field.Choice(text, words), Field.Choice("", "")]
        let kinds: [Field.Kind] = [
            .text(), .number(0...9), .date, .month, .select(choices), .file(accept: text), .password(isNew: true),
            .textArea(rows: 2), .checkbox, .hidden, .userName,
        ]
        let fields = kinds.enumerated().map { index, kind in
            var field = Field("f\(index)", words, kind, value: text, hint: words, isRequired: true)
            field.fault = words
            return field
        }
        let cells: [Table.Cell] = [
            .text(text), .link(text, path: "/x?\(text)"), .link(text, path: "javascript:alert(1)"), .state(text, .bad),
            .unknown, .number(-3), .decimal(tenths: 125), .none,
        ]
        let columns = cells.indices.map { Table.Column("c\($0)", text, text, Table.Kind.allCases[$0 % 6]) }
        let view = View(
            words,
            [
                .heading(words), .text(words), .notice(words, .warn),
                .facts(cells.map { View.Fact(words, $0, note: words) }),
                .table(Table(words, columns: columns, rows: [cells, cells.reversed()], notes: [words]), scope: "a"),
                .table(Table(words, columns: columns), scope: "b"),
                .plot(words, svg: BarPlot.waiting([(words, 3)]).svg(id: text)),
                .bars(BarPlot.waiting([(words, 3)]), id: text + "2"), .facts([View.Fact(words, .words(words))]),
            ]
        )
        let form = Form("/bad", title: words, fields: fields, submit: words, note: words, isDangerous: true)
        return Page(
            view,
            trail: [PageLink(words, "/x?\(text)")],
            links: [PageLink(words, "/x?\(text)")],
            questions: [Form(asking: "/bad", title: words, fields: fields, submit: words)],
            forms: [form]
        )
    }

    @Test("HTML in a text is shown as text, on every part of a page and on paper", arguments: bad)
    func everywhere(text: String) async throws {
        let office = Office()
        try office.add("boss", Office.rights(.admin))
        let layouts = Page.Layout.allCases
        let routes =
            PageRoutes.all
            + layouts.enumerated().map { index, layout in
                .page("/bad\(index)", .account) { _, _ in
                    var page = Self.page(text)
                    page.layout = layout
                    return page
                }
            }
        try await office.serving(PageSettings(county: text, isTLS: true), routes: routes) { browser in
            let boss = browser()
            try await boss.logIn("boss")
            for index in layouts.indices {
                let query = "a.filter=\(LocalPath.encoded(text))&x=\(LocalPath.encoded(text))"
                for address in ["/bad\(index)", "/bad\(index)?\(query)"] {
                    let seen = try await boss.get(address)
                    #expect(seen.status == 200)
                    let faults = WellFormed(seen.text).faults
                    // Two tables of one name get two names; a name of nothing but signs is still one.
                    #expect(faults.isEmpty, "\(layouts[index]): \(faults.prefix(3))")
                    for sign in ["<script", "<img", "javascript:alert(1)\"", "\u{0}"] {
                        #expect(!seen.text.unicodeScalars.elementsEqual(sign.unicodeScalars))
                        #expect(!Self.holds(seen.text, sign), "\(sign)")
                    }
                }
            }
        }
    }

    private static func holds(_ text: String, _ sign: String) -> Bool {
        let (text, sign) = (Array(text.utf8), Array(sign.utf8))
        return text.indices.contains { text[$0...].starts(with: sign) }
    }

    @Test("what a person typed into an account is text on each page that shows it")
    func account() async throws {
        let office = Office()
        try office.add("boss", Office.rights(.admin))
        try await office.serving { browser in
            let boss = browser()
            try await boss.logIn("boss")
            for (index, text) in Self.bad.enumerated() where !text.contains("\u{0}") {
                let typed = [
                    "name": "li\(index)", "person": text, "role": "carrier", "scope": "county", "brands": text,
                ]
                let made = try await boss.fill("/accounts", nil, typed)
                #expect(made.status == 303, "\(text) \(made.notices)")
                for page in [try await boss.follow(made), try await boss.get("/accounts/li\(index)")] {
                    #expect(page.status == 200)
                    #expect(WellFormed(page.text).faults == [], "\(text)")
                    #expect(!page.text.contains("<script") && !page.text.contains("<img"))
                }
            }
            for path in ["/accounts", "/audit", "/accounts?filter=%22%CC%81%20onfocus%3Dx"] {
                let page = try await boss.get(path)
                #expect(WellFormed(page.text).faults == [], "\(path)")
                #expect(!page.text.contains("<script"))
            }
        }
    }
}
