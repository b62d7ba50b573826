/// Every bound of the station in one place, each with its unit in its name (DESIGN rule 11).
///
/// A number that a technician may change lives in `Policy`; these may not be changed in the field.
public enum Limits {
    // MARK: Input

    /// Characters of a station's id.
    public static let stationIDCharactersMax = 64
    /// Characters of one scan; a Version 40 QR code holds 4,296 alphanumeric ones, no label comes near.
    public static let scanCharactersMax = 512
    /// Characters of the prefix or suffix that a set-up code makes a scanner send.
    public static let scannerAffixCharactersMax = 16
    /// Characters of a waybill after normalising (kuaidi100 caps a number at 32, DOMAIN 6.1).
    public static let waybillCharactersMax = 32
    /// Characters of a waybill at the least: shorter codes on labels are sort codes or box numbers.
    public static let waybillCharactersMin = 8
    /// Other numbers of one parcel (转单号): it has been forwarded so often at most.
    public static let formerNumbersMax = 8
    /// Parcels of one waybill (子母件) that a suffix may count; a higher number counts nothing.
    public static let partsMax = 999
    /// Two equal scans of one device within this time are one scan (bounce, DOMAIN 5.5).
    public static let duplicateScanMilliseconds: Int64 = 2_000
    /// Equal rejections of one text that are written one by one; those behind them are counted (DESIGN rule 12).
    public static let equalRejectionsMax = 3
    /// After this the bounces counted so far are written; a text that a scanner has read so long without a rest is one that
    /// lies before it.
    public static let repeatsMilliseconds: Int64 = 600_000
    /// Scans that one event may stand for.
    public static let scansCountedMax = 1_000_000
    /// Pause after which a text that lay before a scanner is read anew.
    public static let repeatPauseMilliseconds: Int64 = 4_000
    /// Texts of one device whose bounces are counted at once.
    public static let repeatedTextsMax = 8
    /// Digits that DIGIT cards gather: those of a telephone number.
    public static let cardDigitsMax = mobileDigits
    /// Inputs waiting for the engine; a sender beyond it is told *busy*.
    public static let mailboxInputsMax = 1_024
    /// Inputs decided in one durable commit.
    public static let inputsPerTurnMax = 64

    // MARK: Doors (DOMAIN 4.1)

    /// Pulse of the first, second and third attempt to open one door.
    public static let pulseMilliseconds: [Int64] = [200, 300, 500]
    /// No pulse is longer, whatever asks for it: a held coil burns.
    public static let pulseMillisecondsMax: Int64 = 1_000
    /// Rest between two pulses of any two doors: the supply recovers.
    public static let pulseGapMilliseconds: Int64 = 300
    /// Window over which the duty of one coil is counted.
    public static let dutyWindowMilliseconds: Int64 = 10_000
    /// Energised time of one coil within the window: 20 %.
    public static let dutyEnergisedMillisecondsMax: Int64 = 2_000
    /// Time the door has to be seen open after its pulse ended.
    public static let openWaitMilliseconds: Int64 = 1_500
    /// A door open this long is reminded of, once.
    public static let leftOpenMilliseconds: Int64 = 30_000
    /// A step at a place without a working sensor ends after this (DESIGN rule 8).
    public static let assumedStepMilliseconds: Int64 = 60_000
    /// A sensor level must stand this long before it counts.
    public static let sensorSettleMilliseconds: Int64 = 30
    /// Doors of one station.
    public static let doorsMax = 256
    /// Bytes of the name of a door, a camera or a place on a shelf.
    public static let nameBytesMax = 32
    /// Bytes of the name of a shelf: a hyphen and three digits make it that of a place.
    public static let shelfNameBytesMax = nameBytesMax - 4
    /// Characters of a firm: brand, operator, agent.
    public static let firmCharactersMax = 128
    /// Places of one shelf.
    public static let shelfPlacesMax = 500
    /// Pulse orders waiting for the pulse thread.
    public static let pulseOrdersMax = 64

    // MARK: People

