/// Bounds of the pages of registers, enrolments and manifests, each with its unit (DESIGN rule 11).
enum RegisterPagesLimits {
    /// Characters of a field that takes a list: 200 villages by their codes and what stands between them.
    static let listCharactersMax = 4_000
    /// Characters of any other field; its column has a bound of its own.
    static let fieldCharactersMax = 500
    /// Firms that a field offers to choose from; the name of one of more is typed.
    static let firmChoicesMax = 500
    /// Enrolment sheets of one form.
    static let sheetsAtOnceMax = 500
    /// Days for which an enrolment sheet may be good, and for which it is unless somebody chooses.
    static let enrolmentDaysMax = 30
    static let enrolmentDays = 7
    /// Characters of a list of stations that is typed.
    static let stationsTypedCharactersMax = 40_000
}
