import FoundationEssentials
import Glibc
import HostSupport
import StationConfiguration

/// What of this machine a start would meet, for `lockerd --check` by a technician.
struct MachineCheck {
    let configuration: StationConfiguration
    let places: ConfigurationLoader.Places

    private static let user = "lockerd"
    private static let group = "gpio"

    /// One line each with thing, cause and fix. Empty for another root than the system's: there nobody is lockerd.
    var faults: [String] {
        guard places.root.isEmpty else { return [] }
        return groupFaults + (UserAccess(user: Self.user).map(fileFaults) ?? [])
    }

    private var groupFaults: [String] {
        guard configuration.driver == .gpiod, getgrnam(Self.group) == nil else { return [] }
        return ["group \(Self.group): it is missing (没有 gpio 组), so no chip can be given to it; run systemd-sysusers"]
    }

    private func fileFaults(_ access: UserAccess) -> [String] {
        let overlays = Self.names(in: places.overlays).filter { $0.hasSuffix(".toml") }.map {
            "\(places.overlays)/\($0)"
        }
        var faults = ([places.station] + overlays).compactMap {
            access.fault($0, writing: false, fix: "chown root:lockerd and chmod 640")
        }
        faults += [places.data, places.keys, places.journal].compactMap {
            access.fault($0, writing: true, fix: "chown it to lockerd:lockerd")
        }
        guard configuration.driver == .gpiod else { return faults }
        let chips = Self.names(in: "/dev").filter { $0.hasPrefix("gpiochip") }.sorted()
        faults += chips.compactMap {
            access.fault("/dev/\($0)", writing: true, fix: "install 90-lockerd.rules and run udevadm trigger")
        }
        return faults
    }

    private static func names(in folder: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    }
}
