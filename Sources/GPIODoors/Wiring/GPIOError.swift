import Glibc

/// Why a line cannot be used: which thing, the cause, the mend.
public struct GPIOError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of trouble it is.
    public enum Code: Sendable, Hashable {
        case chipMissing, chipAmbiguous, lineMissing, lineAmbiguous
        /// Another process or the kernel has the line.
        case busy
        /// No permission for the chip.
        case permission
        /// The wiring uses one line, or names one door, twice.
        case doubled
        /// The device or the kernel answered with an error.
        case device
        /// The outputs file cannot be written.
        case file
        /// The process has no threads or descriptors left, or the port was used a second time.
        case process
    }

    /// For programs.
    public var code: Code
    /// What it is about: `door A01 lock`.
    public var thing: String
    /// What is wrong: `no GPIO chip with label "x"`.
    public var cause: String
    /// What a technician can do.
    public var mend: String

    /// One line: `door A01 lock: no GPIO chip with label "x"; …`.
    public var description: String { "\(thing): \(cause); \(mend)" }

    init(_ code: Code, _ thing: String, _ cause: String, mend: String) {
        self.code = code
        self.thing = thing
        self.cause = cause
        self.mend = mend
    }

    /// From an `errno` of a chip or a line.
    package init(errno code: Int32, _ thing: String, at place: String, consumer: String = "") {
        switch code {
        case EBUSY:
            let holder = consumer.isEmpty ? "taken by another program or the kernel" : "taken by \"\(consumer)\""
            self.init(
                .busy,
                thing,
                "\(place) is \(holder)",
                mend: "stop that program (gpioinfo lists it) or correct the line in station.toml"
            )
        case EACCES, EPERM:
            self.init(
                .permission,
                thing,
                "no permission for \(place) (没有权限)",
                mend:
                    "the udev rule gives the chips to the group gpio, and lockerd has to be in it: run systemd-sysusers, "
                    + "then udevadm trigger, and start lockerd again (请检查 gpio 组和 udev 规则)"
            )
        case ENOENT, ENODEV, ENXIO:
            self.init(
                .chipMissing,
                thing,
                "\(place) is not there (\(Self.text(code)))",
                mend: "check the board's power and cable, run gpiodetect"
            )
        default:
            self.init(
                .device,
                thing,
                "\(place): \(Self.text(code))",
                mend: "check the board's wiring and the kernel's log (dmesg)"
            )
        }
    }

    /// Words for an `errno`.
    static func text(_ code: Int32) -> String {
        strerror(code).map { String(cString: $0) } ?? "error \(code)"
    }
}
