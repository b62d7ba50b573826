import LockerDomain
import StationBooks

/// Free places of the shelves as bits, so that the first free one is found without looking at the parcels.
struct ShelfMap: Sendable {
    private let places: [ShelfPlace]
    private let numbers: [ShelfPlace: Int]
    private var taken: [UInt64]

    init(_ places: [ShelfPlace], _ parcels: ParcelBook) {
        self.places = places
        numbers = Dictionary(places.enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
        taken = Array(repeating: 0, count: (places.count + 63) / 64)
        for (number, place) in places.enumerated() where parcels.isTaken(.shelf(place)) { set(number, true) }
    }

    var firstFree: ShelfPlace? {
        for (index, word) in taken.enumerated() where word != .max {
            let number = index * 64 + (~word).trailingZeroBitCount
            return number < places.count ? places[number] : nil
        }
        return nil
    }

    /// What is moved within the shelf goes back to its own place last.
    func firstFree(preferringNot place: Place?) -> ShelfPlace? {
        guard case .shelf(let old)? = place else { return firstFree }
        var others = self
        others.update(old, isTaken: true)
        return others.firstFree ?? firstFree
    }

    mutating func update(_ place: ShelfPlace, isTaken: Bool) {
        guard let number = numbers[place] else { return }
        set(number, isTaken)
    }

    private mutating func set(_ number: Int, _ isTaken: Bool) {
        let bit = UInt64(1) << UInt64(number % 64)
        if isTaken { taken[number / 64] |= bit } else { taken[number / 64] &= ~bit }
    }
}
