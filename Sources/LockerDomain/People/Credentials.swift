/// What only the keystore holds. Never in the state, the journal, a log or a reply.
public struct Credentials: Sendable, Hashable {
    public var countyKey: CountyKey
    public var codeKey: CodeKey
    public var pins: [String: PINVerifier]

    public init(countyKey: CountyKey, codeKey: CodeKey, pins: [PINVerifier] = []) {
        self.countyKey = countyKey
        self.codeKey = codeKey
        self.pins = Dictionary(pins.map { ($0.badge, $0) }) { $1 }
    }

    public static func == (left: Credentials, right: Credentials) -> Bool {
        left.countyKey == right.countyKey && left.codeKey == right.codeKey && left.pins == right.pins
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(countyKey.bytes) }
}
