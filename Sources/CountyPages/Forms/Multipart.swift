/// `multipart/form-data` (RFC 7578), as forms with files come. Browsers write names and file names in UTF-8, with `%22`, `%0D`
/// and `%0A` for what would end them.
package enum Multipart {
    static let contentType = "multipart/form-data"

    private static let lineEnd: [UInt8] = [0x0D, 0x0A]
    private static let dashes: [UInt8] = [0x2D, 0x2D]

    /// The boundary in a `Content-Type`; `nil` where there is none that may be.
    package static func boundary(in contentType: String) -> [UInt8]? {
        guard let text = HeaderParameters(contentType)["boundary"] else { return nil }
        let bytes = Array(text.utf8)
        guard (1...CountyPagesLimits.boundaryBytesMax).contains(bytes.count),
            bytes.allSatisfy({ (0x20...0x7E).contains($0) }), bytes.last != 0x20
        else { return nil }
        return bytes
    }

    /// The fields and files of a form.
    package static func form(_ body: [UInt8], boundary: [UInt8]) throws(FormReadingFault) -> SentForm {
        let mark = dashes + boundary
        guard body.starts(with: mark) else { throw .malformed }
        var (fields, files): ([(name: String, value: String)], [SentFile]) = ([], [])
        var place = mark.count
        while true {
            if body[place...].starts(with: dashes) { return SentForm(fields: fields, files: files) }
            guard body[place...].starts(with: lineEnd) else { throw .malformed }
            place += lineEnd.count
            guard let end = next(lineEnd + mark, in: body[...], from: place) else { throw .malformed }
            let part = try part(body[place..<end])
            if let file = part.file {
                guard files.count < CountyPagesLimits.formFilesMax else { throw .tooMuch }
                files.append(SentFile(field: part.name, name: file, bytes: Array(part.content)))
            } else {
                guard fields.count < CountyPagesLimits.formFieldsMax else { throw .tooMuch }
                guard !part.content.contains(0), let text = String(validating: part.content, as: UTF8.self) else {
                    throw .malformed
                }
                fields.append((part.name, text))
            }
            place = end + lineEnd.count + mark.count
        }
    }

    private struct Part {
        var name: String
        /// Name of the file; `nil` for a field.
        var file: String?
        var content: ArraySlice<UInt8>
    }

    private static func part(_ bytes: ArraySlice<UInt8>) throws(FormReadingFault) -> Part {
        var place = bytes.startIndex
        var disposition: String?
        while true {
            let limit = min(bytes.endIndex, place + CountyPagesLimits.partHeaderBytesMax)
            guard let end = next(lineEnd, in: bytes, from: place) else { throw .malformed }
            guard end < limit else { throw .tooMuch }
            let line = bytes[place..<end]
            place = end + lineEnd.count
            if line.isEmpty { break }
            guard place - bytes.startIndex <= CountyPagesLimits.partHeaderBytesMax else { throw .tooMuch }
            guard let text = String(validating: line, as: UTF8.self) else { throw .malformed }
            let name = text.prefix { $0 != ":" }
            if name.lowercased() == "content-disposition" { disposition = String(text.dropFirst(name.count + 1)) }
        }
        guard let parameters = disposition.map(HeaderParameters.init), parameters.value.lowercased() == "form-data",
            let name = parameters["name"]
        else { throw .malformed }
        let file = parameters["filename"]
        guard name.utf8.count <= CountyPagesLimits.fieldNameBytesMax,
            file?.utf8.count ?? 0 <= CountyPagesLimits.fieldNameBytesMax * 2
        else { throw .tooMuch }
        return Part(name: name, file: file.map(lastName), content: bytes[place...])
    }

    /// Without the folders that old browsers send.
    private static func lastName(_ path: String) -> String {
        String(path.unicodeScalars.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? "")
    }

    /// Where a pattern begins, which starts with a carriage return as all here do.
    private static func next(_ pattern: [UInt8], in bytes: ArraySlice<UInt8>, from start: Int) -> Int? {
        var place = start
        while let found = bytes[place...].firstIndex(of: 0x0D) {
            if bytes[found...].starts(with: pattern) { return found }
            place = found + 1
        }
        return nil
    }
}
