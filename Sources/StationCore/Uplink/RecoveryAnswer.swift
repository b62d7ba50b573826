import LockerDomain
package import StationPorts
import SyncWire

extension RecoveredPage {
    /// Why a page that the county signed cannot be used.
    package struct Fault: Error, CustomStringConvertible {
        package var description: String
    }

    /// Reads an answer to `GET …/events`; `nil` when nothing is behind the number. The lines are those of the signed body;
    /// the header, which nobody signed, has to fit them.
    package init?(_ reply: UplinkReply, of incarnation: String, after: Int) throws {
        guard reply.status != 204, !reply.body.isEmpty else { return nil }
        guard let chain = reply.header("locker-chain").flatMap(ChainHeader.init), chain.incarnation == incarnation,
            chain.first > after
        else { throw Fault(description: "the county's events behind \(after) come without their chain") }
        let lines = try Batch.split(reply.body, limit: Limits.batchEventsMax)
        guard lines.count == chain.last - chain.first + 1 else {
            throw Fault(description: "the county's events \(chain.first) to \(chain.last) are \(lines.count) lines")
        }
        // The header is not signed with the answer, the numbers within the lines are.
        guard zip(chain.first..., lines).allSatisfy({ ChainReading.mayStand($1, at: $0) }) else {
            throw Fault(description: "the county's events \(chain.first) to \(chain.last) have other numbers")
        }
        let hash = lines.reduce(chain.before) { Chain.next(after: $0, bytes: $1) }
        guard hash == chain.after else {
            throw Fault(description: "the county's events \(chain.first) to \(chain.last) do not fit their hashes")
        }
        self.init(incarnation: incarnation, first: chain.first, last: chain.last, hash: hash, lines: lines)
    }

    /// Leaves out what stands up to a number; `nil` when that is all.
    package func dropping(through number: Int) -> RecoveredPage? {
        guard number >= first else { return self }
        guard number < last else { return nil }
        var rest = self
        rest.lines.removeFirst(number - first + 1)
        rest.first = number + 1
        return rest
    }
}
