import LockerDomain
import PortFakes
import SyncWire

extension WrittenJournal {
    static let station = "yc-beiliu-0231"
    static let incarnation = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"

    /// A journal of so many events.
    init(_ count: Int = 0) {
        self.init(Self.station, incarnation: Self.incarnation)
        append(count: count)
    }

    /// A journal that shares the first lines with this one and then goes on with as many other events.
    func forked(after sequence: Int, others: Int) -> WrittenJournal {
        var fork = forked(after: sequence)
        for _ in 0..<others { fork.append("station.stopped", #"{"reason":"other"}"#) }
        return fork
    }

    func body(_ range: ClosedRange<Int>) -> [UInt8] { Batch.join(lines(range)) }

    func batch(_ range: ClosedRange<Int>) throws(Problem) -> ChainBatch {
        try ChainBatch(body(range), header: header(range), station: Self.station)
    }

    func batch() throws(Problem) -> ChainBatch { try batch(1...lines.count) }
}
