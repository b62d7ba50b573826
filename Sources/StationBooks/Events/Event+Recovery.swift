public import LockerDomain

/// Events of this station that the county had and the station had lost came back, one page of one incarnation (DESIGN 4.9).
/// The lines that count lie beside the event, in the same commit. Without a range: all that the county has is back.
public struct BooksRecovered: EventPayload {
    /// The journal that they stood in.
    public var incarnation: String?
    /// Decimal, as in the envelope: the first event that was asked for.
    public var first: String?
    /// Decimal: the last event that came.
    public var last: String?
    /// Hash of the county's chain behind `last`, hex.
    public var hash: String?
    /// How many of the lines are kept beside this event: those that change the books.
    public var kept: Int
    /// SHA-256 of the kept lines, each followed by a line feed, hex.
    public var digest: String?
    /// When all is back of a journal that was lost as a whole: confirmed wall time of the last event that came back,
    /// milliseconds since 1970. Since then the station did not know these parcels, which counts against nobody (DESIGN 4.8).
    public var darkSince: Int64?

    /// All is back.
    public init() { kept = 0 }

    /// One page.
    public init(incarnation: String, first: String, last: String, hash: String, kept: Int, digest: String) {
        (self.incarnation, self.first, self.last) = (incarnation, first, last)
        (self.hash, self.kept, self.digest) = (hash, kept, digest)
    }
}

extension BooksRecovered {
    /// The time in which the station did not know its parcels; `nil` when it knew them, or too short to count.
    ///
    /// - Parameter now: when the event was made.
    public func darkness(at now: Moment) -> Darkness? {
        guard incarnation == nil, let darkSince, now.clock.isConfirmed else { return nil }
        let length = now.wall.clampedSubtracting(darkSince)
        return length >= Limits.darknessMilliseconds ? Darkness(milliseconds: length, until: now.wall) : nil
    }
}
