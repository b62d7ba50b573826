import GPIODoors
import Testing

/// Machines on which the label of a chip, or the device of one, names several.
struct Twins: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let table: ChipTable
    /// Names that fit every chip of the table.
    let ambiguous: [String]

    static func chip(_ number: Int, _ label: String, _ devices: [String]) -> ChipTable.Chip {
        ChipTable.Chip(path: "/dev/gpiochip\(number)", label: label, lineCount: 16, devices: devices)
    }

    static let tables = [
        Twins(
            testDescription: "one label, two devices",
            table: ChipTable(chips: [
                chip(1, "mcp23017", ["i2c:1-0020", "platform:soc"]),
                chip(2, "mcp23017", ["i2c:1-0021", "platform:soc"]),
            ]),
            ambiguous: ["mcp23017", "platform:soc"]
        ),
        Twins(
            testDescription: "one label, two banks of one device",
            table: ChipTable(chips: [
                chip(2, "bank", ["i2c:1-0020", "platform:soc"]), chip(10, "bank", ["i2c:1-0020", "platform:soc"]),
            ]),
            ambiguous: ["bank", "i2c:1-0020", "platform:soc"]
        ),
        Twins(
            testDescription: "two banks of each of two devices",
            table: ChipTable(chips: [
                chip(0, "bank", ["i2c:1-0020", "platform:soc"]), chip(1, "bank", ["i2c:1-0020", "platform:soc"]),
                chip(2, "bank", ["i2c:1-0021", "platform:soc"]), chip(3, "bank", ["i2c:1-0021", "platform:soc"]),
            ]),
            ambiguous: ["bank", "platform:soc"]
        ),
        Twins(
            testDescription: "one label, no device known",
            table: ChipTable(chips: [chip(0, "bank", []), chip(1, "bank", [])]),
            ambiguous: ["bank"]
        ),
        Twins(
            testDescription: "a label that reads like the device of another chip",
            table: ChipTable(chips: [
                chip(0, "platform:a", ["platform:b"]), chip(1, "platform:a", ["platform:a"]),
            ]),
            ambiguous: ["platform:a"]
        ),
        Twins(
            testDescription: "a chip that sits on the device of another one",
            table: ChipTable(chips: [
                chip(0, "bank", ["platform:a"]), chip(1, "bank", ["i2c:1-0020", "platform:a"]),
            ]),
            ambiguous: ["bank", "platform:a"]
        ),
    ]
}

extension GPIOError {
    /// The chips that the hint names, in quotes.
    var offers: [String] {
        let parts = mend.split(separator: "\"", omittingEmptySubsequences: false)
        return stride(from: 1, to: parts.count, by: 2).map { String(parts[$0]) }
    }
}
