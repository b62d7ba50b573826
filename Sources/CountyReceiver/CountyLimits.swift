import LockerDomain

/// Bounds of the county alone, each with its unit (DESIGN rule 11); what both ends share is in `Limits`.
public enum CountyLimits {
    /// Bytes of a request's body as it is sent.
    public static let bodyBytesMax = Limits.batchBytesMax * 4
    /// Hours an enrolment token, and the answer to it, are good for.
    public static let enrolmentHours: Int64 = 24
    /// Days a token of a printed sheet may be good for.
    public static let enrolmentDaysMax = 30
    /// Days a command waits for its station.
    public static let commandDays: Int64 = 30
    /// Commands sent in one answer.
    public static let commandsPerAnswerMax = 20
    /// Of these, commands that the station has not seen yet.
    public static let newCommandsPerAnswerMax = 15
    /// A command that waits for longer, while its station asks for commands, is a fault.
    public static let commandLateMilliseconds: Int64 = 3_600_000
    /// A station that has not asked for longer begins to ask anew; longer than its longest pause.
    public static let askedGapMilliseconds: Int64 = 900_000
    /// Failed commands of one station that are shown.
    public static let failedCommandsShownMax = 5
    /// Commands of one station that are shown because they wait for too long.
    public static let lateCommandsShownMax = 20
    /// Questions for commands held open at once, all stations together.
    public static let waitersMax = 4_096
    /// Connections open at once.
    public static let connectionsMax = 8_192
    /// A connection on which nothing moves is closed after this; longer than a question for commands is held.
    public static let idleConnectionSeconds: Int64 = 120
    /// Time after an answer `replayed` within which a start number one above that answer's highest is a healed one.
    public static let healingSeconds: Int64 = 120
    /// Pause between two looks for new commands, which other processes write.
    public static let commandPollMilliseconds: Int64 = 250
    /// `Retry-After` of an answer that asks for patience.
    public static let retrySeconds = 30
    /// Lines kept beside the chain of one station (forks).
    public static let branchLinesMax = 100_000
    /// Bytes of events in one answer.
    public static let eventsAnswerBytesMax = 1_024 * 1_024
    /// Bytes of a manifest file.
    public static let manifestFileBytesMax = 4 * 1_024 * 1_024
    /// Days a pickup token for scanning lives, unless asked otherwise.
    public static let tokenDays: Int64 = 7
    /// Days after its parcel's end that a recipient's phone number is erased (DESIGN rule 10).
    public static let contactDays: Int64 = 30
    /// Days after which it is erased although no end of its parcel was ever reported.
    public static let contactDaysMax: Int64 = 180
    /// Phone numbers kept of one station.
    public static let contactsMax = 20_000
    /// Pause between two looks for numbers that are to be erased.
    public static let eraseMilliseconds: Int64 = 3_600_000
    /// Hours of a hold period that one can be reckoned with.
    public static let holdHoursMax = 365 * 24
    /// Days a pickup token for scanning may live.
    public static let tokenDaysMax: Int64 = 30
    /// Difference of two clocks that are still taken for equal.
    public static let clockDifferenceMilliseconds: Int64 = 600_000
    /// Leap of the county's clock that puts it in doubt.
    public static let clockLeapMilliseconds: Int64 = 86_400_000
    /// How long a station's NTP counts for or against the county's clock.
    public static let clockReportMilliseconds: Int64 = 3_600_000
    /// How long a station's NTP that agrees lets what is over be erased.
    public static let eraseReportMilliseconds: Int64 = 86_400_000
    /// Pause between two looks at the clock that are kept in the books.
    public static let clockCheckMilliseconds: Int64 = 60_000
    /// How long answers to stations go by one look at the clock.
    public static let clockLookMilliseconds: Int64 = 10_000
    /// Characters of a user's name that are recorded.
    public static let userCharactersMax = 64
    /// Days for which stations are told of a badge that was revoked though the books do not know it: longer than any lives.
    public static let revocationDays: Int64 = Limits.badgeDaysMax + 1
    /// Calls that nobody can prove, listed of stations that are not known here.
    public static let strangersMax = 64
    /// The same of each station that is known, under keys that are not.
    public static let strangerKeysMax = 4
    /// Such calls written down in an hour, of stations that are known and of others each.
    public static let strangerNotesMax = 120
    /// Days after its last call that one is listed.
    public static let strangerDays: Int64 = 7
}
