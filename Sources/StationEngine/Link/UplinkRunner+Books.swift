import LockerDomain
import Logging
import StationCore
import StationPorts
import SyncWire

extension UplinkRunner {
    /// Goes by what the county says is the newest that it has: one end may have moved its cursor, or lost events.
    func heardBooks(_ books: ChainPosition) async {
        do {
            let steps = try machine.correct(books, in: outbox)
            for step in steps {
                logger.warning("the county has \(books.incarnation) up to \(books.acknowledged): \(step)")
                try await carryOut(step)
            }
            if !steps.isEmpty { await bells.events.notify() }
        } catch {
            logger.error("the county's books are not followed: \(error)")
        }
    }
}
