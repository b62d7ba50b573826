import FoundationEssentials

/// The repository as it lies on disk.
enum Tree {
    /// Folder of Package.swift.
    static let root = URL(filePath: #filePath).resolvingSymlinksInPath().path.split(separator: "/").dropLast(4)
        .reduce("") { "\($0)/\($1)" }

    /// Paths below the root of all files, but those that no clone holds.
    static let files: [String] = walk("").sorted()

    static func files(under folder: String, ending: String) -> [String] {
        files.filter { $0.hasPrefix("\(folder)/") && $0.hasSuffix(ending) }
    }

    static func text(_ path: String) -> String {
        guard let bytes = FileManager.default.contents(atPath: "\(root)/\(path)") else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func lines(_ path: String) -> [Substring] {
        var lines = text(path).split(separator: "\n", omittingEmptySubsequences: false)
        if lines.last == "" { lines.removeLast() }
        return lines
    }

    private static func walk(_ folder: String) -> [String] {
        let skipped: Set<String> = [".build", ".git", ".swiftpm", "__pycache__", "Package.resolved"]
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)")) ?? []
        return names.filter { !skipped.contains($0) }.flatMap { name in
            let path = folder.isEmpty ? name : "\(folder)/\(name)"
            var isFolder = false
            guard FileManager.default.fileExists(atPath: "\(root)/\(path)", isDirectory: &isFolder) else {
                return [String]()
            }
            return isFolder ? walk(path) : [path]
        }
    }
}

/// What Package.swift says, read by its shape: one `name:` after each kind of target.
enum Manifest {
    /// Kind and name of every target.
    static let targets: [(kind: String, name: String)] = {
        let pattern = /\.(target|executableTarget|testTarget)\(\s*name:\s*"([^"]+)"/
        return Tree.text("Package.swift").matches(of: pattern).map { (String($0.1), String($0.2)) }
    }()

    static var sources: [String] { targets.filter { $0.kind != "testTarget" }.map(\.name) }
    static var tests: [String] { targets.filter { $0.kind == "testTarget" }.map(\.name) }

    /// Where the sources of a target lie: `Sources/` holds what ships, `Tests/Support/` what only tests need.
    static func folder(of target: String) -> String {
        let support = "Tests/Support/\(target)"
        return Tree.files(under: support, ending: ".swift").isEmpty ? "Sources/\(target)" : support
    }
}
