import Foundation
import FuzzEntries
import Testing

@Suite("The fuzzers' corpus, replayed")
struct CorpusTests {
    @Test("no input that was ever interesting traps a parser")
    func replay() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Corpus").path
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(names.count >= FuzzEntries.names.count)
        for name in names { FuzzEntries.run([UInt8](try Data(contentsOf: URL(filePath: "\(folder)/\(name)")))) }
    }

    @Test("20,000 random inputs trap no parser")
    func random() {
        let seed = UInt64.random(in: .min ... .max)
        print("seed \(seed)")
        var state = seed
        for _ in 0..<20_000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            var length = Int(state >> 57)
            var input: [UInt8] = []
            while length > 0 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                input.append(UInt8(truncatingIfNeeded: state >> 33))
                length -= 1
            }
            FuzzEntries.run(input)
        }
    }
}
