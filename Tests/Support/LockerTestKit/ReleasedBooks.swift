import FoundationEssentials

/// The journal and the county's books that one released version has made (`Tests/Released/make-fixture.sh`), and what its
/// own programs said is in them.
///
/// Each release adds a folder: run the script with its programs and commit what it makes. The tests take every folder.
public struct ReleasedBooks: Sendable, Decodable {
    /// What stands in the station's journal.
    public struct Journal: Sendable, Decodable {
        public var generation: Int
        public var sequence: Int
        public var hash: String
        public var events: Int
        /// Short types of its events, and how many of each.
        public var types: [String: Int]
        /// Place of each waybill that was stored and not collected.
        public var inside: [String: String]
        /// `keys/journal`, hex.
        public var key: String
    }

    /// What stands in the county's books.
    public struct County: Sendable, Decodable {
        public var events: Int
        public var hash: String
        public var stored: Int
        public var closed: Int
        /// Files of `keys/`, hex.
        public var keys: [String: String]
    }

    public var version: String
    public var station: String
    public var journal: Journal
    public var county: County

    /// Those of every version, in their order.
    public static let all: [ReleasedBooks] = {
        let folder = "\(TestFiles.folder)/Released"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted().compactMap { name in
            TestFiles.bytes("Released/\(name)/facts.json")
                .flatMap { try? JSONDecoder().decode(ReleasedBooks.self, from: Data($0)) }
        }
    }()

    /// A file of them, gzip: `journal.sqlite` or `county.sqlite`.
    public func packed(_ file: String) -> [UInt8] { TestFiles.bytes("Released/\(version)/\(file).gz") ?? [] }
}
