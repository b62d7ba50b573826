import Testing

extension Browser {
    /// Fills in a form of a page and sends it with a file.
    func send(
        _ page: SeenPage,
        _ action: String,
        _ typed: [String: String] = [:],
        file: [UInt8]
    ) async throws -> SeenPage {
        let boundary = "----county-test"
        var body: [UInt8] = []
        for (name, value) in try page.form(action).merging(typed, uniquingKeysWith: { $1 }) {
            body += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8
        }
        body += "--\(boundary)\r\nContent-Disposition: form-data; name=\"sheet\"; filename=\"a.csv\"\r\n".utf8
        body += "Content-Type: text/csv\r\n\r\n".utf8 + file + "\r\n--\(boundary)--\r\n".utf8
        return try await post(action, body, type: "multipart/form-data; boundary=\(boundary)")
    }
}