    /// A session without input ends after this.
    public static let sessionIdleMilliseconds: Int64 = 180_000
    /// Who comes again within this time after leaving comes with the same run: the county counts it once.
    public static let sameRunMilliseconds: Int64 = 1_800_000
    /// Runs that left and are remembered for that.
    public static let lastRunsMax = 8
    /// A badge lives no longer than this from its first use to its expiry.
    public static let badgeDaysMax: Int64 = 90
    /// Digits of a pickup code.
    public static let codeDigits = 8
    /// Digits of a badge's PIN.
    public static let pinDigits = 6
    /// Last digits of a phone by which its parcels are found.
    public static let phoneTailDigits = 4
    /// Digits of a mobile phone.
    public static let mobileDigits = 11
    /// Wrong codes within `wrongCodeWindowMilliseconds` that lock typing.
    public static let wrongCodesMax = 5
    /// Window of `wrongCodesMax`.
    public static let wrongCodeWindowMilliseconds: Int64 = 600_000
    /// First lock of typing; each further one doubles up to `codeLockMillisecondsMax`.
    public static let codeLockMilliseconds: Int64 = 120_000
    /// Longest lock of typing.
    public static let codeLockMillisecondsMax: Int64 = 900_000
    /// Wrong codes in one day (Asia/Shanghai) after which typing also asks the last four digits of the phone.
    public static let wrongCodesPerDayMax = 40
    /// Length of that day while no clock can tell it.
    public static let wrongCodeDayMilliseconds: Int64 = 86_400_000
    /// Wrong PINs in a row that end a session.
    public static let wrongPINsMax = 3
    /// A code works again this long after a pickup that was only assumed (DESIGN rule 8).
    public static let assumedReuseMilliseconds: Int64 = 86_400_000
    /// Time between authorising a shelf pickup and scanning the parcel out.
    public static let shelfPickupMilliseconds: Int64 = 600_000

    /// Time after a pickup in which the same code opens the door again (DESIGN 4.4).
    public static let reopenMilliseconds: Int64 = 60_000
    /// Times it does so.
    public static let reopensMax = 2
    /// Time after a pickup in which a report or a survey is about that parcel.
    public static let lastPickupMilliseconds: Int64 = 600_000
    /// Time in which a question of the station may be answered.
    public static let followUpMilliseconds: Int64 = 120_000
    /// Time in which Enter opens the next place of a recipient: not for who comes after them.
    public static let nextPlaceMilliseconds: Int64 = 60_000
    /// Time in which a door that did not open is tried after the others of the same person.
    public static let stuckDoorMilliseconds: Int64 = 600_000
    /// Time after a door was shut in which its opener may still say that nothing was inside.
    public static let nothingInsideMilliseconds: Int64 = 30_000
    /// Digits of a support code (DESIGN 4.4).
    public static let supportCodeDigits = 10
    /// Characters of an answer in each language (DESIGN 4.6).
    public static let answerCharactersMax = 40
    /// Support codes ahead of the last one used that are accepted.
    public static let supportCodesAheadMax: UInt32 = 5
    /// Length of a delegation (代取委托) in days.
    public static let delegationDays: Int64 = 365
    /// Midnight of 2026-01-01 in Shanghai in milliseconds since 1970: no clock that showed less knew the time.
    public static let earliestWallMilliseconds: Int64 = 1_767_196_800_000
    /// Delegations of one station.
    public static let delegationsMax = 5_000
    /// Badges that one station remembers as withdrawn.
    public static let revokedBadgesMax = 2_000
    /// Characters of a category, platform, order, reference, bag or seal.
    public static let noteCharactersMax = 64
    /// Grams of the heaviest shipment.
    public static let shipmentGramsMax = 50_000
    /// Bags or seals of one run.
    public static let runBagsMax = 100

    // MARK: Hold period (DOMAIN 2.3, 浙江省快递业促进条例 33)

    /// Time between two reminders at the least.
    public static let reminderGapMilliseconds: Int64 = 8 * 3_600_000
    /// Pause between two looks at the hold periods.
    public static let housekeepingMilliseconds: Int64 = 300_000
    /// Time after which a recipient whom nobody told is told in person.
    public static let tellInPersonMilliseconds: Int64 = 4 * 3_600_000
    /// Time after which a parcel that is neither at a place nor gone is one that somebody forgot.
    public static let overlookedMilliseconds: Int64 = 72 * 3_600_000
    /// Most hours that a hold period grows at once.
    public static let extensionHoursMax = 30 * 24
    /// Hours that the keeper's card adds.
    public static let extensionHours = 24

    // MARK: Clocks (DESIGN 4.8)

