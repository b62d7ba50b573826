public import LockerDomain
public import StationBooks

extension CommandMessage {
    /// Data of a `manifest` command: the list itself is fetched by its id.
    public struct ManifestReference: Sendable, Hashable, Codable {
        public var manifest: String
        public var count: Int
        /// Hex SHA-256 of the canonical bytes of the manifest.
        public var sha256: String

        public init(manifest: String, count: Int, sha256: String) {
            self.manifest = manifest
            self.count = count
            self.sha256 = sha256
        }
    }

    /// Data of a `pins` command: all verifiers of the station, replacing those before.
    public struct PINList: Sendable, Hashable, Codable {
        public var pins: [PINVerifier]

        public init(pins: [PINVerifier]) { self.pins = pins }
    }

    /// Data of a `notices` command: recipients that were told, or could not be told.
    public struct NoticeList: Sendable, Hashable, Codable {
        public var notices: [Notice]

        public init(notices: [Notice]) { self.notices = notices }
    }

    /// Data of an `extendHold` command.
    public struct HoldExtension: Sendable, Hashable, Codable {
        public var waybill: Waybill
        /// Hours that the hold period grows.
        public var hours: Int

        public init(waybill: Waybill, hours: Int) {
            self.waybill = waybill
            self.hours = hours
        }
    }

    /// Data of a `recall` command: parcels that the county wants back.
    public struct Recall: Sendable, Hashable, Codable {
        public var waybills: [Waybill]

        public init(waybills: [Waybill]) { self.waybills = waybills }
    }

    /// Data of a `reissue` command: the code under `n` takes the place of the one before.
    public struct Reissue: Sendable, Hashable, Codable {
        public var waybill: Waybill
        public var n: UInt32

        public init(waybill: Waybill, n: UInt32) {
            self.waybill = waybill
            self.n = n
        }
    }

    /// Data of a `revokeBadge` command.
    public struct BadgeRevocation: Sendable, Hashable, Codable {
        /// 16 hex digits.
        public var badge: String

        public init(badge: String) { self.badge = badge }
    }
}
