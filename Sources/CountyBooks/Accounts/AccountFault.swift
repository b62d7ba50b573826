/// Why nothing was changed, or nobody let in: the thing, the cause, the fix, in English and Chinese.
public struct AccountFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong; `AccountFault+Words` has its words.
    public enum Kind: String, Sendable, CaseIterable {
        case badName, phoneAsName, badDisplayName, nameTaken, tooManyAccounts, unknownAccount
        case badFirm, badBrands, townshipAdmin, unknownFirm, unknownTownship
        case passwordTooShort, passwordTooLong, passwordTooSimple, passwordIsName, passwordIsOld, passwordNotKept
        case wrongPassword, logInRefused, oneTimeOver
        case notAllowed, lastAdmin, changedMeanwhile, nothingToChange, noReason
    }

    public let kind: Kind
    /// Log-in name of the account concerned; empty where none is, or where it is not to be shown.
    public let name: String

    /// A fault of an account, or of what was typed.
    public init(_ kind: Kind, _ name: String = "") {
        self.kind = kind
        self.name = String(AuditText.clean(name).prefix(CountyBooksLimits.accountNameCharactersMax))
    }

    /// `account wang`
    public var thing: String { name.isEmpty ? kind.words.thing : "account \(name)" }
    public var cause: String { kind.words.cause }
    public var fix: String { kind.words.fix }

    /// `账号 wang`
    public var chineseThing: String { name.isEmpty ? kind.words.chineseThing : "账号 \(name)" }
    public var chineseCause: String { kind.words.chineseCause }
    public var chineseFix: String { kind.words.chineseFix }

    /// `account wang: cause: fix`
    public var description: String { "\(thing): \(cause): \(fix)" }

    /// `账号 wang：原因。办法。`
    public var chinese: String { "\(chineseThing)：\(chineseCause)。\(chineseFix)。" }
}
