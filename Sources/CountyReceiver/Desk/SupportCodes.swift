import CountyBooks
import CountySQLite
import GRDB
public import LockerDomain

extension County {
    /// A code that is dictated by phone and opens one door for one person, once (客服开箱码).
    public struct SupportOrder: Sendable, Hashable, Codable {
        public var station: String
        public var door: String
        /// Number on the badge of who is signed in there, decimal; empty when nobody is.
        public var person: String
        /// Ten digits.
        public var code: String
        public var counter: UInt32

        /// The code of a door and a counter.
        ///
        /// - Parameters:
        ///   - person: `nil` when nobody is signed in.
        ///   - key: the station's code key.
        public init(station: String, door: String, person: PersonNumber?, counter: UInt32, key: CodeKey) {
            self.station = station
            self.door = door
            self.person = person?.decimal ?? ""
            self.counter = counter
            code = SupportCode.text(counter: counter, door: DoorName(rawValue: door), requester: person, key: key)
        }
    }

    /// Makes the code, and keeps in the books for whom. The station takes any of the next
    /// `Limits.supportCodesAheadMax` counters behind the last that was used, each once (DESIGN 4.4): several people can be
    /// helped while the link is down.
    ///
    /// - Parameters:
    ///   - door: its name on the cabinet; the station alone knows whether there is one.
    ///   - person: decimal number on the badge with which the caller is signed in there; empty when nobody is.
    ///   - counter: where the station says that it counts from, when the county could not hear of it yet.
    /// - Throws: `CountyFault` for a station that is not known or a name that no door has.
    public func supportCode(
        station id: String,
        door: String,
        person: String = "",
        counter: UInt32? = nil
    ) throws -> SupportOrder {
        guard PrintedName.isValid(door) else {
            throw CountyFault(
                "--door \"\(door.prefix(40))\"",
                "is no name of a door",
                mend: "write it as on the door: A05"
            )
        }
        let number = PersonNumber(decimal: person)
        guard person.isEmpty || number != nil else {
            throw CountyFault(
                "--person \"\(person.prefix(40))\"",
                "is no number of a person",
                mend: "write the decimal number on the badge: 2001"
            )
        }
        let time = now()
        return try store.pool.write { db in
            let key = try codeKey(of: try StationRecord.need(db, id))
            if let counter { try SupportBook.restarted(db, station: id, at: counter) }
            let counter = try SupportBook.issue(db, station: id, door: door, person: person, at: time)
            return SupportOrder(station: id, door: door, person: number, counter: counter, key: key)
        }
    }
}
