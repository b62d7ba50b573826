import LockerDomain
import Logging
import StationCore
import StationPorts
import SyncWire

/// Each call has a counter that is used once (DESIGN 4.3); `CallCounter` decides what follows when the county has it.
extension UplinkRunner {
    /// - Throws: `ControlFault` while the station is not enrolled; `LinkFault` when a new start is due and cannot be kept.
    func nextCounter() throws -> LockerCounter {
        if let counter = link?.counter.next() { return counter }
        guard link != nil else { throw ControlFault(.unavailable, "this station is not enrolled") }
        // This start has made all of its calls.
        let counter = CallCounter(try durably { try keys.beginStart() })
        link?.counter = counter
        guard let next = link?.counter.next() else { throw LinkFault.keysUnusable("no start number") }
        return next
    }

    /// Makes the next counter one that the county does not have.
    ///
    /// - Throws: `LinkFault` when that cannot be, and then nothing is changed.
    func repairCounter(after highest: LockerCounter) throws {
        let wall = clock.now().wall
        switch link?.counter.repair(after: highest, at: wall) {
        case .nextCall, nil: break
        case .twoBoards: throw LinkFault.twoBoards
        case .raise(let start):
            let raised = try durably { try keys.raiseStart(above: start, at: wall) }
            link?.counter = CallCounter(raised)
            logger.warning("the county has counter \(highest): the start number is raised to \(raised.number)")
            if link?.counter.isShared(at: wall) == true { logger.error("\(LinkFault.twoBoards)") }
        }
    }

    private func durably(_ write: () throws -> StartRecord) throws -> StartRecord {
        do { return try write() } catch { throw LinkFault.keysUnusable(LinkFault.brief("\(error)")) }
    }
}

extension LinkFault {
    /// Whether it came before any byte of the call was sent.
    var isBeforeSending: Bool { if case .noConnection = self { true } else { tookNoConnection } }
}
