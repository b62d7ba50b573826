import LockerDomain
import StationPorts
import SyncWire

extension UplinkRunner {
    /// The time that the county signs in its answers to batches and to questions for commands.
    private struct SignedTime: Decodable {
        var time: String
    }

    /// The station goes by the county's time while it has no better one (DESIGN 4.8). A recorded answer fits no later
    /// call, so it can be no older than the call.
    func hear(_ reply: UplinkReply, asked: Int64) async {
        guard let signed = try? CanonicalJSON.decode(SignedTime.self, from: reply.body) else { return }
        await hear(signed.time, asked: asked)
    }

    /// `time` as the wire has it.
    func hear(_ time: String, asked: Int64) async {
        guard let wall = WireTime.milliseconds(time) else { return }
        await engine.hear(county: wall, asked: asked)
    }
}
