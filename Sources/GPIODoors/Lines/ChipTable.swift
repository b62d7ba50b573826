/// The GPIO chips of this machine as values, so that finding a line can be tried without any.
package struct ChipTable: Sendable {
    package struct Chip: Sendable {
        /// `/dev/gpiochip0`
        package var path: String
        package var label: String
        package var lineCount: Int
        /// Devices that it sits on, nearest first: `i2c:1-0020`.
        package var devices: [String] = []
        /// Lines by name, as far as they have one.
        package var names: [String: [Int]] = [:]

        package init(path: String, label: String, lineCount: Int, devices: [String] = [], names: [String: [Int]] = [:])
        {
            (self.path, self.label, self.lineCount, self.devices, self.names) = (path, label, lineCount, devices, names)
        }

    }

    /// A chip that could not be opened.
    package struct Closed: Sendable {
        package var path: String
        package var errno: Int32
        /// As of an open chip; empty when nothing says it.
        package var devices: [String] = []

        package init(path: String, errno: Int32, devices: [String] = []) {
            (self.path, self.errno, self.devices) = (path, errno, devices)
        }
    }

    package var chips: [Chip] = []
    package var closed: [Closed] = []

    package init(chips: [Chip] = [], closed: [Closed] = []) {
        (self.chips, self.closed) = (chips, closed)
    }

    /// The one line that an address means. `thing` is named in the error.
    package func find(_ address: LineAddress, for thing: String) throws(GPIOError) -> FoundLine {
        switch address.place {
        case .name(let name): return try find(name: name, for: thing)
        case .line(let wanted, let offset):
            let chip = try chip(wanted, for: thing)
            guard offset >= 0, offset < chip.lineCount else {
                throw GPIOError(
                    .lineMissing,
                    thing,
                    "no line \(offset) on \(Self.show(chip)): its lines are 0 to \(chip.lineCount - 1)",
                    mend: "run gpioinfo and correct line in station.toml"
                )
            }
            return FoundLine(path: chip.path, label: chip.label, offset: offset)
        }
    }

    private func chip(_ wanted: String, for thing: String) throws(GPIOError) -> Chip {
        let found = chips(named: wanted)
        if found.count > 1 {
            throw GPIOError(
                .chipAmbiguous,
                thing,
                "\(found.count) GPIO chips are \"\(wanted)\": \(found.map(Self.show).joined(separator: ", "))",
                mend: "write chip = one of: \(found.map { "\"\(address(of: $0))\"" }.joined(separator: ", "))"
            )
        }
        if let chip = found.first { return chip }
        try complainOfClosed(wanted, for: thing)
        throw GPIOError(
            .chipMissing,
            thing,
            wanted.hasPrefix("/") ? "no GPIO chip \(wanted)" : "no GPIO chip with label \"\(wanted)\"",
            mend: chips.isEmpty ? Self.noChips : "\(here); run gpiodetect and correct chip in station.toml"
        )
    }

    /// By file, by label, by device, or by device and number of the chip on it.
    private func chips(named wanted: String) -> [Chip] {
        if wanted.hasPrefix("/") { return chips.filter { $0.path == wanted } }
        let labelled = chips.filter { $0.label == wanted }
        guard labelled.isEmpty, wanted.contains(":") else { return labelled }
        // The one of two that could be opened is not the only one.
        guard !closed.contains(where: { $0.devices.contains(wanted) }) else { return [] }
        let sitting = chips.filter { $0.devices.contains(wanted) }
        guard sitting.isEmpty else { return sitting }
        return chips.filter { bank(of: $0.path, on: $0.devices) == wanted }
    }

    /// `i2c:1-0020#2`: the second chip of a driver that makes several for one device. The driver makes them in the order
    /// of their banks, and the kernel numbers them as they are made: that order stays, unlike the numbers themselves. A chip
    /// that could not be opened keeps its place, so that no other one answers for it; a chip that is alone has none.
    private func bank(of path: String, on devices: [String]) -> String? {
        guard let device = devices.first, !closed.contains(where: \.devices.isEmpty) else { return nil }
        let paths =
            chips.filter { $0.devices.first == device }.map(\.path)
            + closed.filter { $0.devices.first == device }.map(\.path)
        let banks = paths.sorted { Self.number($0) < Self.number($1) }
        guard banks.count > 1 else { return nil }
        return banks.firstIndex(of: path).map { "\(device)#\($0 + 1)" }
    }

    /// Of `/dev/gpiochip12` 12.
    private static func number(_ path: String) -> Int { Int(path.drop { !$0.isNumber }) ?? .max }

    /// The first way to name a chip that names no other one; its file, which does until the kernel numbers anew, last.
    private func address(of chip: Chip) -> String {
        let ways = [chip.label] + chip.devices + [bank(of: chip.path, on: chip.devices)].compactMap { $0 }
        return ways.first { !$0.isEmpty && chips(named: $0).map(\.path) == [chip.path] } ?? chip.path
    }

    private func find(name: String, for thing: String) throws(GPIOError) -> FoundLine {
        let found = chips.flatMap { chip in
            (chip.names[name] ?? []).map { FoundLine(path: chip.path, label: chip.label, offset: $0) }
        }
        if found.count > 1 {
            let places = found.map { "line \($0.offset) of \($0.path)" }.joined(separator: ", ")
            let addresses = chips.flatMap { chip in
                (chip.names[name] ?? []).map { "{ chip = \"\(address(of: chip))\", line = \($0) }" }
            }
            throw GPIOError(
                .lineAmbiguous,
                thing,
                "\(found.count) GPIO lines are named \"\(name)\": \(places)",
                mend: "write one of: \(addresses.joined(separator: ", "))"
            )
        }
        if let line = found.first { return line }
        try complainOfClosed(nil, for: thing)
        throw GPIOError(
            .lineMissing,
            thing,
            "no GPIO line is named \"\(name)\"",
            mend: chips.isEmpty ? Self.noChips : "\(here); run gpioinfo and correct the name in station.toml"
        )
    }

    /// A chip that could not be opened may be the wanted one: that is the likelier cause.
    private func complainOfClosed(_ wanted: String?, for thing: String) throws(GPIOError) {
        let candidates = closed.filter { wanted?.hasPrefix("/") == true ? $0.path == wanted : true }
        let meant = candidates.first {
            wanted.map($0.devices.contains) == true || wanted != nil && bank(of: $0.path, on: $0.devices) == wanted
        }
        if let chip = meant ?? candidates.first { throw GPIOError(errno: chip.errno, thing, at: chip.path) }
    }

    /// For a board without `/dev/gpiochip*`.
    private static let noChips =
        "this machine has no GPIO chips, no /dev/gpiochip* (本机没有 GPIO): is it the right board, with the kernel and the "
        + "device tree of its profile? To try it without doors write driver = \"simulated\" under [board] (试用请写 simulated)"

    private var here: String {
        "chips here: "
            + chips.map { chip in
                let address = address(of: chip)
                return address == chip.label
                    ? Self.show(chip) : "\"\(address)\" (\(chip.path), \(chip.lineCount) lines)"
            }.joined(separator: ", ")
    }

    private static func show(_ chip: Chip) -> String {
        "\"\(chip.label)\" (\(chip.path), \(chip.lineCount) lines)"
    }
}

/// A line that is there.
package struct FoundLine: Sendable, Hashable, CustomStringConvertible {
    package var path: String
    package var label: String
    package var offset: Int

    package init(path: String, label: String, offset: Int) {
        (self.path, self.label, self.offset) = (path, label, offset)
    }

    package var description: String { "line \(offset) of \(label) (\(path))" }
}
