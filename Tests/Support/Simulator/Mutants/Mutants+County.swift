import LockerDomain
import PortFakes
import StationBooks
import StationCore
import StationRules
import SyncWire

extension Mutant {
    /// Rules of what the county orders, and of what a station may ask and take.
    static let ofCounty: [Mutant] = [
        Mutant("opens by a code that was replaced", [ReplacedCode(), OwnCode(), RightCode()]) { rules in
            rules.decide = { station, input, now in
                let known = station.codes
                let decision = station.decide(input, at: now)
                if case .command(let command) = input, case .reissue = command.kind { station.codes = known }
                return decision
            }
        },
        rewriting("says that a code is replaced, and does nothing", [ReplacedCode()]) { decision, _, _ in
            decision.events.removeAll { $0.type == .parcelCodeReissued }
        },
        Mutant("opens by the last four digits although the code was replaced", [ReplacedCode(), OwnCode()]) { rules in
            rules.decide = { station, input, now in
                let asked = station.questions.lastFour
                let decision = station.decide(input, at: now)
                if case .command(let command) = input, case .reissue = command.kind {
                    station.questions.lastFour = asked
                }
                return decision
            }
        },
        deluded("lets a revoked badge in", [RevokedBadge()]) { state in state.revokedBadges = [] },
        rewriting("lets a session of a revoked badge go on", [RevokedBadge()]) { decision, input, _ in
            guard case .command = input else { return }
            decision.events.removeAll { $0.type == .sessionClosed }
        },
        Mutant("the county tells no revocation again after another journal", [RevokedBadge()]) { rules in
            rules.tellsAgain = false
        },
        Mutant("the county from a backup numbers on where the backup ends", []) { rules in
            rules.numbersAnew = false
        }.found(by: World.doesOrders),
        Mutant("the county orders anew before it knows what was done", [OrderedCommands()]) { rules in
            rules.knowsEnd = { _, _ in true }
        },
        Mutant("does again what the county lists again", [OrderedCommands()]) { rules in
            rules.nextCommand = { due, _ in due.next(after: SettledCommands()) }
            rules.decide = { station, input, now in
                guard case .command = input else { return station.decide(input, at: now) }
                let before = station.state
                var state = before
                state.commands = SettledCommands()
                station.state = state
                let decision = station.decide(input, at: now)
                station.believe(decision.events, after: before, at: now)
                return decision
            }
        },
        deluded("takes drop-offs while the camera that matters is down, and another works", [WatchedDropOff()]) {
            state in
            guard state.cameras.values.contains(where: { $0.online == true }) else { return }
            for name: CameraName in ["front", "gate"] {
                state.cameras[name] = StationState.CameraState(online: true, reason: nil, since: 0)
            }
        },
        rewriting("asks a fee from the notice on", [PublishedFee()]) { decision, _, state in
            decision.charge { fact in
                guard let began = state.parcels[fact.waybill]?.hold.began, began > 0, fact.fee == nil else {
                    return nil
                }
                return Fee(line: "storage", fen: 100)
            }
        },
        rewriting("asks the fee again of who opens the door once more", [PublishedFee()]) { decision, _, state in
            decision.charge { fact in
                state.parcels[fact.waybill]?.status == .collected ? Fee(line: "storage", fen: 100) : nil
            }
        },
        rewriting("asks a fen more than is published", [PublishedFee()]) { decision, _, _ in
            decision.charge { fact in fact.fee.map { Fee(line: $0.line, fen: $0.fen + 1) } }
        },
        rewriting("takes the fee without a word", [PublishedFee()]) { decision, _, _ in
            for (index, action) in decision.actions.enumerated() {
                guard case .answer(let answer) = action, answer.id == .collectedFee else { continue }
                decision.actions[index] = .answer(Answer(.collected))
            }
        },
        Mutant("the county forgets small fees", [PublishedFee()]) { rules in
            rules.take = { books, batch throws(Problem) in
                let before = books.ledger.fen
                let answer = try books.take(batch)
                if books.ledger.fen < before + 100 { books.ledger.fen = before }
                return answer
            }
        },
        broken(
            "goes on in a journal of which the county knows another end",
            [EqualBooks().sentence, CountedOnce().sentence, World.doesOrders]
        ) { rules in
            rules.replacesForked = false
        },
        Mutant("the county keeps nothing beside a chain", [AcknowledgedIsStored()]) { rules in
            rules.take = { books, batch throws(Problem) in
                try books.take(batch) { batch, chain in
                    let before = chain.beside
                    defer { chain.beside = before }
                    return ChainBook.take(batch, into: &chain)
                }
            }
        },
        rewriting("believes what an older journal says of doors", [LookedInto()]) { decision, input, state in
            guard case .journalReplaced(let fact) = input, fact.reason != .damaged else { return }
            for (door, known) in state.doors.sorted(by: { $0.key < $1.key }) {
                let looked = AuditFinished(door: door, contents: known.contents, person: "nobody")
                decision.events.append(.auditFinished(looked))
            }
        },
        rewriting("takes senders in outside the area that is filed", [FiledArea()]) { decision, _, _ in
            for (index, action) in decision.actions.enumerated() {
                guard case .answer(let answer) = action, answer.id == .outOfArea else { continue }
                decision.actions[index] = .answer(Answer(.dropOffHow))
            }
        },
    ]
}

extension Mutant {
    /// The same, found by a sentence that is no invariant.
    fileprivate func found(by sentence: String) -> Mutant {
        var mutant = self
        mutant.sentences.append(sentence)
        return mutant
    }
}

extension Decision {
    fileprivate mutating func charge(_ fee: (ParcelCollected) -> Fee?) {
        for (index, event) in events.enumerated() {
            guard case .parcelCollected(var fact) = event, let fee = fee(fact) else { continue }
            fact.fee = fee
            events[index] = .parcelCollected(fact)
        }
    }
}
