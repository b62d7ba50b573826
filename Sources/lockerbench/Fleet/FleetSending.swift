import LockerDomain
import NIOPosix
import SyncWire

extension FleetRun {
    func enrol(at server: FleetCounty.Server) async throws -> [String: BenchStation] {
        let connection = try await PlainConnection(port: server.port, group: group)
        var senders: [String: BenchStation] = [:]
        for station in plan.stations {
            let sender = BenchStation(station.id)
            try await sender.enrol(county.token(for: station.id), over: connection)
            senders[station.id] = sender
        }
        await connection.close()
        return senders
    }

    /// What became of the batches.
    struct Answers: Sendable {
        /// Events of those that the county took.
        var taken = 0
        var forked = 0
        var gaps = 0

        func twice(_ events: Int) -> Int { taken - events }

        static func + (left: Answers, right: Answers) -> Answers {
            Answers(taken: left.taken + right.taken, forked: left.forked + right.forked, gaps: left.gaps + right.gaps)
        }
    }

    /// Sends the batches; stations are dealt out to the connections, so that those of each come in their order.
    func send(
        _ batches: [Sending],
        from senders: [String: BenchStation],
        to server: FleetCounty.Server,
        _ log: RawLog
    ) async throws -> Answers {
        let places = Dictionary(uniqueKeysWithValues: plan.stations.enumerated().map { ($1.id, $0 % connections) })
        let byConnection = Dictionary(grouping: batches) { places[$0.station] ?? 0 }
        return try await withThrowingTaskGroup(of: Answers.self) { tasks in
            for batches in byConnection.values {
                let connection = try await PlainConnection(port: server.port, group: group)
                tasks.addTask {
                    var answers = Answers()
                    for sending in batches {
                        guard let sender = senders[sending.station] else { continue }
                        let answer = try await sender.post(sending.batch, over: connection)
                        if answer == .gap {
                            answers.gaps += 1
                            continue
                        }
                        if answer == .forked { answers.forked += 1 }
                        answers.taken += sending.batch.events
                        try await log.write(sending.batch)
                    }
                    await connection.close()
                    return answers
                }
            }
            return try await tasks.reduce(Answers(), +)
        }
    }
}

/// What the county says to a batch.
enum FleetAnswer {
    case stored
    /// All or some of it is kept beside the chain.
    case forked
    /// Nothing of it is stored: events before it are missing, which the station then sends.
    case gap
}

extension BenchStation {
    func post(_ batch: FleetBatch, over connection: PlainConnection) async throws -> FleetAnswer {
        let answer = try await send(
            "POST",
            "/v1/stations/\(id)/events",
            over: connection,
            headers: [
                ("content-type", Batch.contentType), ("content-encoding", "gzip"), ("locker-chain", batch.header.text),
            ],
            body: Gzip.compress(batch.body)
        )
        if answer.status == 200 { return .stored }
        let problem = answer.status == 409 ? try? CanonicalJSON.decode(Problem.self, from: answer.body) : nil
        switch problem?.kind {
        case .chainForked: return .forked
        case .gap: return .gap
        default:
            let words = String(decoding: answer.body, as: UTF8.self)
            throw BenchFault("\(id) sends \(batch.header.text): HTTP \(answer.status) \(words)")
        }
    }
}
