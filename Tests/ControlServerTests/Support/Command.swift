import Foundation
import Glibc

/// Runs the `lockerctl` that was built beside the tests.
enum Command {
    struct Done: Sendable {
        var code: Int32
        var output: String
        var errors: String
    }

    static let path = ((CommandLine.arguments.first ?? "") as NSString).deletingLastPathComponent + "/lockerctl"
    private static let setpriv = "/usr/bin/setpriv"

    static var isBuilt: Bool { access(path, X_OK) == 0 }
    static var canSwitchUser: Bool { access(setpriv, X_OK) == 0 }

    static func run(_ words: [String], as groups: String? = nil) async throws -> Done {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: groups == nil ? path : setpriv)
        let switching = groups.map { ["--reuid=65534", "--regid=65534", "--groups=\($0)", "--", path] } ?? []
        process.arguments = switching + words
        process.standardInput = FileHandle.nullDevice
        let output = Pipe()
        let errors = Pipe()
        process.standardOutput = output
        process.standardError = errors
        // The child may wait for this very process: it is awaited, never blocked on.
        let code: Int32 = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        return Done(
            code: code,
            output: String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self),
            errors: String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        )
    }
}
