import Foundation

/// Starts, asks and ends the programs under test; every one it started it also ends.
struct Programs {
    let folder: String
    let root: String

    struct Fault: Error, CustomStringConvertible {
        var description: String
    }

    /// Runs a program to its end and returns what it printed. Bounded in time.
    func ask(_ name: String, _ arguments: [String], seconds: Double = 60) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "\(folder)/\(name)")
        process.arguments = arguments + ["--root", root]
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let watch = DispatchWorkItem { kill(process.processIdentifier, SIGKILL) }
        DispatchQueue.global().asyncAfter(deadline: .now() + seconds, execute: watch)
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let complaint = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        watch.cancel()
        guard process.terminationStatus == 0 else {
            throw Fault(description: "\(name) \(arguments.joined(separator: " ")): \(complaint)\(text)")
        }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Starts a server with its output in `ROOT/NAME.log`.
    func start(_ name: String, _ arguments: [String]) throws -> Process {
        let path = "\(root)/\(name).log"
        if !FileManager.default.fileExists(atPath: path) { try Data().write(to: URL(filePath: path)) }
        guard let log = FileHandle(forWritingAtPath: path) else { throw Fault(description: "cannot write \(path)") }
        log.seekToEndOfFile()
        let process = Process()
        process.executableURL = URL(filePath: "\(folder)/\(name)")
        process.arguments = arguments + ["--root", root]
        process.standardOutput = log
        process.standardError = log
        process.standardInput = FileHandle.nullDevice
        try process.run()
        return process
    }

    /// Ends a server politely; a stubborn one by force. Returns whether it went by itself.
    @discardableResult
    func stop(_ process: Process, seconds: Double = 10) -> Bool {
        guard process.isRunning else { return true }
        process.terminate()
        let end = Date().addingTimeInterval(seconds)
        while process.isRunning, Date() < end { Thread.sleep(forTimeInterval: 0.02) }
        guard process.isRunning else { return true }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        return false
    }

    /// Waits until something holds, at most so long; a real process has no virtual clock.
    func wait(_ what: String, seconds: Double, until holds: () throws -> Bool) throws {
        let end = Date().addingTimeInterval(seconds)
        while !(try holds()) {
            guard Date() < end else {
                throw Fault(description: "waited \(Int(seconds)) s for \(what): see \(root)/*.log")
            }
            Thread.sleep(forTimeInterval: 0.1)
        }
    }
}
