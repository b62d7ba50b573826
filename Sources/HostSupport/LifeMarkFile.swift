import Crypto
import Glibc
import LockerDomain
public import StationPorts

/// The mark in a file of one page that is overwritten in place, so that it costs the card no new block and no sync. A
/// digest shows a page that the power cut tore.
public struct LifeMarkFile: LifeMarkPort {
    private let path: String
    private static let pageBytes = 4_096
    private static let version = "mark1"

    public init(path: String) { self.path = path }

    public func keep(_ mark: LifeMark) {
        let text = [
            Self.version, String(mark.position.generation), String(mark.position.sequence), String(mark.moment.wall),
            String(mark.moment.uptime), mark.moment.clock.rawValue, mark.bootID,
        ].joined(separator: " ")
        var page = Array("\(text) \(Self.digest(of: text))\n".utf8)
        guard page.count <= Self.pageBytes else { return }
        page += Array(repeating: 0, count: Self.pageBytes - page.count)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        // What is not written is a mark that is lost.
        _ = pwrite(descriptor, page, page.count, 0)
    }

    public func last() -> LifeMark? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var page = [UInt8](repeating: 0, count: Self.pageBytes)
        let count = read(descriptor, &page, page.count)
        guard count > 0, let end = page[..<count].firstIndex(of: 0x0A) else { return nil }
        return Self.mark(in: String(decoding: page[..<end], as: UTF8.self))
    }

    private static func mark(in line: String) -> LifeMark? {
        let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard words.count == 8, words[0] == version, digest(of: words.dropLast().joined(separator: " ")) == words[7],
            let generation = Int(words[1]), let sequence = Int(words[2]), let wall = Int64(words[3]),
            let uptime = Int64(words[4]), let clock = ClockTrust(rawValue: words[5])
        else { return nil }
        return LifeMark(
            position: JournalPosition(generation: generation, sequence: sequence),
            moment: Moment(wall: wall, uptime: uptime, clock: clock),
            bootID: words[6]
        )
    }

    private static func digest(of text: String) -> String {
        Hex.encode(Array(SHA256.hash(data: Array(text.utf8)).prefix(8)))
    }
}
