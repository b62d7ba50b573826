public import CountyBooks

/// One row of the table of routes: the router is made of these, and nothing else answers.
public struct PageRoute: Sendable {
    /// Shows something.
    public typealias Read = @Sendable (CountyDesk, PageRequest) throws -> PageAnswer
    /// Shows a page; `nil`: there is no such page.
    public typealias Show = @Sendable (CountyDesk, PageRequest) throws -> Page?
    /// Does what a form asks for. It throws `FormFault`, `AccountFault` or `CountyFault` when it cannot: the form's page is
    /// shown again with the fault and what was typed.
    public typealias Send = @Sendable (CountyDesk, PageRequest, SentForm) throws -> PageAnswer

    public enum Method: String, Sendable, Hashable, CaseIterable {
        case get = "GET"
        case post = "POST"
    }

    enum Work: Sendable {
        case read(Read)
        /// `page`: path of the page that the form stands on, with the parameters of the route.
        case form(page: String, show: Show, send: Send)
    }

    public let method: Method
    /// `/accounts/:name`
    public let path: String
    public let access: PageAccess
    /// Bytes of the body at most.
    public let bodyBytesMax: Int
    let work: Work
    /// Whether it looks at a password, which takes long.
    var isSlow = false

    init(
        _ method: Method,
        _ path: String,
        _ access: PageAccess,
        bodyBytesMax: Int = CountyPagesLimits.formBytesMax,
        isSlow: Bool = false,
        work: Work
    ) {
        (self.method, self.path, self.access) = (method, path, access)
        (self.bodyBytesMax, self.isSlow, self.work) = (bodyBytesMax, isSlow, work)
    }

    /// What an account needs; `nil` where any account, or nobody's, is enough.
    public var permission: Permission? {
        if case .permission(let permission) = access { permission } else { nil }
    }

    // MARK: Making rows

    /// Something to read: a page, a file, a way to elsewhere.
    public static func read(_ path: String, _ access: PageAccess, _ read: @escaping Read) -> PageRoute {
        PageRoute(.get, path, access, work: .read(read))
    }

    /// A page to read.
    public static func page(_ path: String, _ access: PageAccess, _ show: @escaping Show) -> PageRoute {
        .read(path, access) { desk, request in
            guard let page = try show(desk, request) else { throw PageFault.notFound }
            return .page(page)
        }
    }

    /// A form to send.
    ///
    /// - Parameters:
    ///   - path: what the form's `action` is.
    ///   - page: path of the page that it stands on, with the same parameters; the same as `path` unless given.
    ///   - bodyBytesMax: `CountyPagesLimits.uploadBytesMax` for one with a file.
    ///   - show: the page, to be shown again when the form cannot be done.
    public static func send(
        _ path: String,
        on page: String? = nil,
        _ access: PageAccess,
        bodyBytesMax: Int = CountyPagesLimits.formBytesMax,
        show: @escaping Show,
        send: @escaping Send
    ) -> PageRoute {
        PageRoute(
            .post,
            path,
            access,
            bodyBytesMax: bodyBytesMax,
            work: .form(page: page ?? path, show: show, send: send)
        )
    }
}

/// Who gets an answer from a route.
public enum PageAccess: Sendable, Hashable {
    /// Anybody: the log-in, the style sheet.
    case anybody
    /// Any account that is logged in, also before it has a password of its own.
    case ownAccount
    /// Any account that is logged in.
    case account
    /// Accounts that may.
    case permission(Permission)

    /// Whether an account that is logged in gets an answer.
    public func admits(_ account: Account) -> Bool {
        switch self {
        case .anybody, .ownAccount: account.isEnabled
        case .account: account.isEnabled && !account.mustChange
        case .permission(let permission): account.may(permission)
        }
    }
}
