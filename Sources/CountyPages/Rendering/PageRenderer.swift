import CountyBooks
import Mustache

/// Makes HTML of pages: by templates that are compiled once, but for the cells of tables (`TableMarkup`).
struct PageRenderer: Sendable {
    private let library: MustacheLibrary
    private let menu: [(link: PageLink, access: PageAccess)]
    /// Path of the style sheet, which changes with it.
    let stylePath: String

    /// - Parameter menu: a link is shown to the accounts that the route of its path admits.
    init(menu: [PageLink], routes: [PageRoute]) throws {
        MustacheContentTypes.register(CountyHTML(), named: CountyHTML.name)
        var library = MustacheLibrary()
        for (name, text) in Templates.all {
            try library.register("{{% CONTENT_TYPE:\(CountyHTML.name)}}\(text)", named: name)
        }
        self.library = library
        self.menu = menu.compactMap { link in
            routes.first { $0.method == .get && $0.path == link.path }.map { (link, $0.access) }
        }
        stylePath = "\(PagePaths.files)/\(StyleSheet.name)"
    }

    /// What of the menu an account may use.
    func menu(of account: Account?) -> [PageLink] {
        guard let account else { return [] }
        return menu.filter { $0.access.admits(account) }.map(\.link)
    }

    func html(_ page: Page, _ frame: Frame) -> String {
        let language = frame.language
        var context: [String: Any] = [
            "lang": language.tag,
            "layout": page.look,
            "title": page.view.title[language],
            "county": frame.settings.county,
            "styles": frame.href(stylePath),
            "home": frame.href("/"),
            "skip": Words("跳到正文", "Skip to the content")[language],
            "system": Words("快件进村管理", "Village parcels")[language],
            "body": body(page, frame),
            "made": Words("生成于", "Made at")[language],
            "time": PageTime.text(frame.now),
            "reader": frame.reader?.account.name ?? "",
            "readerLabel": Words("账号", "account")[language],
            "hasReader": frame.reader != nil,
        ]
        if page.layout.isPaper {
            context["isPaper"] = true
            context["printHint"] =
                Words(
                    "用浏览器的打印功能打印或存为 PDF（Ctrl+P）。",
                    "Print it, or keep it as PDF, by the browser (Ctrl+P)."
                )[language]
            context["ways"] = waysBack(page, frame).map { ["name": $0.name[language], "href": frame.href($0.path)] }
        } else {
            context.merge(navigation(page, frame)) { $1 }
        }
        return library.render(context, withTemplate: Templates.page) ?? ""
    }

    /// From a page for paper, which has no menu.
    private func waysBack(_ page: Page, _ frame: Frame) -> [PageLink] {
        guard page.links.isEmpty else { return page.links }
        let name = Words("返回", "Back")
        guard frame.query.value("print") == nil else { return [PageLink(name, frame.address(without: ["print"]))] }
        return [page.trail.last ?? PageLink(name, "/")]
    }

    private func navigation(_ page: Page, _ frame: Frame) -> [String: Any] {
        let language = frame.language
        let languages: [[String: Any]] = Language.allCases.map { choice in
            let name = choice == .chinese ? "中文" : "English"
            let separator = frame.address.contains("?") ? "&" : "?"
            return [
                "name": name, "tag": choice.tag, "isCurrent": choice == language,
                "href": frame.href("\(frame.address)\(separator)lang=\(choice.choice)"),
            ]
        }
        return [
            "isOrdinary": true,
            "menuLabel": Words("菜单", "Menu")[language],
            "menu": frame.menu.map { link -> [String: Any] in
                let isCurrent = frame.path == link.path || frame.path.hasPrefix("\(link.path)/")
                return ["name": link.name[language], "href": frame.href(link.path), "isCurrent": isCurrent]
            },
            "hasMenu": !frame.menu.isEmpty,
            "languageLabel": Words("语言 Language", "Language 语言")[language],
            "languages": languages,
            "password": frame.href(PagePaths.password),
            "passwordName": Words("修改密码", "Password")[language],
            "logOut": frame.href(PagePaths.logOut),
            "logOutName": Words("退出", "Log out")[language],
            "logOutToken": frame.reader?.csrf ?? "",
            "csrfField": PageServer.csrfField,
            "trail": page.trail.map { ["name": $0.name[language], "href": frame.href($0.path)] },
            "hasTrail": !page.trail.isEmpty,
            "trailLabel": Words("所在位置", "Where this page is")[language],
            "links": page.links.map { ["name": $0.name[language], "href": frame.href($0.path)] },
            "hasLinks": !page.links.isEmpty,
        ]
    }

    // MARK: Parts

    private func body(_ page: Page, _ frame: Frame) -> String {
        var names = TableNames()
        var html = ""
        for (index, form) in page.questions.enumerated() { html += self.form(form, "q\(index)", frame) }
        for part in page.view.parts { html += self.part(part, page, frame, &names) }
        for (index, form) in page.forms.enumerated() { html += self.form(form, "f\(index)", frame) }
        return html
    }

    private func part(_ part: View.Part, _ page: Page, _ frame: Frame, _ names: inout TableNames) -> String {
        let language = frame.language
        switch part {
        case .heading(let words): return render(Templates.heading, ["text": words[language]])
        case .text(let words): return render(Templates.text, ["lines": lines(words[language])])
        case .notice(let words, let tone):
            return render(Templates.notice, ["lines": lines(words[language]), "tone": tone.rawValue])
        case .facts(let facts):
            let rows = facts.map { fact -> [String: Any] in
                [
                    "name": fact.name[language],
                    "value": TableMarkup.cell(fact.value, language, frame.href),
                    "note": fact.note?[language] ?? "",
                    "hasNote": fact.note != nil,
                ]
            }
            return render(Templates.facts, ["facts": rows])
        case .plot(let words, let svg):
            return render(Templates.plot, ["caption": words[language], "svg": svg])
        case .bars(let plot, let id):
            return render(
                Templates.plot,
                ["caption": plot.title[language], "svg": plot.svg(id: id, in: language)]
            )
        case .table(let table, let scope):
            let markup = TableMarkup(table, scope: scope, names.next(table.title[language]), page.layout, frame)
            return render(Templates.table, markup.context)
        }
    }

    private func form(_ form: Form, _ id: String, _ frame: Frame) -> String {
        render(Templates.form, FormMarkup(form, id: id, frame).context)
    }

    private func render(_ template: String, _ context: [String: Any]) -> String {
        library.render(context, withTemplate: template) ?? ""
    }

    private func lines(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }
}

/// Labels of a page's tables: each scrolls in a region of its own, and no two regions may be called alike.
struct TableNames {
    private var used: [String: Int] = [:]

    mutating func next(_ title: String) -> String {
        used[title, default: 0] += 1
        let count = used[title] ?? 1
        return count == 1 ? title : "\(title) \(count)"
    }
}

/// How text becomes HTML in our templates. Mustache's own way looks at whole characters, so that a quote with an accent on it
/// stays a quote and ends an attribute.
struct CountyHTML: MustacheContentType {
    static let name = "COUNTY"

    func escapeText(_ text: String) -> String { Markup.escape(text) }
}
