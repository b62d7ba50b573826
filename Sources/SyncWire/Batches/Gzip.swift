import CZlib

/// gzip through the system's zlib: the bytes must be in hand before digest and signature.
public enum Gzip {
    /// A body that cannot be inflated.
    public enum Fault: Error, Sendable, Equatable, CustomStringConvertible {
        case damaged
        case tooLarge(limitBytes: Int)

        public var description: String {
            switch self {
            case .damaged: "the gzip body is damaged: send it again"
            case .tooLarge(let limit): "the body inflates to more than \(limit) bytes: send fewer events"
            }
        }
    }

    /// Level 1 … 9; equal bytes give equal bytes.
    public static func compress(_ bytes: [UInt8], level: Int32 = 6) -> [UInt8] {
        let bound = lk_gzip_bound(bytes.count)
        return [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
            let length = lk_gzip(bytes, bytes.count, level, buffer.baseAddress, bound)
            precondition(length >= 0, "deflate into a buffer of its own bound cannot fail")
            count = length
        }
    }

    /// Inflates at most `limit` bytes.
    public static func inflate(_ bytes: [UInt8], limit: Int) throws(Fault) -> [UInt8] {
        var length = 0
        let inflated = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            length = lk_gunzip(bytes, bytes.count, buffer.baseAddress, limit)
            count = max(0, length)
        }
        switch length {
        case -1: throw .damaged
        case -2: throw .tooLarge(limitBytes: limit)
        default: return inflated
        }
    }
}
