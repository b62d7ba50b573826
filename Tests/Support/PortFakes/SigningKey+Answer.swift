public import StationPorts
public import SyncWire

extension SigningKey {
    /// An answer to one request, signed with this key as the county signs its own.
    public func answer(
        _ status: Int,
        _ body: [UInt8],
        to requestSignature: [UInt8],
        headers: [(name: String, value: String)] = []
    ) throws -> UplinkReply {
        let digest = ContentDigest.text(of: body)
        let message = MessageSignature.answer(
            status: status,
            contentDigest: digest,
            requestSignature: requestSignature,
            keyID: id
        )
        let signed = [(name: "content-digest", value: digest)] + message.headers(signature: try sign(message.base))
        return UplinkReply(status: status, headers: headers + signed, body: body)
    }
}
