/// Where a GPIO line is, as a technician writes it. Numbers of chips move between kernels, so labels or names are best.
public struct LineAddress: Sendable, Hashable, CustomStringConvertible {
    enum Place: Sendable, Hashable {
        case line(chip: String, offset: Int)
        case name(String)
    }

    let place: Place

    /// A line of a chip. `chip` is its label (`gpio-sim.0-node0`), its file (`/dev/gpiochip0`), the device that it sits
    /// on (`i2c:1-0020`, `platform:gpio-sim.0`), or that and which of its chips (`i2c:1-0020#2`); `line` counts from 0.
    public init(chip: String, line: Int) {
        place = .line(chip: chip, offset: line)
    }

    /// A line by the name that the device tree gives it (`A01-LOCK`).
    public init(name: String) {
        place = .name(name)
    }

    /// For messages: `line 3 of gpio-sim.0-node0`, `line "A01-LOCK"`.
    public var description: String {
        switch place {
        case .line(let chip, let offset): "line \(offset) of \(chip)"
        case .name(let name): "line \"\(name)\""
        }
    }
}
