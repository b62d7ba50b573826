import LockerDomain
import NIOPosix

/// A browser's part of the county's pages: its cookies, the fields of forms, and one request after the other.
struct PageClient {
    private let connection: PlainConnection
    private var cookies: [String: String] = [:]

    init(port: Int, group: MultiThreadedEventLoopGroup) async throws {
        connection = try await PlainConnection(port: port, group: group)
    }

    func close() async { await connection.close() }

    /// The page at a path; any other answer than a page is a fault.
    mutating func page(_ path: String) async throws -> [UInt8] {
        let answer = try await ask("GET", path)
        guard answer.status == 200 else { throw Self.fault(path, answer) }
        return answer.body
    }

    /// Logs in with a password of one's own.
    mutating func logIn(_ name: String, password: String) async throws {
        try await fill("/login", ["name": name, "password": password])
        guard cookies["county_session"] != nil else { throw BenchFault("\(name) is not logged in") }
    }

    /// Logs in for the first time, which asks for another password.
    mutating func logIn(_ name: String, once password: String, new: String) async throws {
        try await logIn(name, password: password)
        try await fill("/password", ["new": new, "again": new])
    }

    /// Fills in the form that stands on the page of the same path, and sends it.
    private mutating func fill(_ path: String, _ typed: [String: String]) async throws {
        let text = String(decoding: try await page(path), as: UTF8.self)
        guard let begin = text.firstRange(of: "action=\"\(path)"),
            let end = text[begin.upperBound...].firstRange(of: "</form>")
        else { throw BenchFault("\(path) has no form") }
        var fields = typed
        for match in text[begin.upperBound..<end.lowerBound].matches(of: Self.hidden) {
            fields[String(match.1)] = String(match.2)
        }
        let body = fields.map { "\(Self.encoded($0.key))=\(Self.encoded($0.value))" }.joined(separator: "&")
        let answer = try await ask("POST", path, body: Array(body.utf8))
        guard answer.status == 303 else { throw Self.fault(path, answer) }
    }

    private static var hidden: Regex<(Substring, Substring, Substring)> {
        /<input type="hidden" name="([^"]+)" value="([^"]*)">/
    }

    private mutating func ask(_ method: String, _ path: String, body: [UInt8] = []) async throws -> PlainAnswer {
        var headers = [(name: "cookie", value: cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; "))]
        if !body.isEmpty { headers.append(("content-type", "application/x-www-form-urlencoded")) }
        let answer = try await connection.exchange(
            method,
            path,
            headers: headers.filter { !$0.value.isEmpty },
            body: body
        )
        for header in answer.headers where header.name == "set-cookie" {
            let pair = header.value.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
            if pair.count == 2 { cookies[String(pair[0])] = String(pair[1]) }
        }
        return answer
    }

    private static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF")
        return text.utf8.reduce(into: "") { encoded, byte in
            let isPlain = (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
            encoded += isPlain ? String(UnicodeScalar(byte)) : "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 0xF)])"
        }
    }

    private static func fault(_ path: String, _ answer: PlainAnswer) -> BenchFault {
        let location = answer.headers.first { $0.name == "location" }.map { ", to \($0.value)" } ?? ""
        return BenchFault("\(path): HTTP \(answer.status)\(location)")
    }
}
