import LockerDomain
import StationBooks

extension DoorsReply {
    /// One line a door.
    public func lines(style: TextStyle) -> [String] {
        guard !doors.isEmpty else { return ["This station has no doors."] }
        var table = TextTable([
            .init("DOOR 格口"), .init("SIZE"), .init("REACH"), .init("DOOR IS"), .init("INSIDE"),
            .init("USE", shrinks: true),
            .init("PARCELS 包裹", shrinks: true),
        ])
        table.rows = doors.map { door in
            [
                door.name, door.size.rawValue + (door.chilled ? " cold" : ""), door.reach.rawValue,
                door.sensor ? door.level.rawValue : "no sensor", door.contents.rawValue, door.use,
                door.parcels.joined(separator: " "),
            ]
        }
        return table.lines(style: style)
    }
}

extension DoorsReply.DoorEntry {
    /// What can be done with the door, in words.
    fileprivate var use: String {
        if let outOfService { return "out of service (停用): \(outOfService)" }
        if let opening { return "\(opening.purpose.rawValue), \(opening.phase.rawValue)" }
        guard free else { return "" }
        return chilled ? "free, cold (空)" : "free (空)"
    }
}

extension ParcelsReply {
    /// One line a parcel, and how many there are.
    public func lines(style: TextStyle) -> [String] {
        guard !parcels.isEmpty else { return ["No parcels (没有包裹)."] }
        var table = TextTable([
            .init("WAYBILL 运单号"), .init("STATUS"), .init("PLACE 位置"), .init("BRAND", shrinks: true), .init("SIZE"),
            .init("PHONE", shrinks: true), .init("CHANGED", shrinks: true),
        ])
        table.rows = parcels.map { parcel in
            [
                parcel.waybill, parcel.state, parcel.place ?? parcel.holder.map { "with \($0)" } ?? "", parcel.brand,
                parcel.size.rawValue,
                parcel.phoneMasked ?? "", String(parcel.changed.short.dropFirst(5).prefix(11)),
            ]
        }
        let waiting = parcels.count { $0.status == .stored }
        let back = parcels.count { $0.retrieval != nil }
        let tasks = back > 0 ? ", \(back) to take back (取回)" : ""
        return table.lines(style: style) + ["\(parcels.count) parcels, \(waiting) waiting (待取)\(tasks)."]
    }
}

extension ParcelsReply.ParcelEntry {
    /// What has to be done comes before what it is.
    fileprivate var state: String { retrieval.map { "取回 \($0.rawValue)" } ?? status.rawValue }
}

extension ShipmentsReply {
    /// One line a shipment, and how many wait for a run.
    public func lines(style: TextStyle) -> [String] {
        let counter = draft.map { ["On the counter (柜台): \($0). Without a label: lockerctl label \($0)"] } ?? []
        guard !shipments.isEmpty else { return counter + ["No shipments (没有寄件)."] }
        var table = TextTable([
            .init("WAYBILL 运单号"), .init("STATUS"), .init("PLACE 位置"), .init("BRAND", shrinks: true),
            .init("OPERATOR", shrinks: true), .init("CHANGED", shrinks: true),
        ])
        table.rows = shipments.map { shipment in
            [
                shipment.waybill, shipment.status.rawValue, shipment.place ?? "counter", shipment.brand,
                shipment.operator, String(shipment.changed.short.dropFirst(5).prefix(11)),
            ]
        }
        let waiting = shipments.count { $0.status == .accepted }
        return counter + table.lines(style: style)
            + ["\(shipments.count) shipments, \(waiting) wait for a run (待运)."]
    }
}

extension ScanReply {
    /// What the person was told.
    public func lines(style: TextStyle) -> [String] {
        guard !answers.isEmpty else { return ["The station gave no answer."] }
        return answers.map { answer in
            let text = "\(answer.zh)  \(answer.en)".printable
            return answer.light == .red ? style.red(text) : answer.light == .green ? style.green(text) : text
        }
    }
}
