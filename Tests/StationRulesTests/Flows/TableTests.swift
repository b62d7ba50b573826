import LockerDomain
import StationBooks
import StationRules
import Testing

/// What every input that names a parcel leads to in every status. A status, a work or an effect without its place in the
/// table fails.
@Suite("Every status and every input")
struct TableTests {
    /// Rows: the work in which it is scanned, or another input; columns: nobody heard of it, then its status.
    private static let table = """
        .                unknown  expected received stored   withAgent collected refused  retrieved returned lost     missing  inParts
        receive          in       in       door     no       in        in        no       in        in       in       in       in
        outbound         draft    draft    no       no       no        draft     no       no        draft    draft    draft    no
        retrieve         no       no       no       door     no        no        door     no        no       no       no       door
        handOut          no       no       given    door     no        no        door     no        no       no       no       door
        told             no       no       no       told     no        no        told     no        no       no       no       told
        take             no       no       no       no       no        no        no       no        no       no       no       no
        delivered        no       no       no       no       collected no        no       no        no       no       no       no
        move             no       no       no       door     no        no        no       no        no       no       no       door
        extend           no       no       no       longer   no        no        longer   no        no       no       no       longer
        join             no       no       no       no       no        no        no       no        no       no       no       no
        audit            found    found    there    there    found     found     found    found     found    found    found    there
        delegateAgent    no       noted    noted    noted    noted     noted     noted    noted     noted    noted    noted    noted
        delegateRelative no       noted    noted    noted    noted     noted     noted    noted     noted    noted    noted    noted
        withdraw         no       ended    ended    ended    ended     ended     ended    ended     ended    ended    ended    ended
        reportDamaged    no       no       damaged  damaged  damaged   damaged   damaged  damaged   damaged  damaged  damaged  damaged
        reportShort      no       no       short    short    short     short     short    short     short    short    short    short
        reportLost       no       no       lost     lost     lost      no        lost     lost      no       no       lost     lost
        scanOfNobody     no       no       no       no       no        no        no       no        no       no       no       no
        code             wrong    wrong    wrong    door     wrong     wrong     wrong    wrong     wrong    wrong    wrong    door
        token            wrong    wrong    wrong    door     wrong     wrong     wrong    wrong     wrong    wrong    wrong    door
        delegationToken  wrong    wrong    wrong    door     wrong     wrong     wrong    wrong     wrong    wrong    wrong    door
        lastFour         wrong    wrong    wrong    no       wrong     wrong     wrong    wrong     wrong    wrong    wrong    no
        notice           .        .        told     told     .         .         .        .         .        .        .        told
        noticeFailed     .        .        untold   untold   .         .         .        .         .        .        .        untold
        recall           fails    fails    fails    recalled fails     fails     recalled fails     fails    fails    fails    recalled
        extendHold       fails    fails    fails    longer   fails     fails     longer   fails     fails    fails    fails    longer
        reissue          fails    fails    fails    reissued fails     fails     reissued fails     fails    fails    fails    reissued
        manifest         expected expected .        .        .         .         .        .         .        .        .        .
        manifestAnew     expected expected .        .        .         .         .        .         expected expected expected .
        """

    /// What the words of the table stand for.
    private static let effects: [String: [EventType]] = [
        ".": [], "no": [.scanRejected], "wrong": [.pickupFailed], "fails": [.commandFailed],
        "in": [.parcelReceived, .doorUnlockRequested], "door": [.doorUnlockRequested],
        "draft": [.sessionNoted], "noted": [.sessionNoted], "told": [.parcelNoticed], "untold": [.parcelNoticeFailed],
        "collected": [.parcelCollected], "given": [.parcelCollected], "longer": [.parcelHoldExtended],
        "ended": [.delegateWithdrawn],
        "damaged": [.parcelDamaged, .sessionWorkChanged], "short": [.parcelShort, .sessionWorkChanged],
        "lost": [.parcelLost, .sessionWorkChanged], "recalled": [.parcelRecalled],
        "reissued": [.parcelCodeReissued], "expected": [.parcelExpected],
        "found": [.auditDifference, .parcelReceived, .parcelStored, .auditFinished, .doorUnlockRequested],
        "there": [.auditDifference, .parcelStored, .auditFinished, .doorUnlockRequested],
    ]

    private static let rows = table.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }

    @Test("the table has a column for each status and a row for each input, in their order")
    func complete() {
        #expect(Self.rows.first == [".", "unknown"] + Parcel.Status.allCases.map(\.rawValue))
        #expect(Self.rows.dropFirst().map(\.first) == Naming.allCases.map(\.name))
    }

    @Test("each input in each status does what the table says", arguments: Naming.allCases)
    func effects(of input: Naming) throws {
        let row = try #require(Self.rows.first { $0.first == input.name }).dropFirst()
        let columns = [nil] + Parcel.Status.allCases.map(Optional.some)
        try #require(row.count == columns.count)
        for (word, status) in zip(row, columns) {
            let expected = try #require(Self.effects[word], "\(word) means nothing")
            let start = Lives.cabinet(status)
            let effect = input.effect(on: start)
            #expect(effect == expected, "\(input.name) while \(status?.rawValue ?? "unknown")")
        }
    }

    @Test("each status is reached by what people do", arguments: Parcel.Status.allCases)
    func reached(status: Parcel.Status) {
        let cabinet = Lives.cabinet(status)
        #expect(cabinet.status(Lives.waybill) == status)
        #expect(cabinet.replayed == cabinet.state)
        #expect(cabinet.station.isIdle)
        #expect(Judge(cabinet).faults(in: cabinet).isEmpty)
    }
}
