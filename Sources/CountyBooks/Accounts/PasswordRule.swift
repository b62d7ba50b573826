/// The rule for passwords of a person's own: 10 to 128 characters, neither the log-in name nor the password before. No
/// digits or signs are asked for: they make passwords that people write down.
public enum PasswordRule {
    /// Checks a new password.
    ///
    /// - Throws: `AccountFault` with what is wrong about it.
    public static func check(_ password: String, for account: Account) throws(AccountFault) {
        let count = password.unicodeScalars.count
        guard count >= CountyBooksLimits.passwordCharactersMin else { throw AccountFault(.passwordTooShort) }
        guard count <= CountyBooksLimits.passwordCharactersMax else { throw AccountFault(.passwordTooLong) }
        guard AccountName.key(password) != AccountName.key(account.name) else { throw AccountFault(.passwordIsName) }
        guard !account.accepts(password) else { throw AccountFault(.passwordIsOld) }
    }
}
