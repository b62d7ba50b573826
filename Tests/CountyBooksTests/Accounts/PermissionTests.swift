import CountyBooks
import StoreContracts
import Testing

@Suite("Who may do what")
struct PermissionTests {
    /// Columns: roles; `county`: not in an account of one township.
    private static let table = """
        .                 clerk  dispatcher inspector operatorFirm carrier admin
        readToday         yes    yes        yes       yes          yes     yes
        readStation       yes    yes        yes       yes          .       yes
        readVillage       yes    yes        yes       yes          yes     yes
        readParcel        yes    yes        yes       yes          yes     yes
        readRuns          yes    yes        yes       yes          .       yes
        readRegisters     yes    yes        yes       .            .       yes
        readReport        yes    yes        yes       yes          yes     yes
        readQuarantined   county county     county    .            .       county
        readEnrolments    yes    .          yes       .            .       yes
        readSetUp         county .          county    .            .       county
        readManifests     county .          county    .            .       county
        readStorage       .      .          county    .            .       county
        readAccounts      .      .          county    .            .       county
        readAuditLog      .      .          county    .            .       county
        changeRegisters   county .          .         .            .       county
        importManifest    county .          .         .            .       county
        closePeriod       county .          .         .            .       .
        issueCorrection   county .          .         .            .       .
        makeEnrolments    yes    .          .         .            .       yes
        sendCommands      .      yes        .         .            .       .
        lookAtPhone       .      yes        .         .            .       .
        changeAccounts    .      .          .         .            .       county
        backup            .      .          .         .            .       county
        export            yes    yes        yes       yes          yes     yes
        changeOwnPassword yes    yes        yes       yes          yes     yes
        """

    private static let rows = table.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }

    private static func word(_ role: AccountRole, _ permission: Permission) -> String {
        guard role.may(permission) else { return "." }
        return permission.needsCounty ? "county" : "yes"
    }

    @Test("the table has a column for each role and a row for each permission, and each says what the code does")
    func table() throws {
        let roles = AccountRole.allCases
        let computed =
            [["."] + roles.map(\.rawValue)]
            + Permission.allCases.map { permission in
                [permission.rawValue] + roles.map { Self.word($0, permission) }
            }
        try #require(Self.rows.count == computed.count)
        for (row, now) in zip(Self.rows, computed) { #expect(row == now, "now: \(now.joined(separator: " "))") }
        print(Self.table)
    }

    @Test("an inspector reads all but phone numbers and changes nothing but the own password")
    func inspector() {
        for permission in Permission.allCases where permission != .changeOwnPassword {
            let isReading = !permission.isChange && permission != .lookAtPhone
            #expect(AccountRole.inspector.may(permission) == isReading, "\(permission)")
        }
    }

    @Test("one role looks at phone numbers, another closes periods, a third makes accounts")
    func apart() {
        let those = { (permission: Permission) in AccountRole.allCases.filter { $0.may(permission) } }
        #expect(those(.lookAtPhone) == [.dispatcher])
        #expect(those(.closePeriod) == [.clerk])
        #expect(those(.issueCorrection) == [.clerk])
        #expect(those(.changeAccounts) == [.admin])
        #expect(those(.readAuditLog) == [.inspector, .admin])
    }

    @Test("firms and brands change nothing", arguments: [AccountRole.operatorFirm, .carrier])
    func outsiders(role: AccountRole) {
        let changes = Permission.allCases.filter { $0.isChange && role.may($0) }
        #expect(changes == [.changeOwnPassword])
    }

    @Test("changes, exports and looks at numbers are logged, reading is not")
    func logged() {
        #expect(Permission.export.isLogged && !Permission.export.isChange)
        #expect(Permission.lookAtPhone.isLogged)
        let reading = Permission.allCases.filter { $0.rawValue.hasPrefix("read") }
        #expect(reading.count == 14)
        #expect(reading.allSatisfy { !$0.isLogged })
        #expect(Permission.allCases.filter(\.isChange).allSatisfy { $0.isLogged })
    }

    @Test("an account of one township has no permission that concerns the whole county")
    func township() throws {
        let clerk = try Office.account("li", .clerk, .township("140525100"))
        #expect(!clerk.may(.closePeriod) && !clerk.may(.changeRegisters))
        #expect(clerk.may(.readToday) && clerk.may(.makeEnrolments))
        #expect(try Office.account("li", .clerk).may(.closePeriod))
    }

    @Test("before the first password is changed, and after an account is switched off, nothing else can be done")
    func blocked() throws {
        var account = try Office.account("li", .clerk)
        account.oneTime = Account.OneTime(until: Office.time + 1)
        #expect(Permission.allCases.filter { account.may($0) } == [.changeOwnPassword])
        account.disabled = Office.time
        #expect(Permission.allCases.filter { account.may($0) } == [])
    }

    @Test("each role, permission and action has a Chinese name of its own")
    func chinese() {
        let names = [
            AccountRole.allCases.map(\.chinese), Permission.allCases.map(\.chinese),
            AuditAction.allCases.map(\.chinese),
        ]
        for list in names {
            #expect(Set(list).count == list.count)
            #expect(list.allSatisfy { $0.unicodeScalars.allSatisfy(\.properties.isUnifiedIdeograph) })
        }
    }
}
