import LockerDomain

extension Mutant {
    /// Broken queues of pulses that a usual day finds, a rush at the doors even sooner.
    static let ofPulses: [Mutant] = [
        Mutant("asks no governor", [OneCoil(), CoolCoils()]) { rules in
            rules.beginPulse = { queue, _ in queue.removeUndrivable { _ in true } }
        },
        Mutant("lets the supply rest from where a pulse should have ended", [CoolCoils()]) { rules in
            rules.pulseEnded = { queue, now in queue.ended(now: now - Limits.pulseGapMilliseconds) }
        },
        Mutant("begins an order twice", [AuthorisedPulses(), OwedPulses()]) { rules in
            rules.beginPulse = { queue, now in
                let order = queue.begin(now: now)
                if let order { _ = queue.add(order) }
                return order
            }
        },
    ]

    /// Those that only a rush finds: on a usual day no coil gets hot, and hardly a pulse waits.
    static let ofRushes: [Mutant] = [
        Mutant("forgets how hot a coil is", [CoolCoils()]) { rules in
            rules.pulseEnded = { queue, now in
                var cold = PulseQueue()
                while let order = queue.removeUndrivable({ _ in true }) { _ = cold.add(order) }
                cold.ended(now: now)
                queue = cold
            }
        },
        Mutant("loses the order that another door overtakes", [OwedPulses()]) { rules in
            rules.beginPulse = { queue, now in
                var copy = queue
                let oldest = copy.removeUndrivable { _ in true }
                let order = queue.begin(now: now)
                if let order, order != oldest { _ = queue.removeUndrivable { $0 == oldest?.door } }
                return order
            }
        },
        Mutant("forgets the orders that have to wait", [OwedPulses()]) { rules in
            rules.beginPulse = { queue, now in
                let order = queue.begin(now: now)
                if order == nil { queue.removeAll() }
                return order
            }
        },
    ]
}
