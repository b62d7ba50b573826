import CountyBooks

extension PageRoutes {
    static let phone: [PageRoute] = [
        .page(PagePaths.phone, .permission(.lookAtPhone)) { try PhonePage.form($0, $1) },
        .send(PagePaths.phone, .permission(.lookAtPhone)) {
            try PhonePage.form($0, $1)
        } send: {
            try PhonePage.look($0, $1, $2)
        },
    ]
}

/// One recipient's phone number, for a reason that stands in the log before the number is shown (查看电话号码).
enum PhonePage {
    static func form(_ desk: CountyDesk, _ request: PageRequest) throws -> Page {
        let registers = try desk.registers()
        let day = PageTime.day(of: request.now)
        let stations = try desk.stations.sights().map(\.station).filter {
            isVisible($0, registers, day, request)
        }
        let choices =
            [Field.Choice("", Words("请选择", "Choose one"))]
            + stations.map { station in
                let site = registers.site(ofStation: station, on: day)
                return Field.Choice(station, site.map { "\($0.name) (\(station))" } ?? station)
            }
        let reasons = CountyBooksLimits.lookReasonCharactersMin...CountyBooksLimits.lookReasonCharactersMax
        let form = Form(
            PagePaths.phone,
            fields: [
                Field(
                    "waybill",
                    Words("运单号", "Waybill"),
                    value: request.query.text("waybill") ?? "",
                    isRequired: true
                ),
                Field(
                    "station",
                    Words("站点", "Station"),
                    .select(choices),
                    value: request.query.text("station") ?? "",
                    isRequired: true
                ),
                Field(
                    "reason",
                    Words("理由", "Reason"),
                    .textArea(rows: 2, charactersMax: reasons.upperBound),
                    hint: Words("为何须联系该收件人，至少 \(reasons.lowerBound) 个字", "Why this recipient must be called"),
                    isRequired: true
                ),
            ],
            submit: Words("查看一次", "Show it once"),
            note: Words(
                "查看会记入操作日志（谁、何时、哪件、为何），检查人员可见。",
                "The look is kept in the audit log (who, when, which parcel, why), which inspectors read."
            )
        )
        return Page(View(Words("查看收件人电话", "A recipient's phone number")), forms: [form])
    }

    static func look(_ desk: CountyDesk, _ request: PageRequest, _ form: SentForm) throws -> PageAnswer {
        let (waybill, station) = (form.text("waybill"), form.text("station"))
        guard !waybill.isEmpty, waybill.utf8.count <= CountyPagesLimits.waybillBytesMax else {
            throw FormFault("waybill", Words("请填写运单号。", "Name the waybill."))
        }
        let registers = try desk.registers()
        guard try desk.stations.sights().contains(where: { $0.station == station }),
            isVisible(station, registers, PageTime.day(of: request.now), request)
        else { throw FormFault("station", Words("请选择您范围内的站点。", "Choose a station that you may see.")) }
        let entry = try desk.accountBook()
            .lookAtPhone(of: waybill, reason: form.text("reason"), stamp: request.stamp)
        try desk.accounts.append(entry)
        guard let phone = try desk.phones.phone(station: station, waybill: waybill) else {
            throw FormFault(
                Words(
                    "此站点没有该运单的电话号码（未登记，或已按期删除）。",
                    "The station has no number for it: none was given, or it was erased."
                )
            )
        }
        let facts = [
            View.Fact(Words("运单号", "Waybill"), .text(waybill)), View.Fact(Words("站点", "Station"), .text(station)),
            View.Fact(Words("电话号码", "Phone number"), .text(phone)),
        ]
        let once = Words("号码只显示一次，请勿抄录他用。", "The number is shown once. Use it for nothing else.")
        return .shownOnce(
            Page(
                View(Words("收件人电话", "A recipient's phone number"), [.facts(facts), .notice(once, .warn)]),
                links: [PageLink(Words("返回", "Back"), PagePaths.parcels + LocalPath.path(waybill))],
                layout: .paper
            )
        )
    }

    /// Whether the station stands in the part of the county that the reader sees; one that no register knows is the county's.
    private static func isVisible(
        _ station: String,
        _ registers: Registers,
        _ day: Int64,
        _ request: PageRequest
    ) -> Bool {
        guard let visibility = request.reader?.account.visibility else { return false }
        let site = registers.site(ofStation: station, on: day)
        let township = site.map { String($0.village.prefix(RegisterCodes.townshipDigits)) }
        return visibility.allows(township: township) && visibility.allows(firm: site?.operatorName)
    }
}
