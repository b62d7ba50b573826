/// The GPIO chips of this machine as values, so that finding a line can be tried without any.
struct ChipTable: Sendable {
    struct Chip: Sendable {
        /// `/dev/gpiochip0`
        var path: String
        var label: String
        var lineCount: Int
        /// Devices that it sits on, nearest first: `i2c:1-0020`.
        var devices: [String] = []
        /// Lines by name, as far as they have one.
        var names: [String: [Int]] = [:]
    }

    var chips: [Chip] = []
    /// Chips that could not be opened, with the error number.
    var closed: [(path: String, errno: Int32)] = []

    /// The one line that an address means. `thing` is named in the error.
    func find(_ address: LineAddress, for thing: String) throws(GPIOError) -> FoundLine {
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
        let isPath = wanted.hasPrefix("/")
        var found = chips.filter { isPath ? $0.path == wanted : $0.label == wanted }
        if found.isEmpty, wanted.contains(":") { found = chips.filter { $0.devices.contains(wanted) } }
        if found.count > 1 {
            throw GPIOError(
                .chipAmbiguous,
                thing,
                "\(found.count) GPIO chips are \"\(wanted)\": \(found.map(Self.show).joined(separator: ", "))",
                mend: "name the device instead, one of: "
                    + found.compactMap { $0.devices.first }.map { "\"\($0)\"" }.joined(separator: ", ")
            )
        }
        if let chip = found.first { return chip }
        try complainOfClosed(wanted, for: thing)
        throw GPIOError(
            .chipMissing,
            thing,
            isPath ? "no GPIO chip \(wanted)" : "no GPIO chip with label \"\(wanted)\"",
            mend: "\(here); run gpiodetect and correct chip in station.toml"
        )
    }

    private func find(name: String, for thing: String) throws(GPIOError) -> FoundLine {
        let found = chips.flatMap { chip in
            (chip.names[name] ?? []).map { FoundLine(path: chip.path, label: chip.label, offset: $0) }
        }
        if found.count > 1 {
            let places = found.map { "line \($0.offset) of \($0.path)" }.joined(separator: ", ")
            throw GPIOError(
                .lineAmbiguous,
                thing,
                "\(found.count) GPIO lines are named \"\(name)\": \(places)",
                mend: "give chip and line instead in station.toml"
            )
        }
        if let line = found.first { return line }
        try complainOfClosed(nil, for: thing)
        throw GPIOError(
            .lineMissing,
            thing,
            "no GPIO line is named \"\(name)\"",
            mend: "\(here); run gpioinfo and correct the name in station.toml"
        )
    }

    /// A chip that could not be opened may be the wanted one: that is the likelier cause.
    private func complainOfClosed(_ wanted: String?, for thing: String) throws(GPIOError) {
        let candidates = closed.filter { wanted?.hasPrefix("/") == true ? $0.path == wanted : true }
        if let chip = candidates.first { throw GPIOError(errno: chip.errno, thing, at: chip.path) }
    }

    private var here: String {
        guard !chips.isEmpty else { return "this machine has no GPIO chips" }
        return "chips here: " + chips.map(Self.show).joined(separator: ", ")
    }

    private static func show(_ chip: Chip) -> String {
        "\"\(chip.label)\" (\(chip.path), \(chip.lineCount) lines)"
    }
}

/// A line that is there.
struct FoundLine: Sendable, Hashable, CustomStringConvertible {
    var path: String
    var label: String
    var offset: Int

    var description: String { "line \(offset) of \(label) (\(path))" }
}
