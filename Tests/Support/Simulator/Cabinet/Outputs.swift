import LockerDomain

/// The pulse thread: one order after the other, each in its time (`PulseGovernor`).
struct Coils {
    var governor = PulseGovernor()
    var waiting: [PulseWish] = []
    /// Doors whose coils carry current. More than one is a fire.
    var energised: [DoorName] = []
    var isArmed = false

    /// The program is gone: every output is off, the orders are forgotten.
    mutating func stop() { self = Coils() }
}

extension World {
    func order(_ wish: PulseWish) {
        guard coils.waiting.count < Limits.pulseOrdersMax else {
            return post(Post(.pulseEnded(wish.door, cycle: wish.cycle, fault: "too many pulses wait")))
        }
        coils.waiting.append(wish)
        pulseNext()
    }

    private func pulseNext() {
        while let wish = coils.waiting.first, !coils.isArmed, machine.isRunning {
            let start = rules.earliestStart(coils.governor, wish, clock.now)
            guard start <= clock.now else {
                coils.isArmed = true
                return after(start - clock.now, run: machine.run) { world in
                    world.coils.isArmed = false
                    world.pulseNext()
                }
            }
            coils.waiting.removeFirst()
            energise(wish)
        }
    }

    private func energise(_ wish: PulseWish) {
        let length = rules.driven(wish.milliseconds)
        // A broken station may start before its time, which the governor itself would not survive.
        if coils.governor.earliestStart(of: wish.door, length: length, now: clock.now) <= clock.now {
            coils.governor.started(wish.door, length: length, now: clock.now)
        }
        coils.energised.append(wish.door)
        log.note(clock.now, .word("coil of \(wish.door) on for \(length) ms, cycle \(wish.cycle)"))
        judge(.energised(wish, milliseconds: length))
        after(length, run: machine.run) { world in
            world.coils.energised.removeAll { $0 == wish.door }
            world.judge(.released(wish))
            world.post(Post(.pulseEnded(wish.door, cycle: wish.cycle, fault: nil)))
            world.pulseNext()
        }
        if crashes(at: .whileEnergised) { return }
        let run = machine.run
        after(chance.within(40...min(length, 180))) { $0.spring(wish.door, run: run) }
    }

    /// The bolt gives way, unless it sticks; the spring needs no power any more.
    private func spring(_ door: DoorName, run: Int) {
        guard var real = cabinet.doors[door] else { return }
        guard real.stuckPulses == 0 else {
            real.stuckPulses -= 1
            cabinet.doors[door] = real
            return
        }
        move(door, open: true)
    }
}
