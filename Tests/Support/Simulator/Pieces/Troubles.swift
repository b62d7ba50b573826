import LockerDomain
import StationCore
import StationRules

/// The program crashes at any point of a turn, the power fails at any time.
struct PowerTroubles: Piece {
    func plan(day: Int, midnight: Int64, in world: World) {
        for _ in 0..<world.chance.count(0...1 + world.profile.roughness) {
            world.trouble(at: midnight + world.chance.timeOfDay(6, 23)) { world in
                let crash: Crash = world.chance.happens(500) ? .power : .program
                world.crashPlan = CrashPlan(points: world.chance.count(1...60), crash: crash)
            }
        }
        if world.chance.happens(80 * world.profile.roughness) {
            world.trouble(at: midnight + world.chance.timeOfDay(0, 24)) { $0.crash(.power, at: "between turns") }
        }
        if world.chance.happens(60) {
            world.trouble(at: midnight + world.chance.timeOfDay(0, 24)) { $0.restartProgram() }
        }
        if world.profile.losesJournal, day == 4 {
            world.trouble(at: midnight + world.chance.timeOfDay(0, 24)) { $0.loseJournal() }
        }
        if world.profile.changesBoard, day == 4 {
            world.trouble(at: midnight + world.chance.timeOfDay(0, 24)) { $0.changeBoard() }
        }
        guard world.profile.turnsBack else { return }
        if day == 3 { world.trouble(at: midnight + world.chance.timeOfDay(0, 24)) { $0.copyDisk() } }
        if (4...6).contains(day) { world.trouble(at: midnight + world.chance.timeOfDay(0, 24)) { $0.turnBack() } }
    }
}

/// The wall clock is set, falls back to 1970, and is set again.
struct ClockTroubles: Piece {
    func plan(day: Int, midnight: Int64, in world: World) {
        // After a start without a network the clock is wrong until somebody tells the time.
        for hour in stride(from: Int64(1), to: 24, by: 3) {
            world.trouble(at: midnight + hour * Span.hour + world.chance.within(0...Span.hour)) { world in
                if world.link.isUp, world.clock.trust != .ntp { world.clock.synchronise() }
            }
        }
        guard world.chance.happens(70 * world.profile.roughness) else { return }
        world.trouble(at: midnight + world.chance.timeOfDay(0, 24)) { world in
            let jumps = [-world.clock.now, -Span.hour, -Span.day, 3 * Span.second]
            world.clock.offset = world.chance.pick(jumps) ?? 0
            if world.clock.offset != 3 * Span.second { world.clock.trust = .none }
        }
    }
}

/// The disk fills, then the reserve fills, then nothing is taken; a clerk makes room.
struct DiskTroubles: Piece {
    func plan(day: Int, midnight: Int64, in world: World) {
        world.journal.change { $0.reserveLinesMax = 60 }
        guard world.chance.happens(50 * world.profile.roughness) else { return }
        let time = midnight + world.chance.timeOfDay(6, 18)
        let moods: [Disk.Mood] = [.full, .full, .full, .broken, .unreadable]
        let mood = world.chance.pick(moods) ?? .broken
        world.trouble(at: time) { $0.mood = mood }
        world.trouble(at: time + world.chance.within(10_000...10 * Span.hour)) { $0.mood = .well }
        // A hiccup of seconds.
        let moment = midnight + world.chance.timeOfDay(6, 20)
        world.trouble(at: moment) { if $0.mood == .well { $0.mood = .broken } }
        world.trouble(at: moment + world.chance.within(50...20_000)) { $0.mood = .well }
    }
}

/// The 4G line is bad, or gone for hours.
struct LinkTroubles: Piece {
    func plan(day: Int, midnight: Int64, in world: World) {
        world.trouble(at: midnight) { world in
            world.link.lostRequests = world.chance.count(0...150 * world.profile.roughness)
            world.link.lostAnswers = world.chance.count(0...120 * world.profile.roughness)
            world.link.doubled = world.chance.count(0...60)
            world.link.bytesMax = world.chance.happens(60) ? world.chance.count(4_000...30_000) : .max
        }
        guard world.chance.happens(150 * world.profile.roughness) else { return }
        let time = midnight + world.chance.timeOfDay(0, 20)
        world.trouble(at: time) { $0.link.isUp = false }
        world.trouble(at: time + world.chance.within(Span.minute...30 * Span.hour)) { world in
            world.link.isUp = true
            world.link.uplink.machine.linkCameUp()
            world.ring()
        }
    }
}

/// Doors stick, sensors lie, and somebody shuts what stands open.
struct DoorTroubles: Piece {
    func plan(day: Int, midnight: Int64, in world: World) {
        let roughness = world.profile.roughness
        for _ in 0..<roughness where world.chance.happens(500) {
            world.trouble(at: midnight + world.chance.timeOfDay(5, 20)) { world in
                guard let door = world.chance.pick(world.cabinet.names) else { return }
                world.cabinet.doors[door]?.stuckPulses = world.chance.count(1...5)
            }
        }
        if world.chance.happens(60 * roughness) {
            world.trouble(at: midnight + world.chance.timeOfDay(5, 20)) { world in
                guard let door = world.chance.pick(world.cabinet.names) else { return }
                world.change(.lies(world.chance.pick(DoorLevel.allCases) ?? .unknown), of: door)
            }
        }
        if world.chance.happens(60 * roughness) {
            world.trouble(at: midnight + world.chance.timeOfDay(0, 24)) { flap($0) }
        }
        for hour in stride(from: Int64(1), to: 24, by: 4) {
            world.trouble(at: midnight + hour * Span.hour) { shutForgotten($0) }
        }
    }

    /// A loose contact.
    private func flap(_ world: World) {
        guard let door = world.chance.pick(world.cabinet.names), world.cabinet.doors[door]?.sensor == .good else {
            return
        }
        for turn in 0..<world.chance.count(1...4) {
            world.after(Int64(turn) * 200) { $0.change(.lies($0.chance.pick(DoorLevel.allCases) ?? .open), of: door) }
        }
        world.after(Span.second) { $0.change(.good, of: door) }
    }

    private func shutForgotten(_ world: World) {
        for door in world.cabinet.names where world.cabinet.isOpen(door) {
            if world.clock.now - (world.cabinet.doors[door]?.since ?? 0) > 10 * Span.minute { world.shut(door) }
        }
    }
}

/// Scanners come and go, cameras answer or do not.
struct DeviceTroubles: Piece {
    func plan(day: Int, midnight: Int64, in world: World) {
        world.trouble(at: midnight + world.chance.timeOfDay(0, 24)) { world in
            world.post(Post(.scanner(.detached("1-1"))))
            world.post(Post(.scanner(.attached("1-1", role: .scanner, usb: "05f9:2214", serial: nil))))
        }
        for hour in stride(from: Int64(0), to: 24, by: 4) {
            world.trouble(at: midnight + hour * Span.hour) { world in
                for camera in world.profile.cameras {
                    let reading: CameraReading = world.chance.happens(300) ? .missed(reason: "no answer") : .good
                    world.post(Post(.camera(camera, reading)))
                }
            }
        }
    }
}
