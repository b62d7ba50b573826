import RawStructuredFieldValues

/// HTTP Message Signatures (RFC 9421) in the one profile of DESIGN 4.3: label `sig1`, Ed25519, no `created`.
public struct MessageSignature: Sendable {
    /// One covered component: its identifier as it is written, `"@method"` or `"signature";req;key="sig1"`, and its value.
    public struct Component: Sendable, Hashable {
        public var identifier: String
        public var value: String

        public init(_ name: String, parameters: String = "", value: String) {
            identifier = "\"\(name)\"\(parameters)"
            self.value = value
        }
    }

    public var components: [Component]
    public var keyID: String

    public init(components: [Component], keyID: String) {
        self.components = components
        self.keyID = keyID
    }

    /// `("@method" …);keyid="…";alg="ed25519"`
    public var parameters: String {
        "(\(components.map(\.identifier).joined(separator: " ")));keyid=\"\(keyID)\";alg=\"ed25519\""
    }

    /// The signature base (RFC 9421 section 2.5).
    public var base: [UInt8] {
        var text = ""
        for component in components { text += "\(component.identifier): \(component.value)\n" }
        return Array("\(text)\"@signature-params\": \(parameters)".utf8)
    }

    /// Headers `Signature-Input` and `Signature` for a signature of `base`.
    public func headers(signature: [UInt8]) -> [(name: String, value: String)] {
        [("signature-input", "sig1=\(parameters)"), ("signature", "sig1=\(StructuredText.bytes(signature))")]
    }

    /// `keyid` of a received `Signature-Input`, read by the structured-field grammar.
    public static func keyID(in signatureInput: String) -> String? {
        var parser = StructuredFieldValueParser(Array(signatureInput.utf8))
        guard let map = try? parser.parseDictionaryFieldValue(), case .innerList(let list)? = map["sig1"],
            case .string(let keyID)? = list.rfc9651Parameters["keyid"], keyID.utf8.count == 16
        else { return nil }
        return keyID
    }

    /// Whether a received `Signature-Input` covers exactly these components in this order, with these parameters.
    public func isCovered(by signatureInput: String) -> Bool {
        signatureInput.trimmingSpaces() == "sig1=\(parameters)"
    }

    /// The 64 bytes of a received `Signature`.
    public static func bytes(in signature: String) -> [UInt8]? {
        var parser = StructuredFieldValueParser(Array(signature.utf8))
        guard let map = try? parser.parseDictionaryFieldValue() else { return nil }
        return StructuredText.bytes(of: map["sig1"])
    }

    // MARK: The two profiles

    /// What a station signs of a request. Headers that the call does not have are left out (DESIGN 4.3).
    public static func request(
        method: String,
        path: String,
        query: String,
        headers: [(name: String, value: String)],
        keyID: String
    ) -> MessageSignature {
        var components = [
            Component("@method", value: method), Component("@path", value: path),
            Component("@query", value: "?\(query)"),
        ]
        for name in ["locker-counter", "content-digest", "content-type", "content-encoding", "locker-chain"] {
            guard let header = headers.first(where: { $0.name == name }) else { continue }
            components.append(Component(name, value: header.value))
        }
        return MessageSignature(components: components, keyID: keyID)
    }

    /// What the county signs of an answer, bound to the request's signature.
    public static func answer(
        status: Int,
        contentDigest: String,
        requestSignature: [UInt8],
        keyID: String
    ) -> MessageSignature {
        let bound = StructuredText.bytes(requestSignature)
        return MessageSignature(
            components: [
                Component("@status", value: String(status)), Component("content-digest", value: contentDigest),
                Component("signature", parameters: ";req;key=\"sig1\"", value: bound),
            ],
            keyID: keyID
        )
    }
}

extension String {
    fileprivate func trimmingSpaces() -> String {
        var units = Array(utf8)[...]
        while units.first == 0x20 { units.removeFirst() }
        while units.last == 0x20 { units.removeLast() }
        return String(decoding: units, as: UTF8.self)
    }
}
