public import CountyBooks

/// A form on a page. The page gives it the token of the session and its number.
public struct Form: Sendable, Hashable {
    /// How it is sent.
    public enum Method: String, Sendable, Hashable {
        /// A question: what was typed stands in the address of the answer.
        case get
        /// A change.
        case post
    }

    public var method: Method
    /// A path of the county's pages, from `/`. It names the form on its page.
    public var action: String
    /// A heading above it; `nil` where the page's own says it.
    public var title: Words?
    public var fields: [Field]
    /// What stands on its button.
    public var submit: Words
    /// A sentence above the button: what happens then.
    public var note: Words?
    /// Whether it takes something away: the button looks so.
    public var isDangerous: Bool

    /// A change.
    public init(
        _ action: String,
        title: Words? = nil,
        fields: [Field] = [],
        submit: Words,
        note: Words? = nil,
        isDangerous: Bool = false
    ) {
        method = .post
        (self.action, self.title, self.fields) = (action, title, fields)
        (self.submit, self.note, self.isDangerous) = (submit, note, isDangerous)
    }

    /// A question.
    public init(asking action: String, title: Words? = nil, fields: [Field], submit: Words) {
        self.init(action, title: title, fields: fields, submit: submit)
        method = .get
    }

    /// Whether it brings a file.
    var hasFile: Bool {
        fields.contains { if case .file = $0.kind { true } else { false } }
    }

    /// The form with what was typed into it, and what is wrong with it. Passwords and files are not kept, hidden fields are
    /// those of the page.
    func filled(from sent: SentForm, faults: [String: Words]) -> Form {
        var form = self
        for index in form.fields.indices {
            let field = form.fields[index]
            form.fields[index].fault = faults[field.name]
            switch field.kind {
            case .password, .file, .hidden: break
            case .checkbox: form.fields[index].value = sent.has(field.name) ? Field.on : ""
            default: if let value = sent.raw(field.name) { form.fields[index].value = value }
            }
        }
        return form
    }
}
