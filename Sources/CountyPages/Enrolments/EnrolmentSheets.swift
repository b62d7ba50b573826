import CountyBooks
import LockerDomain

/// Enrolment sheets (入网单) to print: one page a station, in Chinese and English, since nobody knows who will install it.
struct EnrolmentSheets {
    /// One station's.
    struct Sheet: Sendable {
        let station: SiteStations.Station
        let token: String
        let code: EnrolmentQR
        /// Milliseconds since 1970; `nil` where the county does not say it.
        var expires: Int64?
    }

    let sheets: [Sheet]
    let settings: PageSettings

    /// What a technician types at the board.
    static let typeCommand = "sudo lockerctl enrol"

    var page: Page {
        let once = Words(
            "共 \(sheets.count) 页，只显示一次，请立即打印。入网单等同于钥匙，请当面交给安装人员，用后销毁。",
            "\(sheets.count) pages, shown once: print them now. A sheet is like a key: hand it to the technician "
                + "alone, destroy it after use."
        )
        return Page(
            View(Words("入网单", "Enrolment sheets"), [.notice(once, .warn)] + sheets.flatMap(parts)),
            links: [EnrolmentPages.link],
            layout: .sheets
        )
    }

    private func parts(_ sheet: Sheet) -> [View.Part] {
        let (id, site) = (sheet.station.id, sheet.station.site)
        let name = sheet.station.title
        var facts = [View.Fact(both("县", "County"), .text(settings.county))]
        if let site {
            facts += [
                View.Fact(both("网点", "Site"), .text("\(site.number) \(site.name)")),
                View.Fact(both("地址", "Address"), .text(site.address)),
            ]
        } else {
            facts.append(View.Fact(both("网点", "Site"), .unknown))
        }
        facts += [
            View.Fact(both("站点", "Station"), .text(id)),
            View.Fact(both("有效期至", "Valid until"), sheet.expires.map { .text(PageTime.text($0)) } ?? .unknown),
            View.Fact(both("令牌", "Token"), .text(sheet.token)),
        ]
        if let address = settings.stationAddress {
            facts.append(View.Fact(both("县服务器地址", "Address of the county"), .text(address)))
        }
        return [
            .heading(Words(name, name)), .facts(facts),
            .plot(both("扫码入网", "Scan it to enrol"), svg: sheet.code.svg), .text(instructions(site)),
        ]
    }

    private func both(_ chinese: String, _ english: String) -> Words {
        Words("\(chinese) \(english)", "\(english) \(chinese)")
    }

    /// What to do, in both languages whatever the reader's is.
    private func instructions(_ site: Site?) -> Words {
        let village = site?.village ?? "…"
        let county = settings.stationAddress.map { Words($0, $0) } ?? Words("县服务器地址", "ADDRESS-OF-THE-COUNTY")
        let steps = """
            1. 在柜机主板上运行：\(Self.typeCommand) --scan，两分钟内把本页二维码对准站点扫描枪；没有扫描枪时改为 \
            \(Self.typeCommand) 后接上面的令牌。
               新主板须先在 /etc/lockerd/station.toml 写好 [[scanner]] 并重启 lockerd
            2. 新主板还要在命令后加：--county \(county.chinese) --village \(village) --board 板型
            3. 显示“已登记”即完成。
            4. 每张入网单只能用一次，仅限本站点。遗失请立即告知县里撤销。
            1. On the board run: \(Self.typeCommand) --scan and hold this code under the station's scanner within two minutes; \
            without a scanner: \(Self.typeCommand) and the token above.
               with --scan the scanner must stand in station.toml first (restart lockerd)
            2. For a new board also give: --county \(county.english) --village \(village) --board PROFILE
            3. It is done when it says Enrolled.
            4. A sheet works once, for this station alone. If it is lost, tell the county at once to revoke it.
            """
        return Words(steps, steps)
    }
}
