import ArgumentParser
import ControlAPI
import FoundationEssentials
import Glibc
import LockerDomain

/// From an enrolment file to a station that is enrolled: configuration, restart, the county.
struct Commissioning: Sendable {
    /// Milliseconds that a restarted daemon is waited for, and between two looks at its socket.
    private static let (waitMilliseconds, lookMilliseconds): (Int64, Int64) = (30_000, 250)

    var options: SocketOptions

    /// What `lockerd --commission` prints.
    private struct Commissioned: Decodable {
        var station: String
        var token: String
        var isChanged: Bool
        var faults: [String]
    }

    /// Sets the station up by such a file, restarts `lockerd`, and enrols.
    ///
    /// - Parameter isRepeated: the same file is tried again and again until the county is reached. Then `lockerd` is restarted
    ///   only for another configuration: each restart costs events and writes on the card, and there may be weeks without a link.
    /// - Returns: what is wrong with the board's wires.
    func enrol(by file: String, isRepeated: Bool = false) async throws -> [String] {
        try checkRights()
        let root = options.root.map { ["--root", $0] } ?? []
        let ending = try Program.lockerd(root + ["--commission", file]).output()
        guard ending.status == 0, let commissioned = Self.read(ending.text) else {
            throw CommandFailure.refused("the station was not changed; lockerd said why (站点未改动，原因见上)")
        }
        guard options.root == nil else {
            throw CommandFailure.refused(
                "the configuration is written; start lockerd --root anew, then type lockerctl enrol with the token alone (配置已写入)"
            )
        }
        if commissioned.isChanged || !isRepeated {
            guard try Program.systemctl("restart", "lockerd.service").run() == 0 else {
                throw CommandFailure.refused("lockerd does not start: see journalctl -u lockerd (lockerd 没有启动)")
            }
        }
        try await waitForSocket()
        do {
            try await enrol(token: commissioned.token)
        } catch let failure as CommandFailure where isRepeated && !failure.isTemporary && !failure.isUnreachable {
            // The power may have gone between an enrolment and the file's new name: its token counts no second time.
            guard !commissioned.isChanged, try await isEnrolled() else { throw failure }
        }
        return commissioned.faults
    }

    /// - Throws: when the configuration is another user's.
    func checkRights() throws(CommandFailure) {
        guard geteuid() == 0 || options.root != nil else {
            throw CommandFailure.refused("setting up a station changes /etc/lockerd: type sudo in front (需要 sudo)")
        }
    }

    /// The token that the station's own scanner reads from an enrolment sheet (入网单).
    func scannedToken() async throws -> String {
        // Standard output is for the result.
        Console.complain(
            "hold the QR of the enrolment sheet under the station's scanner within \(ControlLimits.sheetSeconds) s; Ctrl-C ends this "
                + "(请在 \(ControlLimits.sheetSeconds) 秒内把入网单的二维码对准站点的扫描枪；Ctrl-C 取消)"
        )
        let request = ControlRequest(path: ControlPath.scanSheet, body: [], seconds: ControlLimits.sheetReplySeconds)
        let token = try await ask(request, as: EnrolRequest.self).token
        Console.complain("the sheet was read (已读到入网单)")
        return token
    }

    /// Enrols a station that is set up.
    func enrol(token: String) async throws {
        let request = try ControlRequest.post(
            ControlPath.enrol,
            EnrolRequest(token: token),
            seconds: ControlLimits.enrolSeconds
        )
        _ = try await ask(request, as: EnrolReply.self)
    }

    private func isEnrolled() async throws -> Bool {
        try await ask(.get(ControlPath.status), as: StatusReply.self).enrolled
    }

    private func ask<Reply: Decodable>(_ request: ControlRequest, as type: Reply.Type) async throws -> Reply {
        let client = ControlClient(socket: options.path)
        do {
            let reply = try await client.send(request, as: type)
            await client.shutdown()
            return reply.value
        } catch {
            await client.shutdown()
            throw error
        }
    }

    private static func read(_ output: String) -> Commissioned? {
        try? JSONDecoder().decode(Commissioned.self, from: Data(output.utf8))
    }

    private func waitForSocket() async throws {
        let clock = ContinuousClock()
        let end = clock.now + .milliseconds(Self.waitMilliseconds)
        while access(options.path, F_OK) != 0, clock.now < end {
            try await clock.sleep(for: .milliseconds(Self.lookMilliseconds))
        }
    }
}
