import LockerDomain
import StationBooks
import StationRules

/// The tables of the grammar as lines of Markdown.
enum GrammarTables {
    static func questions(_ rows: [QuestionRow]) -> [String] {
        table(
            ["scan"] + rows.map { "`\($0.name)`" },
            ScanForm.allCases.map { form in
                [word(form)] + rows.map { $0.cells[form]?.rawValue ?? "" }
            }
        )
    }

    static func works(_ rows: [WorkRow]) -> [String] {
        table(
            ["work", "asks", "PIN", "doors in turn", "label", "last four", "card of a place", "NEXT", "DOOR to look"],
            rows.map { row in
                ["`\(row.work.rawValue)`", "`\(row.prompt.rawValue)`", yes(row.needsPIN), yes(row.takesDoors)]
                    + [row.label, row.lastFour, row.place, row.next, row.looks].map(names)
            }
        )
    }

    static func openings(_ rows: [OpeningRow]) -> [String] {
        table(
            ["purpose", "goes in", "opens the next door", "NO once it is shut", "after a stop"],
            rows.map { row in
                ["`\(row.purpose.rawValue)`", yes(row.goesIn), yes(row.leadsQueue), yes(row.isTaking)]
                    + [row.afterStop == .asks ? "the door asks" : "contents unknown"]
            }
        )
    }

    private static func table(_ head: [String], _ rows: [[String]]) -> [String] {
        ([head, head.map { _ in "---" }] + rows).map { "| " + $0.joined(separator: " | ") + " |" }
    }

    private static func yes(_ flag: Bool) -> String { flag ? "yes" : "–" }

    private static func names(_ roles: [Role]) -> String {
        roles.isEmpty ? "–" : roles.map(\.rawValue).joined(separator: ", ")
    }

    private static func word(_ form: ScanForm) -> String {
        switch form {
        case .enter: "Enter"
        case .token: "badge or token"
        case .eightDigits: "8 digits: a code"
        case .sixDigits: "6 digits: a PIN"
        case .fiveDigits: "5 digits"
        case .fourDigits: "4 digits"
        case .oneDigit: "1 digit"
        case .tenDigits: "10 digits: a support code"
        case .phone: "a phone"
        case .otherLine: "any other line"
        case .next, .end, .digit, .refuse, .yes, .no, .empty, .door, .reject: form.rawValue.uppercased()
        case .otherCard: "any other card"
        case .tornCard: "a torn card"
        case .tornDigit: "a torn DIGIT card"
        case .label: "label of a parcel or shipment"
        case .otherLabel: "any other barcode"
        }
    }
}
