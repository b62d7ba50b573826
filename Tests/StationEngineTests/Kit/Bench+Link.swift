import LockerDomain
import PortFakes
import SimulatedDevices
import StationEngine
import StationPorts
import Synchronization

extension Bench {
    /// A runner on this station; its pauses are 1 ms long unless `jitter` says otherwise.
    func runner(
        _ port: any UplinkPort,
        jitter: UInt8 = 0,
        keys: (any KeyPort)? = nil,
        pace: any ClockPort = ScaledClock(start: 0, speed: 1, bootID: "pace")
    ) -> UplinkRunner {
        var ports = ports
        if let keys { ports.keys = keys }
        ports.entropy = FixedEntropy(byte: jitter)
        let runner = UplinkRunner(
            engine: engine,
            station: Bench.station,
            county: "https://county.example.cn/locker",
            pathPrefix: "/locker",
            ports: ports,
            port: port,
            pace: pace,
            logger: Bench.quiet
        )
        committed.withLock { $0 = { runner.notify() } }
        return runner
    }
}

/// The same byte for ever.
struct FixedEntropy: EntropyPort {
    let byte: UInt8

    func bytes(_ count: Int) -> [UInt8] { Array(repeating: byte, count: count) }
}

/// No network at all.
struct SilentUplink: UplinkPort {
    func exchange(_ request: UplinkRequest, seconds: Int64) async throws -> UplinkReply { throw LinkFault.noRoute }
    func reach() async -> Reachability { .noRoute }
}

/// Keys on a disk that takes no start number while it is broken.
final class StubbornKeys: KeyPort {
    struct Broken: Error, CustomStringConvertible {
        var description: String { "no space left" }
    }

    let isBroken = Atomic(true)
    private let inner: MemoryKeys

    init(_ inner: MemoryKeys) { self.inner = inner }

    func keyring() throws -> Keyring? { try inner.keyring() }
    func keep(_ keyring: Keyring) throws { try inner.keep(keyring) }
    func pins() throws -> [PINVerifier] { try inner.pins() }
    func keep(pins: [PINVerifier]) throws { try inner.keep(pins: pins) }
    func journalKey() throws -> [UInt8] { try inner.journalKey() }

    func start() throws -> StartRecord { try inner.start() }

    func keep(_ start: StartRecord) throws {
        if isBroken.load(ordering: .relaxed) { throw Broken() }
        try inner.keep(start)
    }
}
