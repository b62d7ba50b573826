import LockerDomain
import StationEngine
import StationPorts
import Synchronization

extension Bench {
    /// A runner on this station; its pauses are 1 ms long unless `jitter` says otherwise.
    func runner(_ port: any UplinkPort, jitter: UInt8 = 0) -> UplinkRunner {
        var ports = ports
        ports.entropy = FixedEntropy(byte: jitter)
        let runner = UplinkRunner(
            engine: engine,
            station: Bench.station,
            county: "https://county.example.cn/locker",
            pathPrefix: "/locker",
            ports: ports,
            port: port,
            logger: Bench.quiet
        )
        committed.withLock { $0 = { runner.ring() } }
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
    struct NoLink: Error {}

    func exchange(_ request: UplinkRequest, seconds: Int64) async throws -> UplinkReply { throw NoLink() }
}
