/// The rule for passwords of a person's own: 10 to 128 characters, neither the log-in name nor the password before, and
/// none of those that are tried first. No digits or signs are asked for: they make passwords that people write down.
public enum PasswordRule {
    /// Checks a new password.
    ///
    /// - Throws: `AccountFault` with what is wrong about it.
    public static func check(_ password: String, for account: Account) throws(AccountFault) {
        let count = password.unicodeScalars.count
        guard count >= CountyBooksLimits.passwordCharactersMin else { throw AccountFault(.passwordTooShort) }
        guard count <= CountyBooksLimits.passwordCharactersMax else { throw AccountFault(.passwordTooLong) }
        guard AccountName.key(password) != AccountName.key(account.name) else { throw AccountFault(.passwordIsName) }
        guard !isSimple(password) else { throw AccountFault(.passwordTooSimple) }
        guard !account.accepts(password) else { throw AccountFault(.passwordIsOld) }
    }

    // MARK: Simple passwords

    /// Whether it has few different characters, or nothing but rows of neighbours in it: 1234567890, qwertyqwerty,
    /// abc123xyz. A character that is typed several times in a row stands for one: 1122334455 is 12345.
    private static func isSimple(_ password: String) -> Bool {
        // A phone number, a birthday.
        guard !password.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return true }
        var keys: [Unicode.Scalar] = []
        for key in password.lowercased().unicodeScalars where key != keys.last { keys.append(key) }
        guard Set(keys).count >= CountyBooksLimits.passwordDifferentCharactersMin else { return true }
        var isInRow = Array(repeating: false, count: keys.count)
        for end in keys.indices.dropFirst(2) where threes.contains(Array(keys[end - 2...end])) {
            for index in end - 2...end { isInRow[index] = true }
        }
        return isInRow.allSatisfy { $0 }
    }

    /// Neighbours of the digits, whose row goes on at its other end, of the alphabet and of the keyboard.
    private static let rows = [
        "012345678901", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./",
    ]

    /// Each three neighbours of a row, read forwards and backwards.
    private static let threes: Set<[Unicode.Scalar]> = {
        var threes: Set<[Unicode.Scalar]> = []
        for row in rows {
            let keys = Array(row.unicodeScalars)
            for end in keys.indices.dropFirst(2) {
                let three = Array(keys[end - 2...end])
                threes.formUnion([three, Array(three.reversed())])
            }
        }
        return threes
    }()
}
