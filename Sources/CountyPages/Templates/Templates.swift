/// The HTML of pages as mustache templates. Two braces escape a text (`CountyHTML`); three stand only around what our own code
/// made of escaped texts. Context keys differ from part to part, so that none is found further out by mistake.
enum Templates {
    static let page = "page"
    static let heading = "heading"
    static let text = "text"
    static let notice = "notice"
    static let facts = "facts"
    static let plot = "plot"
    static let table = "table"
    static let form = "form"

    /// By name.
    static let all: [(name: String, text: String)] = [
        (page, pageText),
        (heading, "<h2>{{text}}</h2>\n"),
        (text, "{{#lines}}<p>{{.}}</p>\n{{/lines}}"),
        (notice, "<div class=\"notice {{tone}}\">{{#lines}}<p>{{.}}</p>{{/lines}}</div>\n"),
        (facts, factsText),
        (plot, "<figure>\n{{{svg}}}<figcaption>{{caption}}</figcaption>\n</figure>\n"),
        (table, tableText),
        (form, formText),
    ]

    private static let factsText = """
        <dl class="facts">
        {{#facts}}
        <div><dt>{{name}}</dt><dd>{{{value}}}{{#hasNote}} <span class="note">{{note}}</span>{{/hasNote}}</dd></div>
        {{/facts}}
        </dl>

        """
}
