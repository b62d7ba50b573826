import LockerDomain
import PortFakes
import StationPorts
import SyncWire
import Synchronization

extension FakeCounty {
    func takeEvents(_ request: UplinkRequest, _ signature: [UInt8]) throws -> UplinkReply {
        let mood = state.withLock { state -> Mood? in
            state.moods.isEmpty ? state.mood : state.moods.removeFirst()
        }
        switch mood {
        case .silent?: throw LinkFault.noAnswer(seconds: 30)
        case .portal?:
            return UplinkReply(status: 200, headers: [("content-type", "text/html")], body: Array("<html>Login".utf8))
        case .status(let status, let after)?:
            return try signed(status, [], signature, headers: after.map { [("retry-after", $0)] } ?? [])
        case .wrongKey?: return try signed(200, [], signature, by: SigningKey())
        case .boundElsewhere?: return try signed(200, [], [UInt8](repeating: 5, count: 64))
        case .standstill?:
            let header = request.headers.first { $0.name == "locker-chain" }.flatMap { ChainHeader($0.value) }
            return try acknowledgement(header?.incarnation ?? "", 0, Chain.start, signature)
        case .lostAnswer?:
            _ = try store(request, signature)
            throw LinkFault.noAnswer(seconds: 30)
        case nil: return try store(request, signature)
        }
    }

    /// The stored lines behind `after`, as far as they follow on each other.
    func sendEvents(_ query: String, _ signature: [UInt8]) throws -> UplinkReply {
        let items = Dictionary(
            query.split(separator: "&").map { $0.split(separator: "=").map(String.init) }.map { ($0[0], $0[1]) }
        ) { $1 }
        let (id, after) = (items["incarnation"] ?? "", Int(items["after"] ?? "") ?? 0)
        guard let chain = state.withLock({ $0.chains[id] }) else { return try signed(404, [], signature) }
        let lines = chain.lines.dropFirst(after).prefix(Int(items["limit"] ?? "") ?? 0).prefix { !$0.bytes.isEmpty }
        guard let last = lines.last else { return try signed(204, [], signature) }
        let header = ChainHeader(
            incarnation: id,
            first: after + 1,
            last: after + lines.count,
            before: after == 0 ? Chain.start : chain.lines[after - 1].hash,
            after: last.hash
        )
        let body = Batch.join(lines.map(\.bytes))
        return try signed(200, body, signature, headers: [("locker-chain", header.text)])
    }

    private func store(_ request: UplinkRequest, _ signature: [UInt8]) throws -> UplinkReply {
        func header(_ name: String) -> String? { request.headers.first { $0.name == name }?.value }
        guard let chain = header("locker-chain").flatMap(ChainHeader.init),
            header("content-type") == Batch.contentType, header("content-encoding") == "gzip"
        else {
            state.withLock { $0.faults.append("a batch without its headers") }
            return try signed(400, [], signature)
        }
        let body = try Gzip.inflate(request.body, limit: Limits.inflatedBytesMax)
        let end: (sequence: Int, hash: [UInt8])
        do throws(Problem) {
            end = try state.withLock { state throws(Problem) in try state.take(body, chain) }
        } catch {
            return try signed(error.status, try CanonicalJSON.encode(error), signature)
        }
        return try acknowledgement(chain.incarnation, end.sequence, end.hash, signature)
    }

    private func acknowledgement(_ incarnation: String, _ last: Int, _ hash: [UInt8], _ signature: [UInt8]) throws
        -> UplinkReply
    {
        let (commands, tellsTime) = state.withLock { ($0.commands, $0.tellsTime) }
        let answer = Acknowledgement(
            incarnation: incarnation,
            acknowledged: last,
            hash: Hex.encode(hash),
            commands: commands,
            time: tellsTime ? WireTime.text(now) : nil
        )
        return try signed(200, try CanonicalJSON.encode(answer), signature)
    }
}

extension FakeCounty.State {
    /// As the county does, in memory: `ChainBook` decides.
    fileprivate mutating func take(
        _ body: [UInt8],
        _ header: ChainHeader
    ) throws(Problem) -> (sequence: Int, hash: [UInt8]) {
        let (incarnation, first, last) = (header.incarnation, header.first, header.last)
        batches.append(FakeCounty.Sent(incarnation: incarnation, first: first, last: last, bytes: body.count))
        let batch: ChainBatch
        do throws(Problem) {
            batch = try ChainBatch(body, header: header, station: Bench.station, eventsMax: eventsMax)
        } catch {
            if error.kind != .tooLarge { faults.append(error.description) }
            throw error
        }
        let taken = ChainBook.take(batch, into: &chains[incarnation, default: PlainChain()])
        if !takesBranches { chains[incarnation]?.beside = [:] }
        return try taken.outcome.acknowledged(header)
    }
}
