public import LockerDomain

/// A recipient's phone number that was typed at the station, sealed to the county's key: nobody at the station can open
/// it (DESIGN rule 10).
public struct SealedContact: Sendable, Hashable {
    public var waybill: Waybill
    /// The body of its upload, as it is.
    public var sealed: [UInt8]
    /// The random key of its recipient; `nil` where the county's own is known.
    public var recipientKey: String?
    /// By what the number is known again (`PhoneMark`); `nil` without a random key.
    public var mark: [UInt8]?

    public init(waybill: Waybill, sealed: [UInt8], recipientKey: String? = nil, mark: [UInt8]? = nil) {
        self.waybill = waybill
        self.sealed = sealed
        self.recipientKey = recipientKey
        self.mark = mark
    }
}

/// Where sealed numbers lie: beside the journal, outside its chain, so that they can be erased. Safe from any thread;
/// every method blocks until the disk has answered.
public protocol ContactPort: Sendable {
    /// Keeps a number in place of an older one of the waybill; it waits to be sent. Throws when
    /// `ContactLimits.contactsMax` are kept.
    func keep(_ contact: SealedContact) throws
    /// The random key under which a number is kept for another parcel; `nil` when it is not kept, or no longer.
    func recipientKey(markedBy mark: [UInt8]) throws -> String?
    /// Numbers that the county does not have, by waybill, behind one.
    func unsent(after waybill: Waybill?, limit: Int) throws -> [SealedContact]
    /// The county has this one; another one that was typed meanwhile still waits.
    func markSent(_ contact: SealedContact) throws
    /// Every waybill with a number.
    func waybills() throws -> [Waybill]
    /// Notes whose parcels are over at a trusted wall time, the others being open (again), and erases what has been
    /// over for `ContactLimits.contactDays`.
    func erase(over: Set<Waybill>, at wall: Int64) throws
}

/// Why a number was not kept.
public struct ContactFault: Error, Sendable, Hashable, CustomStringConvertible {
    public var description: String

    public init(_ description: String) { self.description = description }
}
