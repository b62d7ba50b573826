import LockerDomain
import StationBooks

/// A manifest that comes after some or all of its parts.
extension Numbers {
    /// The parts that are here take from their announcement what nobody knew, and its code unless their own was
    /// announced.
    static func fillInParts(of entry: ManifestEntry, manifest: String, in turn: inout Turn) {
        guard let parent = turn.books.parcels[entry.waybill] else { return }
        for part in turn.books.parcels.parts(of: parent.waybill) where part.isHere {
            var line = entry
            line.waybill = part.waybill
            line.n = part.n
            var filled = part
            filled.fill(from: line, Manifests.parties(of: line, in: turn))
            if filled != part { Manifests.expectLate(line, filled, manifest: manifest, in: &turn) }
            guard part.codeOf == nil, !part.announced, !part.hold.noticed,
                part.status == .stored || part.status == .received
            else { continue }
            reissue(filled, n: parent.n, codeOf: parent.codeName, in: &turn)
        }
    }

    /// All is back, and there were events since about some of a family, not about the others: the code of the
    /// announcement opens all of it, so that its parts take that, and the county hears of it.
    static func takeCodes(besides touched: Topics, in turn: inout Turn) {
        for stem in turn.books.parcels.children.keys.sorted() {
            guard let parent = turn.books.parcels[turn.books.parcels.name(of: stem)] else { continue }
            for part in turn.books.parcels.parts(of: parent.waybill) {
                // What has left since came with this announcement, unless there were events about that since as well.
                let isOurs =
                    !part.isOver
                    || !touched.isFull && touched.contain(part.waybill) && !touched.contain(parent.waybill)
                guard isOurs, part.codeOf == parent.codeName, part.n < parent.n,
                    touched.contain(part.waybill) || touched.contain(parent.waybill)
                else { continue }
                reissue(part, n: parent.n, codeOf: part.codeOf, in: &turn)
            }
        }
    }
}
