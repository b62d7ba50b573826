import FoundationEssentials

/// Decodes values from a tape. It throws for all that it does not read as `JSONDecoder` does.
struct CanonicalDecoder: Decoder {
    let tape: CanonicalTape
    let index: Int

    // Errors are those of JSONDecoder, which reads the text once more.
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(try CanonicalObject(tape, index))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { try CanonicalArray(tape, index) }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { CanonicalValue(tape: tape, index: index) }
}

extension CanonicalTape {
    /// All of it.
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try decode(type, at: 0) }

    /// Members of the object that it is.
    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(try CanonicalObject(self, 0))
    }

    fileprivate func decode<Value: Decodable>(_ type: Value.Type, at index: Int) throws -> Value {
        // JSONDecoder has forms of its own for these.
        guard type != Data.self, type != Date.self, type != URL.self, type != Decimal.self else { throw NotCanonical() }
        return try Value(from: CanonicalDecoder(tape: self, index: index))
    }

    fileprivate func number<Value: FixedWidthInteger>(_ type: Value.Type, at index: Int) throws -> Value {
        guard let value = Value(exactly: try integer(at: index)) else { throw NotCanonical() }
        return value
    }
}

private struct CanonicalObject<Key: CodingKey>: KeyedDecodingContainerProtocol {
    private let tape: CanonicalTape
    private let index: Int
    /// Of an object that has many; else none.
    private let names: [Int]

    /// Tokens of an object up to which it is searched from its first member on.
    private static var searchedTokensMax: Int { 100 }

    init(_ tape: CanonicalTape, _ index: Int) throws {
        guard tape.tokens[index].kind == .object else { throw NotCanonical() }
        (self.tape, self.index) = (tape, index)
        names = tape.tokens[index].next - index > Self.searchedTokensMax ? tape.names(of: index) : []
    }

    var codingPath: [any CodingKey] { [] }

    var allKeys: [Key] { tape.names(of: index).compactMap { Key(stringValue: tape.text(at: $0)) } }

    private func find(_ key: some CodingKey) -> Int? {
        names.isEmpty ? tape.member(key.stringValue, of: index) : tape.member(key.stringValue, among: names)
    }

    private func need(_ key: some CodingKey) throws -> Int {
        guard let found = find(key) else { throw NotCanonical() }
        return found
    }

    func contains(_ key: Key) -> Bool { find(key) != nil }

    func decodeNil(forKey key: Key) throws -> Bool {
        _ = try need(key)
        return false
    }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try tape.bool(at: need(key)) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try tape.string(at: need(key)) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { Double(try tape.integer(at: need(key))) }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { Float(try tape.integer(at: need(key))) }

    func decode<Value: Decodable & FixedWidthInteger>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try tape.number(type, at: need(key))
    }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try tape.decode(type, at: need(key))
    }

    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? { try find(key).map(tape.bool) }
    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? { try find(key).map(tape.string) }

    func decodeIfPresent<Value: Decodable & FixedWidthInteger>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        try find(key).map { try tape.number(type, at: $0) }
    }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        try find(key).map { try tape.decode(type, at: $0) }
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        KeyedDecodingContainer(try CanonicalObject<Nested>(tape, need(key)))
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try CanonicalArray(tape, need(key))
    }

    // No type of the wire has a superclass.
    func superDecoder() throws -> any Decoder { throw NotCanonical() }
    func superDecoder(forKey key: Key) throws -> any Decoder { throw NotCanonical() }
}

private struct CanonicalArray: UnkeyedDecodingContainer {
    private let tape: CanonicalTape
    private let end: Int
    private var at: Int
    private(set) var currentIndex = 0
    let count: Int?

    init(_ tape: CanonicalTape, _ index: Int) throws {
        guard tape.tokens[index].kind == .array else { throw NotCanonical() }
        (self.tape, end, at) = (tape, tape.tokens[index].next, index + 1)
        var (count, next) = (0, index + 1)
        while next < end { (count, next) = (count + 1, tape.tokens[next].next) }
        self.count = count
    }

    var codingPath: [any CodingKey] { [] }
    var isAtEnd: Bool { at == end }

    /// Index of the next value; one that cannot be read is not passed.
    private mutating func next<Value>(_ read: (CanonicalTape, Int) throws -> Value) throws -> Value {
        guard !isAtEnd else { throw NotCanonical() }
        let value = try read(tape, at)
        (at, currentIndex) = (tape.tokens[at].next, currentIndex + 1)
        return value
    }

    mutating func decodeNil() throws -> Bool {
        guard !isAtEnd else { throw NotCanonical() }
        return false
    }

    mutating func decode(_ type: Bool.Type) throws -> Bool { try next { try $0.bool(at: $1) } }
    mutating func decode(_ type: String.Type) throws -> String { try next { try $0.string(at: $1) } }
    mutating func decode(_ type: Double.Type) throws -> Double { try next { Double(try $0.integer(at: $1)) } }
    mutating func decode(_ type: Float.Type) throws -> Float { try next { Float(try $0.integer(at: $1)) } }

    mutating func decode<Value: Decodable & FixedWidthInteger>(_ type: Value.Type) throws -> Value {
        try next { try $0.number(type, at: $1) }
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try next { try $0.decode(type, at: $1) }
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        try next { KeyedDecodingContainer(try CanonicalObject<Nested>($0, $1)) }
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try next { try CanonicalArray($0, $1) }
    }

    mutating func superDecoder() throws -> any Decoder { throw NotCanonical() }
}

private struct CanonicalValue: SingleValueDecodingContainer {
    let tape: CanonicalTape
    let index: Int

    var codingPath: [any CodingKey] { [] }
    func decodeNil() -> Bool { false }
    func decode(_ type: Bool.Type) throws -> Bool { try tape.bool(at: index) }
    func decode(_ type: String.Type) throws -> String { try tape.string(at: index) }
    func decode(_ type: Double.Type) throws -> Double { Double(try tape.integer(at: index)) }
    func decode(_ type: Float.Type) throws -> Float { Float(try tape.integer(at: index)) }

    func decode<Value: Decodable & FixedWidthInteger>(_ type: Value.Type) throws -> Value {
        try tape.number(type, at: index)
    }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try tape.decode(type, at: index) }
}
