import LockerDomain
package import StationBooks
package import StationPorts
package import SyncWire

/// One recovery, from the county's list of journals to the last page (DESIGN 4.9): what is asked next, and what of an answer
/// is folded in. It reads the journal and writes nothing; used by one thread at a time.
package struct RecoveryCourse {
    /// Events of the county behind a number.
    package struct Question: Sendable, Hashable {
        package var incarnation: String
        package var after: Int
    }

    package enum End: Sendable {
        case whole
        /// Another board stood here before: nobody knows what it left behind the doors.
        case takeOver
    }

    /// What the station has written itself behind the end that it shares with the county.
    package private(set) var tail = Topics()
    /// What follows once no question is left.
    package let end: End
    /// Of a take-over: the last number of the journal here that stands in front of what the other board wrote; `nil` when all
    /// that the county has is the other's.
    package private(set) var shared: Int?
    /// What is still to be asked; the first is under way.
    package private(set) var ranges: [RecoveryPlan.Range] = []

    private let wanted: RecoveryWanted
    private let outbox: any OutboxPort
    /// The journal here of which an older copy is compared with the county's.
    private var base: Incarnation?
    /// Whether all lines of the first range were the same so far.
    private var isSame = false

    /// - Throws: what the journal throws.
    package init(_ wanted: RecoveryWanted, _ list: IncarnationList, in outbox: any OutboxPort) throws {
        (self.wanted, self.outbox) = (wanted, outbox)
        var own: [Incarnation] = []
        while let (next, _) = try outbox.incarnation(own.count + 1) { own.append(next) }
        guard wanted.isLoss else {
            let items = list.incarnations
            let last = items.lastIndex { item in own.contains { $0.id == item.incarnation } }
            // In front of a journal that the county knew stand only those that it has replaced itself.
            let others = wanted.isKnown ? items[(last.map { $0 + 1 } ?? items.endIndex)...] : items[...]
            let isForeign = others.contains { item in
                item.acknowledged > 0 && !own.contains { $0.id == item.incarnation }
            }
            end = isForeign ? .takeOver : .whole
            if wanted.isKnown, let last, items[last].incarnation == own.last?.id { shared = items[last].acknowledged }
            return
        }
        end = .whole
        base = wanted.after.flatMap { after in own.first { $0.id == after.incarnation } }
        let since = try writtenSince(own)
        // What an older copy wrote is compared from where both ends agreed.
        let reached = wanted.holdsTail && wanted.reached?.incarnation == base?.id ? nil : wanted.reached
        ranges = RecoveryPlan(list, after: wanted.after, reached: reached, since: Set(since.map(\.id))).ranges
        if wanted.holdsTail, base == nil { for incarnation in since { try readTail(of: incarnation, after: 0) } }
        begin()
    }

    /// What the county is asked next; `nil` when all is back.
    package var question: Question? {
        ranges.first.map { Question(incarnation: $0.incarnation, after: $0.after) }
    }

    /// Takes the answer to `question`; `nil` when the county has nothing behind it. Returns what of it is folded in.
    /// - Throws: what the journal throws.
    package mutating func take(_ answer: RecoveredPage?) throws -> RecoveredPage? {
        guard let range = ranges.first else { return nil }
        guard var page = answer else {
            next()
            return nil
        }
        let own = isSame ? base : nil
        defer { if page.last >= range.last { next() } else { ranges[0].after = page.last } }
        if let own {
            let shared = try sharedEnd(of: page, with: own)
            guard let rest = page.dropping(through: shared) else { return nil }
            isSame = false
            page = rest
            try readTail(of: own, after: shared)
        }
        guard let reached = wanted.reached, reached.incarnation == range.incarnation else { return page }
        return page.dropping(through: reached.sequence)
    }

    private mutating func next() {
        ranges.removeFirst()
        begin()
    }

    private mutating func begin() { isSame = wanted.holdsTail && base != nil && ranges.first?.incarnation == base?.id }

    // MARK: The journal here

    /// The incarnations that the state has written since the loss: from the one on that tells it. What stands between the
    /// shared end and that one is in the state only where it was an older copy that wrote it.
    private func writtenSince(_ own: [Incarnation]) throws -> ArraySlice<Incarnation> {
        let later = own.drop { $0.generation <= base?.generation ?? 0 }
        guard !wanted.holdsTail else { return later }
        return try later.drop { incarnation in
            let start = JournalPosition(generation: incarnation.generation, sequence: 0)
            guard let first = try outbox.lines(after: start, limit: 1, bytes: Limits.eventBytesMax).first,
                case .stationJournalReplaced(let fact)? = try? EventLine(decoding: first.bytes).event
            else { return true }
            return fact.reason != .damaged || fact.recoverAfter != wanted.after?.description
        }
    }

    private mutating func readTail(of incarnation: Incarnation, after sequence: Int) throws {
        var position = JournalPosition(generation: incarnation.generation, sequence: sequence)
        while case let lines = try outbox.lines(
            after: position,
            limit: Limits.batchEventsMax,
            bytes: Limits.inflatedBytesMax
        ), let last = lines.last {
            for line in lines { if let event = try? EventLine(decoding: line.bytes).event { tail.add(event) } }
            position = last.position
        }
    }

    /// The last number up to which the journal here holds the same lines.
    private func sharedEnd(of page: RecoveredPage, with own: Incarnation) throws -> Int {
        for (index, bytes) in page.lines.enumerated() {
            let position = JournalPosition(generation: own.generation, sequence: page.first + index)
            guard try outbox.line(at: position)?.bytes == bytes else { return page.first + index - 1 }
        }
        return page.last
    }
}