    /// A larger step of the wall clock against the uptime is no slewing by NTP.
    public static let clockStepMilliseconds: Int64 = 2_000
    /// A battery-backed clock may show this much less than the last confirmed time.
    public static let clockBehindMilliseconds: Int64 = 300_000
    /// A clock that shows more above the last confirmed time is damaged: 365 days.
    public static let clockAheadMilliseconds: Int64 = 365 * 86_400_000
    /// A signed time of the county counts when the answer came within this time of the call.
    public static let countyAnswerMilliseconds: Int64 = 90_000
    /// A clock that NTP set further above the last confirmed time is not believed unless somebody says the same: 45 days.
    public static let ntpAheadMilliseconds: Int64 = 45 * 86_400_000
    /// Nor is one that it set further behind: an old badge would live again.
    public static let ntpBehindMilliseconds: Int64 = 86_400_000
    /// Time for which such a clock has to stand, by the uptime, before it is believed although nobody says the same: 72 h.
    public static let ntpStandsMilliseconds: Int64 = 72 * 3_600_000
    /// Two times that are further apart do not say the same.
    public static let clocksApartMilliseconds: Int64 = 600_000
    /// What the county said longer ago says nothing against NTP: by then the uptime may be off by minutes.
    public static let countyWordMilliseconds: Int64 = 30 * 86_400_000
    /// Time for which a word that sets the trusted time back counts alone, so that it is written down.
    public static let wordAloneMilliseconds: Int64 = 600_000
    /// Midnight of 2100-01-01 in Shanghai in milliseconds since 1970: no clock that shows more is believed.
    public static let latestWallMilliseconds: Int64 = 4_102_416_000_000
    /// A confirmed time that leaps further than the uptime explains deletes nothing at once: seven days.
    public static let clockLeapMilliseconds: Int64 = 7 * 86_400_000
    /// Time after such a leap in which nothing is deleted, becomes overdue or is reminded of.
    public static let clockLeapPauseMilliseconds: Int64 = 3_600_000
    /// Days after the trusted time beyond which the expiry of a badge is none that the county gave.
    public static let badgeAheadDaysMax: Int64 = badgeDaysMax + 1
    /// Days after which the screen says that nobody has confirmed the clock.
    public static let clockUnconfirmedDays: Int64 = 7

    /// Pause between two marks of life beside the journal.
    public static let lifeMarkMilliseconds: Int64 = 600_000
    /// A station that was off for less was not dark.
    public static let darknessMilliseconds: Int64 = 1_800_000
    /// After a longer darkness recipients may have come in vain: each parcel gets a day and a reminder, once.
    public static let longDarknessMilliseconds: Int64 = 6 * 3_600_000
    /// That day, from the start.
    public static let darknessGraceMilliseconds: Int64 = 24 * 3_600_000

    // MARK: State

    /// Shipments in the care of one station; those that left do not count.
    public static let shipmentsMax = 5_000
    /// Days a shipment that left is kept.
    public static let closedShipmentDays: Int64 = 30

    /// Parcels announced, inside or just collected that one station knows.
    public static let parcelsMax = 20_000
    /// Days a collected parcel is kept, for reports of damage or loss.
    public static let collectedParcelDays: Int64 = 7
    /// Parcels above which a station keeps those collected no longer than the next change of day.
    public static let collectedParcelsMax = parcelsMax / 2
    /// Days an announced parcel that never came, or a missing one, is kept.
    public static let expectedParcelDays: Int64 = 30
    /// Days a closed parcel is remembered so that `n` never falls for its waybill (DESIGN 4.4).
    public static let closedParcelDays: Int64 = 366
    /// Closed parcels remembered.
    public static let closedParcelsMax = 40_000
    /// Entries of one manifest.
    public static let manifestEntriesMax = 2_000
    /// Characters of a brand, operator, recipient key or station of a manifest, and of its id.
    public static let manifestNameCharactersMax = 128
    /// Bytes of one entry of a manifest, encoded: what all its texts at their longest come to. Its event has room for the
    /// firms and the envelope beside it.
    public static let manifestEntryBytesMax = eventBytesMax / 4
    /// Characters of the id of a manifest.
    public static let manifestIDCharactersMax = 64
    /// Characters of the words why a command failed.
    public static let commandReasonCharactersMax = 512
    /// What may follow the 1 of a mobile phone.
    static let mobileSecondDigits: ClosedRange<UInt8> = 0x33...0x39
    /// Highest `n` that the county chooses for a waybill that is new; stations begin at 128 (DESIGN 4.4).
    public static let announcedNMax: UInt32 = 127
    /// Characters of a masked phone number.
    public static let phoneCharactersMax = 32
    /// Bytes of the words why somebody could not be told.
    public static let noticeReasonBytesMax = 256
    /// PIN verifiers one station keeps.
    public static let pinVerifiersMax = 500
    /// Timers running at once.
    public static let timersMax = 2_048

