extension ViewContext {
    /// Stations that wait to be folded anew, by id, of those that the reader may see.
    func waiting(_ standings: [StationStanding]) -> [SilentStation] {
        let seen = standings.filter { $0.isWaiting && allows(station: $0.station) }
        return seen.map { standing in
            SilentStation(
                station: standing.station,
                site: site(of: standing.station)?.name,
                phone: nil,
                reaches: standing.reaches,
                isWaiting: true
            )
        }.sorted { $0.station < $1.station }
    }
}

extension View.Part {
    /// Says, as a station's own page does, which stations wait to be folded anew: figures to which they add are not up
    /// to date. None where none waits.
    ///
    /// - Parameter stations: that the reader may see; those that do not wait are left out.
    static func waiting(_ stations: [SilentStation]) -> [View.Part] {
        let waiting = stations.filter(\.isWaiting)
        guard !waiting.isEmpty else { return [] }
        let names = Words.list(waiting.prefix(ViewLimits.waitingNamedMax).map(name), "、", ", ")
        let isCut = waiting.count > ViewLimits.waitingNamedMax
        let others = isCut ? Words("等", " and others") : Words(same: "")
        return [
            .notice(
                Words(
                    "有 \(waiting.count) 个站点补传的事件次序在前，账簿稍后重新计算：\(names.chinese)\(others.chinese)；"
                        + "在此之前，其数字不含这些事件及其后的事件",
                    "stations sent events that belong before others. The books will count them anew "
                        + "(\(waiting.count)): \(names.english)\(others.english); until then their figures "
                        + "are without these events and all that came after"
                ),
                .warn
            )
        ]
    }

    /// `yc-01（章训便民站）`
    private static func name(_ station: SilentStation) -> Words {
        guard let site = station.site else { return Words(same: station.station) }
        let name = AuditText.maskingMobiles(site)
        return Words("\(station.station)（\(name)）", "\(station.station) (\(name))")
    }
}
