import CountyBooks

/// Makes enrolment sheets: a token for each station that was chosen, all of them or none.
struct EnrolmentMaking {
    private let desk: CountyDesk
    private let request: PageRequest
    private let form: SentForm

    init(_ desk: CountyDesk, _ request: PageRequest, _ form: SentForm) {
        (self.desk, self.request, self.form) = (desk, request, form)
    }

    /// The sheets, shown once.
    func answer() throws -> PageAnswer {
        let most = CountyPagesLimits.enrolmentDaysMax
        let written = form.text("days")
        guard let days = Int(written), (1...most).contains(days), written.utf8.allSatisfy({ $0 != 0x2B }) else {
            throw FormFault("days", Words("请填写 1 到 \(most) 的天数。", "Write a number of days from 1 to \(most)."))
        }
        let stations = try EnrolmentChoice(desk, request).chosen(by: form)
        let sheets = try make(stations, days: days)
        return .shownOnce(EnrolmentSheets(sheets: sheets, settings: desk.settings).page)
    }

    private func make(_ stations: [SiteStations.Station], days: Int) throws -> [EnrolmentSheets.Sheet] {
        var sheets: [EnrolmentSheets.Sheet] = []
        var made: [String] = []
        do {
            for station in stations {
                // One sheet of a station works at a time: the one that was lost must not.
                if station.isOpen { try desk.enrolments.revokeTokens(station: station.id, stamp: request.stamp) }
                let token = try desk.enrolments.makeToken(station: station.id, days: days, stamp: request.stamp)
                made.append(station.id)
                sheets.append(
                    EnrolmentSheets.Sheet(
                        station: station,
                        token: token,
                        code: try EnrolmentQR(token, station: station.id)
                    )
                )
            }
            let expires = try desk.enrolments.openTokens()
            let ends = Dictionary(expires.map { ($0.station, $0.expires) }, uniquingKeysWith: max)
            return sheets.map { sheet in
                var sheet = sheet
                sheet.expires = ends[sheet.station.id]
                return sheet
            }
        } catch {
            // Tokens that nobody is shown are good for nobody.
            for station in made { try? desk.enrolments.revokeTokens(station: station, stamp: request.stamp) }
            throw error
        }
    }
}
