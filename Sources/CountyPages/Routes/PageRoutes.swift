import CountyBooks

/// Every route of the county's pages. Stations' own (`/v1/…`, `/healthz`) are none of them and need no account.
public enum PageRoutes {
    /// The table that the router is made of.
    public static let all: [PageRoute] =
        staticFiles + logIn + password + shownOnce + views + periods + accounts + audit + storage + phone + registers
        + reports

    /// What is added here stands in the menu when its reader may go there.
    static let menu: [PageLink] =
        [
            PageLink(Words("今日", "Today"), PagePaths.today),
            PageLink(Words("运单查询", "Parcels"), PagePaths.parcels),
            PageLink(Words("班次", "Runs"), PagePaths.runs),
        ] + periodMenu + [
            PageLink(Words("月报", "Reports"), PagePaths.reports),
            PageLink(Words("台账", "Registers"), PagePaths.registers),
            SetUpPage.link,
            EnrolmentPages.link,
            ManifestPages.link,
            PageLink(Words("查看电话", "Phone number"), PagePaths.phone),
            PageLink(Words("待识别事件", "Not understood"), PagePaths.quarantine),
            PageLink(Words("账号", "Accounts"), PagePaths.accounts),
            PageLink(Words("操作日志", "Audit log"), PagePaths.audit),
            StoragePage.link,
        ]
}
