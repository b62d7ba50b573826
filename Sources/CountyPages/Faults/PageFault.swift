public import CountyBooks

/// Why there is no page: the status, and the thing, its cause and the fix in both languages.
public struct PageFault: Error, Sendable, Hashable {
    /// Of HTTP.
    public var status: Int
    /// The heading.
    public var title: Words
    /// What is wrong, and what to do.
    public var text: Words
    /// Seconds after which to try again; `nil` where that is of no use.
    public var retrySeconds: Int?

    public init(_ status: Int, _ title: Words, _ text: Words, retrySeconds: Int? = nil) {
        (self.status, self.title, self.text, self.retrySeconds) = (status, title, text, retrySeconds)
    }

    /// No page at this address, or none that its reader may see; the answer is the same.
    public static let notFound = PageFault(
        404,
        Words("没有这个页面", "No such page"),
        Words(
            "地址有误，或其内容不在您的查看范围内。请从菜单重新进入。",
            "The address is wrong, or what it shows is not within what you may see. Go on from the menu."
        )
    )

    static let noReader = PageFault(
        401,
        Words("请先登录", "Log in first"),
        Words("此页面须登录后查看。", "This page is for those who are logged in.")
    )
}

/// Why a form was not done. Its page is shown again with these sentences and what was typed.
public struct FormFault: Error, Sendable, Hashable {
    public var sentences: [Words]
    /// What is wrong with fields, by their names.
    public var fields: [String: Words]
    /// Of HTTP: 422 for what was typed, 409 when somebody else was first.
    public var status: Int
    /// Seconds after which to try again.
    var retrySeconds: Int?

    public init(_ sentences: [Words], fields: [String: Words] = [:], status: Int = 422) {
        (self.sentences, self.fields, self.status) = (sentences, fields, status)
    }

    public init(_ sentence: Words) { self.init([sentence]) }

    /// Something wrong with one field.
    public init(_ field: String, _ sentence: Words) { self.init([sentence], fields: [field: sentence]) }
}
