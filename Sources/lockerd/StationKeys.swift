import HostSupport
import LockerDomain
import StationPorts

/// What the engine needs of the key store.
struct StationKeys {
    let keys: FileKeys
    let board: FaultBoard

    /// Why keys that are there are of no use.
    struct Fault: Error, CustomStringConvertible {
        var description: String
    }

    /// `nil` at a station that never enrolled. Throws when the keys are there and of no use.
    func credentials() throws -> Credentials? {
        guard let county = try keyring()?.county else { return nil }
        guard let countyKey = CountyKey(bytes: county.signingKey), let codeKey = CodeKey(bytes: county.codeKey) else {
            throw Fault(description: "keys unusable (密钥不能用): they are damaged: enrol again")
        }
        // Codes need no PINs: a damaged list stops the keeper's audit, not the pickups (DESIGN rule 6).
        var pins: [PINVerifier] = []
        do { pins = try keys.enrolledPINs() } catch { board.add("PINs: \(error)") }
        return Credentials(countyKey: countyKey, codeKey: codeKey, pins: pins)
    }

    private func keyring() throws -> Keyring? {
        do { return try keys.keyring() } catch {
            throw Fault(description: "keys unusable (密钥不能用): \(error)")
        }
    }
}
