import LockerDomain
import StationPorts
import SyncWire
import Synchronization

extension FakeCounty {
    func batch(_ request: UplinkRequest, _ signature: [UInt8]) throws -> UplinkReply {
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

    private func store(_ request: UplinkRequest, _ signature: [UInt8]) throws -> UplinkReply {
        func header(_ name: String) -> String? { request.headers.first { $0.name == name }?.value }
        guard let chain = header("locker-chain").flatMap(ChainHeader.init),
            header("content-type") == Batch.contentType, header("content-encoding") == "gzip"
        else {
            state.withLock { $0.faults.append("a batch without its headers") }
            return try signed(400, [], signature)
        }
        let body = try Gzip.inflate(request.body, limit: Limits.inflatedBytesMax)
        let rows = try Batch.split(body, limit: Limits.batchEventsMax)
        let sent = Sent(incarnation: chain.incarnation, first: chain.first, last: chain.last, bytes: body.count)
        let outcome = state.withLock { state in
            state.batches.append(sent)
            return state.take(rows, chain)
        }
        switch outcome {
        case .stored(let last, let hash): return try acknowledgement(chain.incarnation, last, hash, signature)
        case .problem(let problem): return try signed(problem.status, try CanonicalJSON.encode(problem), signature)
        }
    }

    private func acknowledgement(_ incarnation: String, _ last: Int, _ hash: [UInt8], _ signature: [UInt8]) throws
        -> UplinkReply
    {
        let commands = state.withLock { $0.commands }
        let answer = Acknowledgement(
            incarnation: incarnation,
            acknowledged: last,
            hash: Hex.encode(hash),
            commands: commands,
            time: WireTime.text(Bench.firstMorning)
        )
        return try signed(200, try CanonicalJSON.encode(answer), signature)
    }
}

extension FakeCounty.State {
    fileprivate enum Outcome {
        case stored(Int, [UInt8])
        case problem(Problem)
    }

    fileprivate mutating func take(_ rows: [[UInt8]], _ chain: ChainHeader) -> Outcome {
        guard rows.count <= eventsMax else {
            return .problem(Problem(.tooLarge, status: 413, title: "Too large", detail: "send fewer"))
        }
        var stored = chains[chain.incarnation] ?? []
        var hash = chain.before
        var lines: [JournalLine] = []
        for (index, row) in rows.enumerated() {
            hash = Chain.next(after: hash, bytes: row)
            lines.append(
                JournalLine(
                    position: JournalPosition(generation: 0, sequence: chain.first + index),
                    bytes: row,
                    hash: hash
                )
            )
        }
        if rows.count != chain.last - chain.first + 1 || hash != chain.after {
            faults.append("the header does not fit")
        }
        let branchEnd = takesBranches ? branches[chain.incarnation]?.keys.max() ?? 0 : 0
        guard chain.first <= max(stored.count, branchEnd) + 1 else {
            return .problem(
                Problem(.gap, status: 409, title: "Gap", detail: "missing", expected: stored.count + 1)
            )
        }
        let before =
            chain.first == 1 ? Chain.start : chain.first - 1 <= stored.count ? stored[chain.first - 2].hash : nil
        let differs =
            before != chain.before
            || lines.contains { $0.position.sequence <= stored.count && stored[$0.position.sequence - 1] != $0 }
        if differs {
            for line in lines { branches[chain.incarnation, default: [:]][line.position.sequence] = line.bytes }
            return .problem(Problem(.chainForked, status: 409, title: "Forked", detail: "kept beside"))
        }
        stored += lines.filter { $0.position.sequence > stored.count }
        chains[chain.incarnation] = stored
        return .stored(stored.count, stored.last?.hash ?? Chain.start)
    }
}
