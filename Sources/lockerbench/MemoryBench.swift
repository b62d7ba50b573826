import Foundation
import LockerDomain
import SQLiteJournal
import StationPorts

/// Memory of the real `lockerd` with and without a backlog, and its time from start to ready (`READY=1`).
/// The county's URL is https, so that a TLS client is made; nobody answers there.
struct MemoryBench {
    let folder: ScratchFolder
    let programs: String

    init(_ places: BenchPlaces) throws {
        folder = try ScratchFolder(places.scratch, "memory")
        programs = places.programs
    }

    func run(events: Int) throws {
        defer { folder.remove() }
        let empty = try measure("idle", backlog: 0)
        let full = try measure("\(events) waiting", backlog: events)
        print("lockerd            ready ms   anonymous KiB   resident KiB")
        for row in [empty, full] {
            print("  \(row.name)  \(row.readyMilliseconds)  \(row.anonymousKiB)  \(row.residentKiB)")
        }
        print(
            "  growth 0 to \(events): \(full.anonymousKiB - empty.anonymousKiB) KiB anonymous, "
                + "\(full.residentKiB - empty.residentKiB) KiB resident (aims: ready 500 ms, 12288, 57344, growth 4096)"
        )
    }

    private struct Row {
        var name: String
        var readyMilliseconds: Int64
        var anonymousKiB: Int
        var residentKiB: Int
    }

    private func measure(_ name: String, backlog: Int) throws -> Row {
        let root = folder.path("root-\(backlog)")
        try Tool.write(Self.configuration, to: "\(root)/etc/lockerd/station.toml")
        // A first run makes the journal as the program itself would, with a clean stop and its snapshot.
        let first = try started(root)
        Tool.stop(first.process)
        if backlog > 0 {
            try fill("\(root)/var/lib/lockerd/journal.sqlite", events: backlog)
            let second = try started(root, seconds: 300)
            Tool.stop(second.process)
        }
        let (process, ready) = try started(root)
        defer { Tool.stop(process) }
        Thread.sleep(forTimeInterval: 8)
        let status = try String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
        return Row(
            name: name,
            readyMilliseconds: ready,
            anonymousKiB: Self.kibibytes("RssAnon:", status),
            residentKiB: Self.kibibytes("VmRSS:", status)
        )
    }

    /// Starts lockerd and waits for `READY=1` on a socket of ours, as systemd would.
    private func started(_ root: String, seconds: Int = 30) throws -> (process: Process, milliseconds: Int64) {
        let path = "\(root)/notify"
        unlink(path)
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        guard descriptor >= 0 else { throw BenchFault("no socket") }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard bound == 0 else { throw BenchFault("cannot bind \(path)") }
        let start = ContinuousClock().now
        let process = try Tool.start(
            "\(programs)/lockerd",
            ["--root", root],
            environment: ["NOTIFY_SOCKET": path, "MALLOC_ARENA_MAX": "2"]
        )
        var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&poller, 1, Int32(seconds) * 1_000) == 1 else {
            Tool.stop(process)
            throw BenchFault("lockerd is not ready after \(seconds) s")
        }
        let duration = start.duration(to: .now).components
        return (process, duration.seconds * 1_000 + duration.attoseconds / 1_000_000_000_000_000)
    }

    private func fill(_ path: String, events: Int) throws {
        let journal = try SQLiteJournal(path: path)
        let head = try journal.head()
        var filler = JournalFiller(
            station: "bench",
            incarnation: head.incarnation,
            sequence: head.last?.position.sequence ?? 0,
            hash: head.last?.hash
        )
        for _ in 0..<(events / 10_000) { try journal.append(filler.next(10_000)) }
        _ = journal.maintain(keeping: nil)
    }

    private static func kibibytes(_ key: String, _ status: String) -> Int {
        let line = status.split(separator: "\n").first { $0.hasPrefix(key) } ?? ""
        return Int(line.filter(\.isNumber)) ?? 0
    }

    private static let configuration = """
        [station]
        id = "bench"
        kind = "terminal"
        [county]
        url = "https://127.0.0.1:9"
        [board]
        driver = "simulated"
        [[door]]
        name = "A01"
        size = "L"

        """
}
