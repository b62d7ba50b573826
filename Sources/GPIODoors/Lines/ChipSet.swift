import CGPIOD
import Glibc

/// The chips of this machine, open; used by one thread at a time. It can be let go once the lines are requested.
final class ChipSet {
    private(set) var table = ChipTable()
    private var open: [String: GPIOChip] = [:]

    /// Opens every chip. Names of lines are read only if an address needs them: a chip can have hundreds.
    init(withNames: Bool) {
        var path = [CChar](repeating: 0, count: Int(LK_GPIO_TEXT_BYTES))
        var after = ""
        while lk_gpio_next_chip(after, &path) == 1 {
            after = path.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
            do {
                let chip = try GPIOChip(path: after)
                open[after] = chip
                table.chips.append(Self.facts(chip, withNames: withNames))
            } catch {
                let devices = Self.devices(of: after)
                table.closed.append(ChipTable.Closed(path: after, errno: error.code, devices: devices))
            }
        }
    }

    /// Requests an output, switched off.
    func output(_ place: FoundLine, activeLow: Bool, for thing: String) throws(GPIOError) -> GPIOLine {
        let chip = try chip(place, thing)
        do {
            return try chip.output(place.offset, activeLow: activeLow)
        } catch {
            throw refusal(error.code, chip, place, thing)
        }
    }

    /// Requests an input.
    func input(_ place: FoundLine, bias: SensorWiring.Bias?, for thing: String) throws(GPIOError) -> GPIOLine {
        let chip = try chip(place, thing)
        do {
            return try chip.input(place.offset, bias: bias)
        } catch {
            throw refusal(error.code, chip, place, thing)
        }
    }

    private func chip(_ place: FoundLine, _ thing: String) throws(GPIOError) -> GPIOChip {
        guard let chip = open[place.path] else { throw GPIOError(errno: ENOENT, thing, at: place.path) }
        return chip
    }

    private func refusal(_ code: Int32, _ chip: GPIOChip, _ place: FoundLine, _ thing: String) -> GPIOError {
        GPIOError(
            errno: code,
            thing,
            at: "\(place)",
            consumer: code == EBUSY ? chip.consumer(of: place.offset) : ""
        )
    }

    private static func facts(_ chip: GPIOChip, withNames: Bool) -> ChipTable.Chip {
        var facts = ChipTable.Chip(path: chip.path, label: chip.label, lineCount: chip.lineCount)
        facts.devices = devices(of: chip.path)
        if withNames {
            for offset in 0..<chip.lineCount {
                let name = chip.name(of: offset)
                if !name.isEmpty { facts.names[name, default: []].append(offset) }
            }
        }
        return facts
    }

    /// The devices above `/dev/gpiochipN` in sysfs as `bus:device`, nearest first.
    private static func devices(of path: String) -> [String] {
        guard let name = path.split(separator: "/").last,
            var folder = realPath("/sys/bus/gpio/devices/\(name)")
        else { return [] }
        var devices: [String] = []
        while let slash = folder.lastIndex(of: "/"), slash != folder.startIndex {
            folder = String(folder[..<slash])
            guard let bus = realPath("\(folder)/subsystem")?.split(separator: "/").last,
                let device = folder.split(separator: "/").last
            else { continue }
            devices.append("\(bus):\(device)")
        }
        return devices
    }

    private static func realPath(_ path: String) -> String? {
        guard let found = realpath(path, nil) else { return nil }
        defer { free(found) }
        return String(cString: found)
    }
}
