/// A generator of random numbers (SplitMix64): the same seed gives the same numbers everywhere, whatever the standard
/// library does with its own generators.
public struct SplitMix: RandomNumberGenerator, Sendable {
    @usableFromInline var state: UInt64

    /// - Parameter seed: any number; it is the first state.
    @inlinable
    public init(seed: UInt64) { state = seed }

    @inlinable
    public mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to, but not including, `bound`; the tiny bias of the remainder does not matter in a test.
    public mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
