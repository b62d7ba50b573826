import LockerDomain
import SyncWire

/// One incarnation as a station wrote it: its lines and the hashes behind them.
struct WrittenJournal {
    static let station = "yc-beiliu-0231"
    static let incarnation = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"

    private(set) var lines: [[UInt8]] = []
    private(set) var hashes = [Chain.start]

    /// A journal of so many events.
    init(_ count: Int = 0) { for _ in 0..<count { append() } }

    mutating func append(raw line: String) {
        lines.append(Array(line.utf8))
        hashes.append(Chain.next(after: hashes[hashes.count - 1], bytes: Array(line.utf8)))
    }

    mutating func append(
        _ type: String = "station.stopped",
        _ data: String = #"{"reason":"test"}"#,
        id: String? = nil,
        source: String = station
    ) {
        let sequence = EventLine.text(ofSequence: lines.count + 1)
        append(
            raw: #"{"bootid":"b","clock":"ntp","data":\#(data),"id":"\#(id ?? "\(Self.incarnation)/\(sequence)")","#
                + #""sequence":"\#(id?.split(separator: "/").last.map(String.init) ?? sequence)","#
                + #""source":"/stations/\#(source)","specversion":"1.0","time":"2026-05-12T00:31:07.250Z","#
                + #""type":"dev.villagelocker.\#(type).v1","uptimems":"1"}"#
        )
    }

    /// A journal that shares the first lines with this one and then goes on with as many other events.
    func forked(after sequence: Int, others: Int) -> WrittenJournal {
        var fork = self
        fork.lines.removeSubrange(sequence...)
        fork.hashes.removeSubrange((sequence + 1)...)
        for _ in 0..<others { fork.append("station.stopped", #"{"reason":"other"}"#) }
        return fork
    }

    func header(_ range: ClosedRange<Int>) -> ChainHeader {
        ChainHeader(
            incarnation: Self.incarnation,
            first: range.lowerBound,
            last: range.upperBound,
            before: hashes[range.lowerBound - 1],
            after: hashes[range.upperBound]
        )
    }

    func body(_ range: ClosedRange<Int>) -> [UInt8] {
        Batch.join(lines[range.lowerBound - 1...range.upperBound - 1])
    }

    func batch(_ range: ClosedRange<Int>) throws(Problem) -> ChainBatch {
        try ChainBatch(body(range), header: header(range), station: Self.station)
    }

    func batch() throws(Problem) -> ChainBatch { try batch(1...lines.count) }
}
