import FoundationEssentials
import LockerDomain
import SwiftASN1
@_spi(FixedExpiryValidationTime) import X509

/// Verifies a chain of certificates as TLS does, at a time that it is given. The host name is not its part.
struct ChainCheck: Sendable {
    private let roots: CertificateStore

    /// Trusts these authorities alone.
    init(roots: [Certificate]) { self.roots = CertificateStore(roots) }

    /// Trusts the authorities of a PEM file. One of them that cannot be read is left out: it vouches for nobody.
    /// Throws `LinkFault.noAuthorities` when the file holds none.
    init(file path: String) throws(LinkFault) {
        guard let data = try? Data(contentsOf: URL(filePath: path)),
            let documents = try? PEMDocument.parseMultiple(pemString: String(decoding: data, as: UTF8.self))
        else { throw .noAuthorities(path) }
        let roots = documents.compactMap { try? Certificate(pemDocument: $0) }
        guard !roots.isEmpty else { throw .noAuthorities(path) }
        self.init(roots: roots)
    }

    /// Why the chain, the peer's own certificate first, is not trusted; `nil` when it is.
    ///
    /// Each chain must hold at some time within the validity of the peer's own certificate. `clock` says whether that
    /// time must be now.
    func fault(in chain: [Certificate], clock: CertificateClock) async -> LinkFault? {
        guard await holdsAtAnyTime(chain) else { return .unknownIssuer }
        switch clock {
        case .unknown: return nil
        case .machine: return await dateFault(in: chain, at: Date())
        case .station(let wall):
            return await dateFault(in: chain, at: Date(timeIntervalSince1970: Double(wall) / 1_000))
        }
    }

    private func holdsAtAnyTime(_ chain: [Certificate]) async -> Bool {
        guard let leaf = chain.first else { return false }
        let validity = leaf.notValidBefore...max(leaf.notValidBefore, leaf.notValidAfter)
        // All of the chain is valid together from the youngest certificate on, if ever; what was sent and is not needed
        // may be younger.
        let begins = chain.map(\.notValidBefore).filter(validity.contains).sorted(by: >)
        for date in begins + [validity.upperBound] where await holds(chain, at: date) { return true }
        return false
    }

    private func dateFault(in chain: [Certificate], at date: Date) async -> LinkFault? {
        guard await !holds(chain, at: date) else { return nil }
        func milliseconds(_ date: Date) -> Int64 { Int64(date.timeIntervalSince1970 * 1_000) }
        let dates = chain.map {
            PeerLook.Validity(begin: milliseconds($0.notValidBefore), end: milliseconds($0.notValidAfter))
        }
        return PeerLook.fault(.certificates(dates), isTLS: true, clock: milliseconds(date))
    }

    private func holds(_ chain: [Certificate], at date: Date) async -> Bool {
        guard let leaf = chain.first else { return false }
        var verifier = Verifier(rootCertificates: roots) {
            RFC5280Policy(fixedExpiryValidationTime: date)
            ServerUsePolicy()
        }
        let result = await verifier.validate(leaf: leaf, intermediates: CertificateStore(chain.dropFirst()))
        if case .validCertificate = result { return true }
        return false
    }
}

/// A certificate that names what it is for must name servers, as with any TLS client.
private struct ServerUsePolicy: VerifierPolicy {
    /// The alternative names are read where the host name is checked: by the TLS handler.
    let verifyingCriticalExtensions: [ASN1ObjectIdentifier] = [
        .X509ExtensionID.extendedKeyUsage, .X509ExtensionID.subjectAlternativeName,
    ]

    func chainMeetsPolicyRequirements(chain: UnverifiedCertificateChain) async -> PolicyEvaluationResult {
        do {
            guard let uses = try chain.leaf.extensions.extendedKeyUsage else { return .meetsPolicy }
            return uses.contains { $0 == .serverAuth || $0 == .any }
                ? .meetsPolicy : .failsToMeetPolicy(reason: "not for servers")
        } catch {
            return .failsToMeetPolicy(reason: "its use cannot be read")
        }
    }
}
