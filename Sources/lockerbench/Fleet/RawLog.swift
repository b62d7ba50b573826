import Foundation
import LockerDomain
import SyncWire

/// Every event that the county took, once, in the order in which they came: one line of JSON each, the very bytes of the batch.
actor RawLog {
    private let file: FileHandle
    private var buffer: [UInt8] = []
    /// Beginnings of the chain hashes behind the lines that are written.
    private var known: Set<UInt64> = []
    private(set) var events = 0

    private static let bufferBytesMax = 1 << 20

    init(_ path: String) throws {
        try Tool.write("", to: path)
        guard let file = FileHandle(forWritingAtPath: path) else { throw BenchFault("\(path) cannot be written") }
        self.file = file
    }

    func write(_ batch: FleetBatch) throws {
        var hash = batch.header.before
        for line in try Batch.split(batch.body, limit: .max) {
            hash = Chain.next(after: hash, bytes: line)
            guard known.insert(hash.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }).inserted else { continue }
            events += 1
            buffer += line
            buffer.append(UInt8(ascii: "\n"))
        }
        if buffer.count > Self.bufferBytesMax { try flush() }
    }

    func flush() throws {
        try file.write(contentsOf: buffer)
        buffer.removeAll(keepingCapacity: true)
    }
}
