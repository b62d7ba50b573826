/// `application/x-www-form-urlencoded`, as forms without files and the part behind `?` come.
package enum URLEncoded {
    static let contentType = "application/x-www-form-urlencoded"

    /// The fields of a form.
    package static func form(_ body: [UInt8]) throws(FormReadingFault) -> SentForm {
        var fields: [(name: String, value: String)] = []
        for part in body.split(separator: 0x26) {
            guard fields.count < CountyPagesLimits.formFieldsMax else { throw .tooMuch }
            guard let field = item(part) else { throw .malformed }
            guard field.name.utf8.count <= CountyPagesLimits.fieldNameBytesMax else { throw .tooMuch }
            fields.append(field)
        }
        return SentForm(fields: fields)
    }

    /// One `name=value`; `nil` when an escape is broken, or it is not UTF-8, or holds a NUL.
    package static func item(_ text: Substring) -> (name: String, value: String)? { item(Array(text.utf8)[...]) }

    static func item(_ bytes: ArraySlice<UInt8>) -> (name: String, value: String)? {
        let sign = bytes.firstIndex(of: 0x3D)
        let value = sign.map { bytes[($0 + 1)...] } ?? []
        guard let name = decoded(bytes[..<(sign ?? bytes.endIndex)], plusIsBlank: true),
            let value = decoded(value, plusIsBlank: true)
        else { return nil }
        return (name, value)
    }

    /// One part of a path.
    package static func pathPart(_ text: String) -> String? { decoded(Array(text.utf8)[...], plusIsBlank: false) }

    private static func decoded(_ bytes: ArraySlice<UInt8>, plusIsBlank: Bool) -> String? {
        var plain: [UInt8] = []
        plain.reserveCapacity(bytes.count)
        var rest = bytes
        while let byte = rest.popFirst() {
            switch byte {
            case 0x2B where plusIsBlank: plain.append(0x20)
            case 0x25:
                guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
                    return nil
                }
                plain.append(high << 4 | low)
            default: plain.append(byte)
            }
        }
        guard !plain.contains(0) else { return nil }
        return String(validating: plain, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46, 0x61...0x66: (byte | 0x20) - 0x61 + 10
        default: nil
        }
    }
}
