import CountyBooks

extension PageRoutes {
    static let reports: [PageRoute] = [
        .read(PagePaths.reports, .permission(.readReport)) { try ReportListPage($0, $1).answer() },
        .page(onePeriod, .permission(.readReport)) { try ReportPage.page($0, $1) },
        .page("\(onePeriod)/close", .permission(.closePeriod)) { try ClosingPage($0, $1)?.page() },
        .send("\(onePeriod)/close", .permission(.closePeriod)) {
            try ClosingPage($0, $1)?.page()
        } send: { desk, request, form in
            guard let page = try ClosingPage(desk, request) else { throw PageFault.notFound }
            return try page.close(form)
        },
        .page("\(onePeriod)/correct", .permission(.issueCorrection)) { try CorrectionPage($0, $1)?.page() },
        .send("\(onePeriod)/correct", .permission(.issueCorrection)) {
            try CorrectionPage($0, $1)?.page()
        } send: { desk, request, form in
            guard let page = try CorrectionPage(desk, request) else { throw PageFault.notFound }
            return try page.issue(form)
        },
        .page("\(onePeriod)/print", .permission(.readReport)) { try ReportPaper.page($0, $1) },
        .page("\(onePeriod)/print/:number", .permission(.readReport)) { try ReportPaper.page($0, $1) },
        .read("\(onePeriod)/frozen/:file", .permission(.readReport)) { try frozenFile($0, $1) },
    ]

    private static let onePeriod = "\(PagePaths.reports)/:period"

    /// The bytes that were hashed, for those who see all rows: `0.csv` is the report itself, `1.csv` its first correction.
    private static func frozenFile(_ desk: CountyDesk, _ request: PageRequest) throws -> PageAnswer {
        guard let asked = try AskedPeriod(desk, request), asked.isWhole,
            let number = ReportPaths.number(ofFile: request.parameter("file")),
            let part = asked.frozen.first(where: { $0.correction == number })
        else { throw PageFault.notFound }
        guard request.may(.export) else { throw PageFault.forbidden(.export) }
        if let trouble = desk.storeTrouble() { throw PageFault.noWrite(trouble) }
        // Who asks for the headers alone gets no row.
        if !request.isHead {
            try desk.log(.exported, request.path, detail: "csv, SHA-256 \(part.loggedHash)", by: request)
        }
        let name = number == 0 ? "\(part.period)-report.csv" : "\(part.period)-correction-\(number).csv"
        return .file(PageFile(name: name, contentType: PageFile.csv, bytes: part.csv))
    }
}
