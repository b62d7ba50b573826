import ControlAPI
import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore

/// JSON out: sorted keys, so that the same state is the same bytes.
enum JSONReply {
    static func response(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let bytes = try encoder.encode(value)
        return Response(
            status: status,
            headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }
}

/// JSON in: bounded, and a mistake is named by its field.
enum JSONBody {
    static func read<Value: Decodable>(_ type: Value.Type, from request: Request) async throws -> Value {
        let body = try await request.body.collect(upTo: ControlLimits.requestBytesMax)
        guard body.readableBytes > 0 else {
            throw Fault(.invalid, "the body is empty: send a JSON object")
        }
        do {
            return try JSONDecoder().decode(type, from: Data(body.readableBytesView))
        } catch let error as DecodingError {
            throw Fault(.invalid, words(error))
        }
    }

    private static func words(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, let context): "the field \(path(context.codingPath + [key])) is missing"
        case .valueNotFound(_, let context): "the field \(path(context.codingPath)) is null"
        case .typeMismatch(let type, let context):
            context.codingPath.isEmpty
                ? "the body is not a JSON object" : "the field \(path(context.codingPath)) must be of type \(type)"
        case .dataCorrupted(let context):
            context.codingPath.isEmpty
                ? "the body is not JSON: \(context.debugDescription)"
                : "the field \(path(context.codingPath)) has a value that is not known: \(context.debugDescription)"
        @unknown default: "the body cannot be read: \(error)"
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        "\"" + keys.map(\.stringValue).joined(separator: ".") + "\""
    }
}
