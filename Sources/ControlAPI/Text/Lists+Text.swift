import LockerDomain

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
        return free ? "free (空)" : ""
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
                parcel.waybill, parcel.status.rawValue, parcel.place ?? "", parcel.brand, parcel.size.rawValue,
                parcel.phoneMasked ?? "", String(parcel.changed.short.dropFirst(5).prefix(11)),
            ]
        }
        let waiting = parcels.count { $0.status == .stored }
        return table.lines(style: style) + ["\(parcels.count) parcels, \(waiting) waiting (待取)."]
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
