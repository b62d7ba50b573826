import FoundationEssentials

/// Files that stand under `Tests` in the tree.
public enum TestFiles {
    /// The folder `Tests`, without a slash at its end.
    public static let folder: String =
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")

    /// Bytes of a file; `nil` if there is none.
    ///
    /// - Parameter path: below `Tests`.
    public static func bytes(_ path: String) -> [UInt8]? {
        FileManager.default.contents(atPath: "\(folder)/\(path)").map(Array.init)
    }
}
