package import LockerDomain
package import StationBooks
package import SyncWire

/// Reads a command whose data say it all, within the limits of the station. Pure.
package enum CommandReading {
    /// Data that can be read and must not be done.
    package struct Fault: Error, CustomStringConvertible {
        package var description: String
    }

    /// Digits of a badge's id.
    private static let badgeDigits = 16
    /// Bytes of the words why somebody could not be told: `Limits.noteCharactersMax` of up to four bytes.
    private static let reasonBytesMax = 4 * Limits.noteCharactersMax

    /// Bytes of a command's id and of its type.
    private static let nameBytesMax = 128
    /// Numbers that an event can name: exact in JSON.
    private static let numbers = 1...(1 << 53) - 1

    /// Whether the county made it for this station, and its names fit an event.
    package static func isGenuine(_ message: CommandMessage, from county: CountyKey, station: String) -> Bool {
        message.isGenuine(county, station: station) && message.id.utf8.count <= nameBytesMax
            && message.type.utf8.count <= nameBytesMax && numbers.contains(message.number)
    }

    /// `nil` for a type that is not known here. Throws when the data cannot be read.
    package static func kind(of message: CommandMessage) throws -> Command.Kind? {
        switch message.type {
        case "notices":
            let notices = try message.data.decoded(as: CommandMessage.NoticeList.self).notices
            try check(notices.map(\.waybill))
            for notice in notices where notice.failure?.utf8.count ?? 0 > reasonBytesMax {
                throw Fault(description: "the reason for \(notice.waybill) has more than \(reasonBytesMax) bytes")
            }
            return .notices(notices)
        case "extendHold":
            let data = try message.data.decoded(as: CommandMessage.HoldExtension.self)
            try check([data.waybill])
            guard (1...Limits.extensionHoursMax).contains(data.hours) else {
                throw Fault(description: "\(data.hours) hours: 1 to \(Limits.extensionHoursMax) can be added")
            }
            return .extendHold(data.waybill, hours: data.hours)
        case "recall":
            let waybills = try message.data.decoded(as: CommandMessage.Recall.self).waybills
            try check(waybills)
            return .recall(waybills)
        case "reissue":
            let data = try message.data.decoded(as: CommandMessage.Reissue.self)
            try check([data.waybill])
            return .reissue(data.waybill, n: data.n)
        case "revokeBadge":
            let badge = try message.data.decoded(as: CommandMessage.BadgeRevocation.self).badge
            guard Hex.decode(badge)?.count == badgeDigits / 2, badge == badge.lowercased() else {
                throw Fault(description: "a badge's id has \(badgeDigits) hex digits in lower case")
            }
            return .revokeBadge(badge)
        default: return nil
        }
    }

    /// As many as fit one command, each a waybill as the station knows them, none twice.
    private static func check(_ waybills: [Waybill]) throws {
        guard (1...Limits.manifestEntriesMax).contains(waybills.count) else {
            throw Fault(description: "\(waybills.count) parcels: 1 to \(Limits.manifestEntriesMax) fit one command")
        }
        for waybill in waybills {
            guard let reading = try? WaybillReading(waybill.rawValue), reading.normalized == waybill.ofWhole.rawValue
            else {
                throw Fault(description: "\"\(waybill.rawValue.prefix(40))\" is not a waybill number")
            }
        }
        guard Set(waybills).count == waybills.count else { throw Fault(description: "a parcel is named twice") }
    }
}