    // MARK: Journal and wire

    /// Bytes of one event line; the largest event (a manifest entry) is below 2 KiB.
    public static let eventBytesMax = 16 * 1_024
    /// Events of one batch (DOMAIN 7).
    public static let batchEventsMax = 500
    /// Bytes of one batch before compression.
    public static let batchBytesMax = 256 * 1_024
    /// Batches that pass before a larger one is tried: successes at the least (DESIGN 4.3).
    public static let batchSuccessesMin = 4
    /// Event lines in a row that the county may call unreadable before the uplink takes the county for ill and waits.
    public static let refusedEventsMax = 8
    /// Event lines that are fetched from the county and put back at once.
    public static let putBackEventsMax = 2_000
    /// Bytes that a compressed body may inflate to.
    public static let inflatedBytesMax = 4 * 1_024 * 1_024
    /// Bytes of one HTTP answer that the station reads.
    public static let answerBytesMax = 2 * 1_024 * 1_024
    /// Days of events that a station asks the county for after its journal was lost (DESIGN 4.9).
    public static let recoveryDays: Int64 = 180
    /// Parcels, shipments and delegations that a station remembers having written about while it asks.
    public static let recoveryTopicsMax = 50_000
    /// Hundredths of a yuan of one fee that an event may name.
    public static let feeFenMax = 100_000_000
    /// Reminders, notices and orders about one parcel that it remembers apart from what comes back. Of more than that its hold
    /// period may be another one than the county's.
    public static let recoveryHeardMax = 32
    /// Pause of a recovery at least after it failed.
    public static let recoveryRetryMilliseconds: Int64 = 5_000
    /// Events between two snapshots of the state.
    public static let snapshotEvents = 1_000
    /// Days that an acknowledged event is kept in the journal, unless the configuration says otherwise (DESIGN 4.2).
    public static let journalDays = 180
    /// Bytes that the journal uses on the disk, at most, as far as the county has what it holds.
    public static let journalBytesMax = 1_024 * 1_024 * 1_024
    /// From one full check of a journal that is not intact to the next.
    public static let auditMilliseconds: Int64 = 600_000
    /// Events that are removed from the front of the journal at once.
    public static let pruneEventsMax = 2_000
    /// Events for which it is worth to write one that says so.
    public static let pruneEventsMin = 1_000
    /// Time until the next look whether the front of the journal may go, when nothing was due.
    public static let pruneMilliseconds: Int64 = 3_600_000
    /// Bytes kept free for pickups when the disk is full (DESIGN rule 6).
    public static let reserveBytes = 16 * 1_024 * 1_024
    /// Bytes of the journal's write-ahead log that are there from the start: sixty parcels without a rest fit.
    public static let walRoomBytes = 4 * 1_024 * 1_024
    /// Events behind the last checkpoint of the journal for which the next rest makes one.
    public static let checkpointEvents = 100
    /// Events that the county may have acknowledged and the journal's cursor does not tell yet: sent again after a power cut.
    public static let cursorLagEventsMax = 64
    /// Minutes without an event to send behind which the cursor is written all the same.
    public static let cursorIdleMinutes = 10
    /// First and longest pause of the uplink.
    public static let backoffMilliseconds: Int64 = 1_000
    /// Longest pause of the uplink.
    public static let backoffMillisecondsMax: Int64 = 300_000
    /// Time until the county's address takes a connection, TLS included.
    public static let connectSeconds: Int64 = 10
    /// First pause before something that the station needs is tried again; each pause is twice the one before.
    public static let retrySeconds: Int64 = 1
    /// Longest of these pauses.
    public static let retrySecondsMax: Int64 = 60
    /// From one look whether the red light has to show a fault to the next; shorter than a light stays on.
    public static let faultLampMilliseconds: Int64 = 2_500
    /// Looks of which one lights it while the station works on: an answer must be told from a fault.
    public static let faultLampLooksMax = 4
    /// Time in which a stop waits for calls that are under way; then they are cut. Less than TimeoutStopSec=.
    public static let stopSeconds: Int64 = 5
    /// Time for which a connection without a request is kept; longer than between two status reports.
    public static let connectionIdleSeconds: Int64 = 70
    /// Failures in a row after which bare connects are tried, at the least.
    public static let reachFailuresMin = 3
    /// From one bare connect to the next, and how far that is off at random.
    public static let reachMilliseconds: Int64 = 15_000
    /// At most so much earlier or later: stations of a county must not connect together.
    public static let reachJitterMilliseconds: Int64 = 5_000
    /// Time one bare connect may take; less than the shortest gap.
    public static let reachConnectSeconds: Int64 = 8
    /// Bytes counted for one bare connect: four SYN or a handshake and its end, and two look-ups of the name.
    public static let reachTryBytes = 640
    /// Bytes of quick bare connects in one month of a run; the slow ones are beside it.
    public static let reachMonthBytesMax = 3_000_000
    /// Share of it that each day of a run adds, the first included: what a start may cost, since nothing is kept.
    public static let reachDayBytesMax = 100_000
    /// The day of that share.
    public static let reachDayMilliseconds: Int64 = 86_400_000
    /// The month of that budget.
    public static let reachMonthMilliseconds: Int64 = 30 * 86_400_000
    /// From one bare connect to the next once the budget is spent.
    public static let reachSlowMilliseconds: Int64 = 300_000
    /// Time of one look at what speaks at the county's port.
    public static let peerLookSecondsMax: Int64 = 5
    /// Time for which such a look is good: it costs as much as a handshake.
    public static let peerLookGoodSeconds: Int64 = 600
    /// Time for which a look that found only silence is good.
    public static let peerLookSilentSeconds: Int64 = 60
    /// Time one HTTP exchange may take.
    public static let exchangeSeconds: Int64 = 30
    /// Longest time that the answer with a manifest may take: 2 MiB over the slowest link that still works.
    public static let manifestSecondsMax: Int64 = 480
    /// Commands that were answered whose ids the station keeps, so that none is done twice.
    public static let keptCommandsMax = 1_000
    /// Settled numbers kept above the one up to which all are settled.
    public static let settledCommandsMax = 1_000
    /// How far above its own last number the county believes a station that another one was given.
    public static let commandNumbersAheadMax = 1_000_000
    /// Commands that cannot be done now of which the uplink remembers since when.
    public static let putOffCommandsMax = 200
    /// A command that cannot be done for longer is a fault.
    public static let putOffMilliseconds: Int64 = 3_600_000
    /// One that the county has not listed for longer, while it lists others, is forgotten.
    public static let putOffForgottenMilliseconds: Int64 = 600_000
    /// Time the county may hold a question for commands.
    public static let commandWaitSeconds: Int64 = 55
    /// Pause between two status reports.
    public static let statusIntervalMilliseconds: Int64 = 60_000
    /// The last start number of a station, and the last call of one start (`Locker-Counter`).
    public static let counterMax = 1 << 31
    /// Calls of one start that may overtake each other; the county remembers of so many which came.
    public static let counterWindowMax = 64
    /// Healings of `Locker-Counter` within a day that say *two boards, one identity*.
    public static let healingsMax = 3
    /// The day of these healings.
    public static let healingDayMilliseconds: Int64 = 86_400_000

    /// Bytes of a URL in a configuration.
    public static let urlBytesMax = 2_048
    /// Characters of an enrolment token in a file.
    public static let enrolmentTokenCharactersMax = 512
    /// Characters of a path in a configuration.
    public static let pathCharactersMax = 1_024

    // MARK: Cameras (GB/T 28181-2016 9.6.1)

    /// Pause between two probes of a camera.
    public static let cameraProbeMilliseconds: Int64 = 60_000
    /// Missed probes in a row after which a camera is offline.
    public static let cameraMissesMax = 3
    /// Time one probe may take.
    public static let cameraProbeTimeoutMilliseconds: Int64 = 5_000
    /// Bytes of one RTSP answer.
    public static let cameraAnswerBytesMax = 8 * 1_024
}
