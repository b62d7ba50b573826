import FoundationEssentials
import RawStructuredFieldValues

/// Small helpers over RFC 8941 values.
enum StructuredText {
    /// `:base64:`
    static func bytes(_ bytes: some Sequence<UInt8>) -> String { ":\(Data(bytes).base64EncodedString()):" }

    static func bare(_ member: ItemOrInnerList?) -> RFC9651BareItem? {
        guard case .item(let item)? = member else { return nil }
        return item.rfc9651BareItem
    }

    static func bytes(of member: ItemOrInnerList?) -> [UInt8]? {
        guard case .undecodedByteSequence(let base64)? = bare(member), let data = Data(base64Encoded: base64) else {
            return nil
        }
        return Array(data)
    }
}
