import CryptoExtras
import LockerDomain

/// What is kept of a password: its scrypt hash (RFC 7914) with salt and parameters, as one text
/// `scrypt$16384$8$5$SALT$HASH`. It prints as nothing of that.
public struct PasswordVerifier: Sendable, Hashable, CustomStringConvertible {
    /// Parameters of scrypt. Memory is 128 × rounds × blockSize bytes; time grows with parallelism, too.
    public struct Cost: Sendable, Hashable {
        /// N, a power of two.
        public let rounds: Int
        /// r
        public let blockSize: Int
        /// p
        public let parallelism: Int

        public init(rounds: Int, blockSize: Int, parallelism: Int) {
            (self.rounds, self.blockSize, self.parallelism) = (rounds, blockSize, parallelism)
        }

        /// 16 MiB and some 200 ms on a small server: as slow to guess as OWASP asks for, without the memory of many
        /// log-ins at once.
        public static let standard = Cost(rounds: 16_384, blockSize: 8, parallelism: 5)

        /// Whether it can be reckoned here: a damaged text must not take all memory.
        fileprivate var isPossible: Bool {
            guard rounds > 1, rounds.nonzeroBitCount == 1, blockSize > 0, parallelism > 0 else { return false }
            var bytes = 128
            for factor in [rounds, blockSize, parallelism] {
                let (product, overflow) = bytes.multipliedReportingOverflow(by: factor)
                guard !overflow, product <= CountyBooksLimits.passwordMemoryBytesMax else { return false }
                bytes = product
            }
            return true
        }
    }

    public let cost: Cost
    private let salt: [UInt8]
    private let hash: [UInt8]

    /// - Parameters:
    ///   - password: taken as it was typed, in UTF-8.
    ///   - salt: 16 random bytes.
    /// - Throws: `AccountFault` `passwordNotKept` when scrypt cannot be reckoned with these parameters.
    public init(_ password: String, salt: [UInt8], cost: Cost = .standard) throws(AccountFault) {
        guard let hash = Self.hash(password, salt: salt, cost: cost) else { throw AccountFault(.passwordNotKept) }
        (self.cost, self.salt, self.hash) = (cost, salt, hash)
    }

    private init(nobodyAt cost: Cost) {
        self.cost = cost
        salt = Array(repeating: 0, count: CountyBooksLimits.passwordSaltBytes)
        hash = Array(repeating: 0, count: CountyBooksLimits.passwordHashBytes)
    }

    /// The verifier of nobody: it takes as long as another and no password is known that it matches. Checked for a name
    /// without an account, so that the time reveals no names.
    public static func ofNobody(_ cost: Cost = .standard) -> PasswordVerifier { PasswordVerifier(nobodyAt: cost) }

    /// Whether it is the verifier of this password; the comparison takes the same time for each.
    public func matches(_ password: String) -> Bool {
        Self.hash(password, salt: salt, cost: cost).map { ConstantTime.areEqual($0, hash) } ?? false
    }

    /// Nothing of the password is printed.
    public var description: String { "password verifier" }

    private static func hash(_ password: String, salt: [UInt8], cost: Cost) -> [UInt8]? {
        guard cost.isPossible else { return nil }
        let key = try? KDF.Scrypt.deriveKey(
            from: Array(password.utf8),
            salt: salt,
            outputByteCount: CountyBooksLimits.passwordHashBytes,
            rounds: cost.rounds,
            blockSize: cost.blockSize,
            parallelism: cost.parallelism
        )
        return key?.withUnsafeBytes { Array($0) }
    }
}

extension PasswordVerifier: Codable {
    private static let word = "scrypt"

    /// Reads `scrypt$N$r$p$SALT$HASH`, the last two in hex; `nil` for anything else, and for parameters out of bounds.
    public init?(text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 6, parts[0] == Self.word, let rounds = Int(parts[1]), let blockSize = Int(parts[2]),
            let parallelism = Int(parts[3]), let salt = Hex.decode(parts[4]), let hash = Hex.decode(parts[5]),
            hash.count == CountyBooksLimits.passwordHashBytes, !salt.isEmpty
        else { return nil }
        cost = Cost(rounds: rounds, blockSize: blockSize, parallelism: parallelism)
        (self.salt, self.hash) = (salt, hash)
        guard cost.isPossible else { return nil }
    }

    /// The text that `init(text:)` reads, for the store alone.
    public var text: String {
        let numbers = [cost.rounds, cost.blockSize, cost.parallelism].map(String.init)
        return ([Self.word] + numbers + [Hex.encode(salt), Hex.encode(hash)]).joined(separator: "$")
    }

    public init(from decoder: any Decoder) throws {
        let box = try decoder.singleValueContainer()
        guard let verifier = PasswordVerifier(text: try box.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: box, debugDescription: "no scrypt verifier")
        }
        self = verifier
    }

    public func encode(to encoder: any Encoder) throws {
        var box = encoder.singleValueContainer()
        try box.encode(text)
    }
}
