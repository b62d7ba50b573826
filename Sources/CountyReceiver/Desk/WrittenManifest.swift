import CountyBooks
import LockerDomain
import SyncWire

/// A manifest as a program writes it in JSON: its id may be left out.
struct WrittenManifest: Decodable {
    var id: String?
    var entries: [ManifestEntry]

    /// As much of it as can be read whatever else stands in it, for words about what cannot.
    private struct Draft: Decodable {
        struct Line: Decodable {
            var waybill: String?
            var n: Double?

            private enum CodingKeys: String, CodingKey { case waybill, n }

            init(from decoder: any Decoder) throws {
                let box = try decoder.container(keyedBy: CodingKeys.self)
                waybill = try? box.decode(String.self, forKey: .waybill)
                n = try? box.decode(Double.self, forKey: .n)
            }
        }

        var entries: [Line]

        /// The line that a message is about.
        func name(_ index: Int) -> String {
            let waybill = entries.indices.contains(index) ? entries[index].waybill : nil
            return waybill.map { "waybill \($0.prefix(Limits.waybillCharactersMax))" } ?? "entry \(index + 1)"
        }
    }

    /// Reads the bytes of a file. Throws `CountyFault` in the words of the file's writer, not of a parser.
    static func read(_ file: [UInt8]) throws -> WrittenManifest {
        let draft = try? CanonicalJSON.decode(Draft.self, from: file)
        for (index, line) in (draft?.entries ?? []).enumerated() {
            guard let n = line.n, !(0...Double(Limits.announcedNMax)).contains(n) || n.rounded() != n else { continue }
            throw CountyFault(
                draft?.name(index) ?? "entry \(index + 1)",
                "n = \(Int64(exactly: n).map { "\($0)" } ?? n.description) is out of range 取件码序号超出范围",
                mend: "write a number from 0 to \(Limits.announcedNMax) 请填写 0 至 \(Limits.announcedNMax) 的数"
            )
        }
        do {
            return try CanonicalJSON.decode(WrittenManifest.self, from: file)
        } catch DecodingError.dataCorrupted(let context) {
            let start = context.codingPath.isEmpty ? "" : "\(place(context, draft)), \(field(context)): "
            throw CountyFault("JSON manifest", start + context.debugDescription)
        } catch let error as DecodingError {
            throw fault(error, draft)
        }
    }

    private static func fault(_ error: DecodingError, _ draft: Draft?) -> CountyFault {
        switch error {
        case .keyNotFound(let key, let context):
            CountyFault(place(context, draft), "has no \"\(key.stringValue)\" 缺少此项", mend: "write it 请补上")
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            CountyFault(
                place(context, draft),
                "\(field(context)) is of another kind 类型不对",
                mend: "write texts in quotes, numbers, true and false without, and leave out what is not known "
                    + "文字加引号，数字、true 和 false 不加，未知的请省略"
            )
        default:
            CountyFault(
                "JSON manifest",
                "cannot be read 无法读取",
                mend: "write {\"id\":…,\"entries\":[…]} 请写成 {\"id\":…,\"entries\":[…]}"
            )
        }
    }

    private static func place(_ context: DecodingError.Context, _ draft: Draft?) -> String {
        guard let index = context.codingPath.compactMap({ $0.intValue }).first else { return "JSON manifest" }
        return draft?.name(index) ?? "entry \(index + 1)"
    }

    private static func field(_ context: DecodingError.Context) -> String {
        context.codingPath.last { $0.intValue == nil }.map { "\"\($0.stringValue)\"" } ?? "a value"
    }
}
