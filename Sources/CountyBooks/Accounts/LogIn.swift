/// What became of a log-in.
public enum LogIn: Sendable {
    /// The password is right. `change` is to be kept first where there is one: it uses a one-time password up, and the
    /// session begins with the account in it.
    case accepted(Account, change: AccountChange?, AuditEntry)
    /// Nobody is let in. The fault is the same for a name without an account, a wrong password and an account that is
    /// switched off; only a person with the right one-time password learns that it is used or over. The entry has the
    /// cause.
    case refused(AccountFault, AuditEntry)
}
