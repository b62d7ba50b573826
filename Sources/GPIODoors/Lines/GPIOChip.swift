import CGPIOD
import Glibc

/// An open GPIO chip; used by one thread at a time.
final class GPIOChip {
    let path: String
    private let chip: OpaquePointer

    /// Opens `/dev/gpiochipN`. Throws the error number.
    init(path: String) throws(Errno) {
        var opened: OpaquePointer?
        let result = lk_gpio_chip_open(path, &opened)
        guard result == 0, let opened else { throw Errno(code: -result) }
        self.path = path
        chip = opened
    }

    deinit { lk_gpio_chip_close(chip) }

    struct Errno: Error { let code: Int32 }

    var label: String { lk_gpio_chip_label(chip).map { String(cString: $0) } ?? "" }
    var lineCount: Int { Int(lk_gpio_chip_lines(chip)) }

    /// Name of a line; empty when it has none.
    func name(of offset: Int) -> String { text(LK_GPIO_TEXT_NAME, of: offset) }

    /// Who holds a line; empty when nobody does or the library cannot tell.
    func consumer(of offset: Int) -> String { text(LK_GPIO_TEXT_CONSUMER, of: offset) }

    /// Requests an output, switched off.
    func output(_ offset: Int, activeLow: Bool) throws(Errno) -> GPIOLine {
        try line { lk_gpio_request_output(chip, UInt32(offset), activeLow, &$0) }
    }

    /// Requests an input, with edge events where the chip has them.
    func input(_ offset: Int, bias: SensorWiring.Bias?) throws(Errno) -> GPIOLine {
        let resistor =
            switch bias {
            case nil: LK_GPIO_BIAS_AS_IS
            case .off: LK_GPIO_BIAS_OFF
            case .pullUp: LK_GPIO_BIAS_PULL_UP
            case .pullDown: LK_GPIO_BIAS_PULL_DOWN
            }
        return try line { lk_gpio_request_input(chip, UInt32(offset), resistor, &$0) }
    }

    private func line(_ request: (inout OpaquePointer?) -> Int32) throws(Errno) -> GPIOLine {
        var made: OpaquePointer?
        let result = request(&made)
        guard result == 0, let made else { throw Errno(code: -result) }
        return GPIOLine(made)
    }

    private func text(_ what: lk_gpio_text, of offset: Int) -> String {
        var bytes = [CChar](repeating: 0, count: Int(LK_GPIO_TEXT_BYTES))
        guard lk_gpio_line_text(chip, UInt32(offset), what, &bytes) == 0 else { return "" }
        return bytes.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    }
}

/// A requested line, released with the last reference; used by one thread at a time.
final class GPIOLine {
    private let line: OpaquePointer

    fileprivate init(_ line: OpaquePointer) {
        self.line = line
    }

    deinit { lk_gpio_release(line) }

    /// Switches an output. `nil`, or the error number.
    func set(_ active: Bool) -> Int32? {
        let result = lk_gpio_set(line, active)
        return result < 0 ? -result : nil
    }

    /// The present level, or `nil` when the chip does not answer.
    var isActive: Bool? {
        let result = lk_gpio_get(line)
        return result < 0 ? nil : result > 0
    }

    /// Descriptor to poll for edges; `nil` without edge events.
    var descriptor: Int32? {
        let descriptor = lk_gpio_fd(line)
        return descriptor < 0 ? nil : descriptor
    }

    /// Throws waiting edges away; whether there were any.
    func drain() -> Bool { lk_gpio_drain(line) > 0 }
}
