import LockerDomain
import Logging
import StationCore
import StationPorts
import SyncWire

/// Phone numbers go to the county beside the events, on a loop of their own: neither may hold up the other.
extension UplinkRunner {
    func contactLoop() async {
        var pauses = Backoff()
        while !Task.isCancelled {
            guard mayCall else {
                await bells.contacts.wait(milliseconds: 60_000)
                continue
            }
            do {
                if try await sendContacts() { await succeeded(.contacts) }
                pauses.reset()
                health.succeeded(.contacts)
                await bells.contacts.wait(milliseconds: 60_000)
            } catch {
                if Task.isCancelled { return }
                await failed(.contacts, LinkFault(error))
                await bells.contactPause.wait(milliseconds: pauses.pause(random: randomWord()))
            }
        }
    }

    /// Sends all that wait. One that the county does not take holds up none behind it; it stays, and is sent again
    /// after a pause. `false` when none waited; throws when any is left.
    private func sendContacts() async throws -> Bool {
        var refusal: LinkFault?
        var last: Waybill?
        while case let waiting = try contacts.unsent(after: last, limit: ContactLimits.unsentContactsMax),
            !waiting.isEmpty
        {
            for contact in waiting {
                let (verdict, reply) = try await exchange(
                    "PUT",
                    "/v1/stations/\(station)/contacts/\(contact.waybill)",
                    headers: [("content-type", "application/json")],
                    body: contact.sealed
                )
                if verdict == .accepted {
                    try contacts.markSent(contact)
                    await answered()
                } else {
                    refusal = verdict.fault ?? .other("HTTP \(reply.status)")
                }
                last = contact.waybill
            }
        }
        if let refusal { throw refusal }
        return last != nil
    }
}
