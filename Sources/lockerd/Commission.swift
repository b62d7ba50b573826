import FoundationEssentials
import GPIODoors
import HostSupport
import LockerDomain
import StationBooks
import StationConfiguration
import SyncWire

/// `lockerd --commission FILE`: makes a board a station (登记). It writes `station.d/10-enrolment.toml` out of an enrolment file
/// and nothing else, once the whole configuration was tried with it: one that would not load leaves everything as it was.
struct Commission {
    let places: ConfigurationLoader.Places

    /// What `lockerctl enrol` does next.
    struct Result: Sendable, Codable {
        var station: String
        var token: String
        /// Whether the configuration is another one than before: only then does `lockerd` have to be started anew.
        var isChanged: Bool
        /// What is wrong with the board's wires now, or that the doors are simulated; the station runs all the same.
        var faults: [String]
    }

    /// - Throws: `ConfigurationFault` for what stands in the file, `DurableFile.Fault` for what the disk says.
    func run(_ file: String) throws -> Result {
        let enrolment = try EnrolmentFile(path: file)
        guard let token = EnrolmentToken(enrolment.token) else {
            throw enrolment.fault(
                "token",
                "token is no enrolment token (登记令牌不完整)",
                "copy the whole line that begins with VLE1. (请完整复制)"
            )
        }
        let older = EnrolmentOverlay(path: places.enrolment)
        try check(token, enrolment, older)
        let overlay = enrolment.overlay(station: token.station, over: older)
        let (isChanged, faults): (Bool, [String])
        do { (isChanged, faults) = try keep(overlay) } catch let fault as ConfigurationFault {
            throw enrolment.traced(fault, in: overlay, at: places.enrolment)
        }
        return Result(station: token.station, token: enrolment.token, isChanged: isChanged, faults: faults)
    }

    private func check(
        _ token: EnrolmentToken,
        _ enrolment: EnrolmentFile,
        _ older: EnrolmentOverlay?
    ) throws {
        guard StationID.isValid(token.station), token.station != StationID.example else {
            throw enrolment.fault(
                "token",
                "the token names no station that can be (令牌中的站点编号无效)",
                "ask the county for another (请重新索取)"
            )
        }
        let present = try? ConfigurationLoader.load(places)
        let id = present?.settings.id ?? older?.station ?? StationID.example
        guard id == StationID.example || id == token.station else {
            throw enrolment.fault(
                "token",
                "this board is station \(id), the token is for \(token.station) (令牌属于另一个站点)",
                "ask for a token for \(id) (请索取本站点的令牌); a board that was never in service: remove \(places.enrolment)"
            )
        }
        guard id != StationID.example || enrolment.county ?? older?.county != nil else {
            throw enrolment.fault(
                "county",
                "county is missing (缺少县级地址)",
                "add county = \"https://…\", or --county https://… (请补上)"
            )
        }
    }

    /// Tries the whole configuration with the overlay first: a power cut at no moment leaves one that does not load.
    private func keep(_ overlay: EnrolmentOverlay) throws -> (isChanged: Bool, faults: [String]) {
        let configuration = try ConfigurationLoader.load(places, trying: overlay)
        let text = Data(overlay.text.utf8)
        let isChanged = (try? Data(contentsOf: URL(filePath: places.enrolment))) != text
        if isChanged {
            try Folders.make(places.overlays)
            let owner = FolderOwner(of: places.overlays, service: "lockerd")
            try DurableFile.write(Array(text), to: places.enrolment, mode: 0o640, group: owner.group)
        }
        return (isChanged, Self.faults(of: configuration))
    }

    private static func faults(of configuration: StationConfiguration) -> [String] {
        guard configuration.driver == .gpiod else {
            guard !configuration.doors.isEmpty else { return [] }
            return [
                "the doors are simulated, no lock moves (柜门是模拟的，锁不会动): write board = \"NAME\" in the enrolment file, or --board NAME (请填写电路板配置)"
            ]
        }
        let wiring = Adapters.wiring(of: configuration)
        do {
            return try GPIODoors.check(wiring: wiring.doors, signals: wiring.signals).map { "\($0)" }
        } catch {
            return ["\(error)"]
        }
    }
}
