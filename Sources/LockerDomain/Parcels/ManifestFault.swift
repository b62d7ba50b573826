/// A line of a manifest that no event may carry.
public struct ManifestFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong with a field.
    public enum Kind: Sendable, Hashable {
        /// Empty, longer than so many characters, or with some that are not allowed.
        case text(charactersMax: Int)
        /// Holds a whole phone number, which no event carries (DESIGN rule 10).
        case phone
        /// Of another kind, or with a word that this version does not know.
        case unreadable
    }

    /// The field by its name on the wire.
    public var field: String
    public var waybill: Waybill
    public var kind: Kind

    /// A fault of one field of one line.
    public init(field: String, waybill: Waybill, kind: Kind) {
        (self.field, self.waybill, self.kind) = (field, waybill, kind)
    }

    /// What is wrong, without the text itself.
    public var cause: String {
        switch kind {
        case .text(let most):
            "is empty, has more than \(most) characters, or some that are not allowed, such as line ends "
                + "为空、过长或含控制字符"
        case .phone: "holds a whole phone number 含完整手机号"
        case .unreadable: "cannot be read 无法读取"
        }
    }

    /// What to do.
    public var mend: String {
        switch kind {
        case .text(let most): "write 1 to \(most) characters in one line 请写一行 1 到 \(most) 个字"
        case .phone: "write it in the column of phones alone 电话只写在手机号列"
        case .unreadable: "write it as the manual of the wire says, or leave it out 请按接口说明填写或省略"
        }
    }

    public var description: String { "manifest, waybill \"\(shownWaybill)\": \(field) \(cause)" }

    /// The waybill as a message may show it: that of a bad line may be anything.
    private var shownWaybill: String {
        String(
            waybill.rawValue.unicodeScalars.prefix(Limits.waybillCharactersMax).map { scalar in
                (0x21...0x7E).contains(scalar.value) ? Character(scalar) : "?"
            }
        )
    }
}
