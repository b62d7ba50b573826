import FoundationEssentials
import LockerDomain
import StationPorts

/// Reads the files in their order, later wins: `station.toml`, `station.d/*.toml`, `county.toml` (DESIGN 4.1).
public enum ConfigurationLoader {
    /// Where the files lie; all of it moves with `--root`.
    public struct Places: Sendable, Hashable {
        public var root: String
        /// Whether the example station runs, which keeps its data apart from those of a real one.
        public var isExample = false

        /// `root` without a trailing slash; empty for the real system.
        public init(root: String) { self.root = root }

        public var station: String { "\(root)/etc/lockerd/station.toml" }
        public var overlays: String { "\(root)/etc/lockerd/station.d" }
        /// What an enrolment set: identity, county, board.
        public var enrolment: String { "\(overlays)/10-enrolment.toml" }
        public var county: String { "\(data)/county.toml" }
        public var data: String { "\(root)/var/lib/lockerd\(isExample ? "/example" : "")" }
        public var keys: String { "\(data)/keys" }
        public var journal: String { "\(data)/journal.sqlite" }
        public var lifeMark: String { "\(data)/life-mark" }
        public var run: String { "\(root)/run/lockerd" }
        public var socket: String { "\(run)/control.sock" }
        public var outputs: String { "\(run)/outputs" }
        /// Board profiles: of this root, else of the system.
        public var boards: [String] { ["\(root)/usr/share/villagelocker/boards", "/usr/share/villagelocker/boards"] }
    }

    /// The configuration at its places, or the first thing that is wrong with what the technician wrote. What is wrong with
    /// the county's file is in `policyFault`: the file is left out as a whole, since nobody stands at the station to mend it.
    ///
    /// - Parameter trial: an overlay that is not written yet, read in the place of the one of the last enrolment.
    public static func load(
        _ places: Places,
        trying trial: EnrolmentOverlay? = nil
    ) throws(ConfigurationFault) -> StationConfiguration {
        let station = try ConfigurationFile(path: places.station)
        var builder = ConfigurationBuilder(boards: places.boards)
        try builder.take(station)
        var paths = overlays(places).map { "\(places.overlays)/\($0)" }
        if trial != nil, !paths.contains(places.enrolment) { paths = (paths + [places.enrolment]).sorted() }
        for path in paths {
            if let trial, path == places.enrolment {
                try builder.take(ConfigurationFile(path: path, text: trial.text))
            } else {
                try builder.take(ConfigurationFile(path: path))
            }
        }
        var withoutCounty = builder
        var configuration = try withoutCounty.finished(in: station)
        guard FileManager.default.fileExists(atPath: places.county) else { return configuration }
        do throws(ConfigurationFault) {
            try builder.take(countyFile(places))
            return try builder.finished(in: station)
        } catch {
            configuration.policyFault = error
            return configuration
        }
    }

    /// Names of the files in `station.d`, in the order in which they are read.
    public static func overlays(_ places: Places) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: places.overlays)) ?? []
        return names.sorted().filter { $0.hasSuffix(".toml") }
    }

    private static func countyFile(_ places: Places) throws(ConfigurationFault) -> ConfigurationFile {
        let county = try ConfigurationFile(path: places.county)
        if let stray = county.tree.keys.filter({ $0 != "policy" }).sorted().first {
            throw ConfigurationFault(
                county.path,
                county.line(of: [.key(stray)]),
                "the county may set [policy] only, not \(stray)",
                "remove it"
            )
        }
        return county
    }
}
