public import LockerDomain
public import StationPorts
import Synchronization

/// Sealed phone numbers in memory, with a fault on request. It keeps what a disk would keep.
public final class MemoryContacts: ContactPort {
    private struct Row {
        var contact: SealedContact
        var isSent = false
        /// Wall time at which its parcel was seen to be over.
        var overSince: Int64?
    }

    private struct State {
        var rows: [Waybill: Row] = [:]
        var isBroken = false
    }

    private let state = Mutex(State())

    public init() {}

    /// Whether `keep` fails from now on.
    public func fail(_ isBroken: Bool) { state.withLock { $0.isBroken = isBroken } }

    public func keep(_ contact: SealedContact) throws {
        try state.withLock { state in
            if state.isBroken { throw ContactFault("simulated: the disk takes nothing") }
            guard state.rows[contact.waybill] != nil || state.rows.count < ContactLimits.contactsMax else {
                throw ContactFault("\(ContactLimits.contactsMax) phone numbers are kept already")
            }
            state.rows[contact.waybill] = Row(contact: contact)
        }
    }

    public func recipientKey(markedBy mark: [UInt8]) throws -> String? {
        state.withLock { state in
            if state.isBroken { return nil }
            // The same of several in each run.
            return state.rows.values.map(\.contact).filter { $0.mark == mark }.min { $0.waybill < $1.waybill }?
                .recipientKey
        }
    }

    public func unsent(after waybill: Waybill?, limit: Int) throws -> [SealedContact] {
        state.withLock { state in
            let waiting = state.rows.filter { row in !row.value.isSent && waybill.map { row.key > $0 } ?? true }
            return waiting.sorted { $0.key < $1.key }.prefix(limit)
                .map(\.value.contact)
        }
    }

    public func markSent(_ contact: SealedContact) throws {
        state.withLock { state in
            guard state.rows[contact.waybill]?.contact.sealed == contact.sealed else { return }
            state.rows[contact.waybill]?.isSent = true
        }
    }

    public func waybills() throws -> [Waybill] { state.withLock { $0.rows.keys.sorted() } }

    public func erase(over: Set<Waybill>, at wall: Int64) throws {
        state.withLock { state in
            for (waybill, row) in state.rows {
                state.rows[waybill]?.overSince = over.contains(waybill) ? row.overSince ?? wall : nil
            }
            let last = wall - ContactLimits.contactDays * 86_400_000
            state.rows = state.rows.filter { $0.value.overSince.map { $0 > last } ?? true }
        }
    }
}
