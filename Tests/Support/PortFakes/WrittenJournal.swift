public import SyncWire

/// One incarnation as a station wrote it: its lines and the hashes behind them.
public struct WrittenJournal: Sendable {
    public let station: String
    public let incarnation: String
    public private(set) var lines: [[UInt8]] = []
    /// From the start of the chain on: one more than lines.
    public private(set) var hashes: [[UInt8]] = [Chain.start]
    /// How many lines a test has sent.
    public var sent = 0

    public init(_ station: String, incarnation: String = String(repeating: "a", count: 32)) {
        self.station = station
        self.incarnation = incarnation
    }

    public mutating func append(raw line: String) {
        lines.append(Array(line.utf8))
        hashes.append(Chain.next(after: hashes[hashes.count - 1], bytes: Array(line.utf8)))
    }

    /// An event of a short type, its data as JSON text. `id`: another one than its place in the journal gives.
    public mutating func append(
        _ type: String = "station.stopped",
        _ data: String = #"{"reason":"test"}"#,
        id: String? = nil,
        source: String? = nil,
        time: String = "2025-11-21T00:00:00.000Z"
    ) {
        let id = id ?? "\(incarnation)/\(EventLine.text(ofSequence: lines.count + 1))"
        append(
            raw: #"{"bootid":"b","clock":"ntp","data":\#(data),"id":"\#(id)","#
                + #""sequence":"\#(id.split(separator: "/").last ?? "")","#
                + #""source":"/stations/\#(source ?? station)","specversion":"1.0","#
                + #""time":"\#(time)","type":"dev.villagelocker.\#(type).v1","uptimems":"1"}"#
        )
    }

    /// So many events.
    public mutating func append(count: Int) { for _ in 0..<count { append() } }

    /// A journal that shares the first lines with this one and then goes another way.
    public func forked(after sequence: Int) -> WrittenJournal {
        var fork = self
        fork.lines.removeSubrange(sequence...)
        fork.hashes.removeSubrange((sequence + 1)...)
        return fork
    }

    public func lines(_ range: ClosedRange<Int>) -> [[UInt8]] { Array(lines[range.lowerBound - 1..<range.upperBound]) }

    /// The Locker-Chain header of a batch of these lines.
    public func header(_ range: ClosedRange<Int>) -> ChainHeader {
        ChainHeader(
            incarnation: incarnation,
            first: range.lowerBound,
            last: range.upperBound,
            before: hashes[range.lowerBound - 1],
            after: hashes[range.upperBound]
        )
    }
}
