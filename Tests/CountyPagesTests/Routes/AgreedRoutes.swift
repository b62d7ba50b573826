/// Which role gets which route, as people agreed on it: written by hand, so that a wrong permission in the code fails. A column a
/// role, in the order of `AccountRole.allCases`:
///
/// - `s` gets it, and so does an account of one township, which sees its own part of it;
/// - `+` gets it with the whole county alone;
/// - `-` does not get it.
enum AgreedRoutes {
    static let roles = ["clerk", "dispatcher", "inspector", "operatorFirm", "carrier", "admin"]

    /// By `GET /accounts/:name`.
    static let rows: [(route: String, marks: [Character])] = table.split(separator: "\n").map { line in
        let parts = line.split(separator: " ")
        return (parts.suffix(2).joined(separator: " "), parts.dropLast(2).compactMap(\.first))
    }

    private static let table = """
        s s s s s +  GET /static/:file
        s s s s s +  GET /login
        s s s s s +  POST /login
        s s s s s +  POST /logout
        s s s s s +  GET /password
        s s s s s +  POST /password
        s s s s s +  GET /once/:key
        s s s s s +  GET /
        s s s s s +  GET /today
        s s s s - +  GET /stations/:station
        s s s s s +  GET /villages/:village
        s s s s s +  GET /parcels
        s s s s s +  GET /parcels/:waybill
        s s s s - +  GET /runs
        + + + - - +  GET /quarantine
        s s s s - +  GET /people
        s s s s s +  GET /fees
        s s s s - +  GET /voices
        s s s s - +  GET /troubles
        - - + - - +  GET /accounts
        - - + - - +  GET /accounts/:name
        - - - - - +  POST /accounts
        - - - - - +  POST /accounts/:name
        - - - - - +  POST /accounts/:name/disable
        - - - - - +  POST /accounts/:name/enable
        - - - - - +  POST /accounts/:name/sheet
        - - + - - +  GET /audit
        - - + - - +  GET /storage
        - s - - - -  GET /phone
        - s - - - -  POST /phone
        s s s - - +  GET /registers
        + - - - - +  GET /registers/add/:kind
        + - - - - +  POST /registers/add/:kind
        + - - - - +  GET /registers/upload/:kind
        + - - - - +  POST /registers/upload/:kind
        s s s - - +  GET /registers/:kind
        s s s - - +  GET /registers/:kind/template.csv
        s s s - - +  GET /registers/:kind/:key
        + - - - - +  GET /registers/:kind/:key/:day
        + - - - - +  POST /registers/:kind/:key/:day
        + - - - - +  GET /registers/:kind/:key/:day/withdraw
        + - - - - +  POST /registers/:kind/:key/:day/withdraw
        + - + - - +  GET /setup
        s - s - - +  GET /enrolments
        s - - - - +  POST /enrolments
        s - - - - +  POST /enrolments/revoke
        + - + - - +  GET /manifests
        + - + - - +  GET /manifests/template.csv
        + - - - - +  POST /manifests
        s s s s s +  GET /reports
        s s s s s +  GET /reports/:period
        + - - - - -  GET /reports/:period/close
        + - - - - -  POST /reports/:period/close
        + - - - - -  GET /reports/:period/correct
        + - - - - -  POST /reports/:period/correct
        s s s s s +  GET /reports/:period/print
        s s s s s +  GET /reports/:period/print/:number
        s s s s s +  GET /reports/:period/frozen/:file
        """
}
