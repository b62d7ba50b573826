import CardSheet
import Foundation
import LockerDomain
import Testing

/// The proof: what is printed is drawn by one program and read by another, neither of which knows libzint.
@Suite(
    "Barcodes as a scanner reads them",
    .enabled(if: Tools.areInstalled, "rsvg-convert or zbarimg is missing: apt-get install librsvg2-bin zbar-tools")
)
struct ReadingTests {
    @Test("every card of every page is read back, at the resolution of a common printer")
    func pages() throws {
        let sheet = try CardSheet(Card.fixed + SheetTests.named)
        for (page, document) in zip(sheet.pages, sheet.documents) {
            let read = try Tools.read(document, dotsPerInch: 300)
            #expect(read.sorted() == page.cards.map(\.card.text).sorted())
        }
    }

    @Test("a poor copy at 150 dots to the inch is read too")
    func poor() throws {
        let sheet = try CardSheet(CardGroup.common.cards + CardGroup.courier.cards + CardGroup.service.cards)
        for (page, document) in zip(sheet.pages, sheet.documents) {
            let read = try Tools.read(document, dotsPerInch: 150)
            #expect(read.sorted() == page.cards.map(\.card.text).sorted())
        }
    }
}

/// Programs from Debian.
enum Tools {
    static let areInstalled = path("rsvg-convert") != nil && path("zbarimg") != nil

    /// Draws a page and returns every barcode on it.
    static func read(_ document: String, dotsPerInch: Int) throws -> [String] {
        let folder = "\(NSTemporaryDirectory())/cards-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Data(document.utf8).write(to: URL(filePath: "\(folder)/page.svg"))
        let density = String(dotsPerInch)
        try run(
            "rsvg-convert",
            ["-d", density, "-p", density, "-o", "\(folder)/page.png", "\(folder)/page.svg"],
            output: "\(folder)/log"
        )
        try run(
            "zbarimg",
            ["-q", "--raw", "--nodbus", "-S*.disable", "-Scode128.enable", "-Sqrcode.enable", "\(folder)/page.png"],
            output: "\(folder)/read"
        )
        return try String(contentsOfFile: "\(folder)/read", encoding: .utf8).split(separator: "\n").map(String.init)
    }

    private static func run(_ name: String, _ arguments: [String], output: String, seconds: Double = 600) throws {
        let process = Process()
        process.executableURL = URL(filePath: try #require(path(name)))
        process.arguments = arguments
        try Data().write(to: URL(filePath: output))
        process.standardOutput = FileHandle(forWritingAtPath: output)
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        // `waitUntilExit` would wait for a run loop that tests do not have.
        let end = Date().addingTimeInterval(seconds)
        while process.isRunning, Date() < end { usleep(10_000) }
        if process.isRunning {
            kill(process.processIdentifier, SIGKILL)
            Issue.record("\(name) took more than \(seconds) s")
        } else {
            #expect(process.terminationStatus == 0, "\(name)")
        }
    }

    private static func path(_ name: String) -> String? {
        let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":").map(String.init) ?? []
        return folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}
