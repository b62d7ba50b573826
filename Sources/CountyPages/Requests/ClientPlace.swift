/// Where a request comes from, and whether it may be trusted with a password on its way.
package struct ClientPlace: Sendable, Hashable {
    /// For the log and the waits of the log-in; `?` where it is not known.
    package let address: String
    /// Whether nobody on the way can read it.
    package let isSecure: Bool
    /// Whether it comes from the machine itself and through no proxy.
    package let isLocal: Bool

    /// Whether a proxy of the configuration sent it without saying who asks, and how that one came in.
    package let isSilentProxy: Bool

    /// Whether passwords and sessions may go this way.
    package var isProtected: Bool { isSecure || isLocal }

    /// - Parameters:
    ///   - peer: the address at the other end of the connection; `nil` where there is none.
    ///   - headers: of the request, by their names in small letters.
    package init(peer: String?, headers: ArrivalHeaders, settings: PageSettings) {
        let forwardedFor = headers["x-forwarded-for"]
        let forwardedProto = headers["x-forwarded-proto"]
        let isForwarded = !forwardedFor.isEmpty || !forwardedProto.isEmpty || !headers["forwarded"].isEmpty
        let trusts = { (address: NetworkAddress) in settings.trustedProxies.contains { $0.contains(address) } }
        guard let peer, let near = NetworkAddress(peer) else {
            (address, isSecure, isLocal, isSilentProxy) = ("?", settings.isTLS, false, false)
            return
        }
        guard trusts(near) else {
            // A proxy that the configuration does not name makes all of the world look like this machine.
            (address, isSecure, isLocal) = (peer, settings.isTLS, near.isLoopback && !isForwarded)
            isSilentProxy = false
            return
        }
        // Nor is this machine its own visitor where the configuration names a proxy on it that says of nobody who he is.
        isSilentProxy = forwardedFor.isEmpty || forwardedProto.isEmpty
        guard !isSilentProxy else {
            (address, isSecure, isLocal) = (peer, false, false)
            return
        }
        // Whoever is in a range of trusted addresses may write that it was this machine that asked.
        isLocal = false
        let last = Self.list(forwardedProto).last?.lowercased()
        isSecure = settings.isTLS || last == "https"
        let hops = Self.list(forwardedFor).suffix(CountyPagesLimits.proxiesMax).reversed()
        guard let client = hops.first(where: { NetworkAddress($0).map { !trusts($0) } ?? true }) ?? hops.last else {
            address = peer
            return
        }
        address = NetworkAddress(client) == nil ? peer : client
    }

    private static func list(_ values: [String]) -> [String] {
        values.flatMap { $0.split(separator: ",") }.map { FormText.trimmed(String($0)) }.filter { !$0.isEmpty }
    }
}

/// Headers of a request that pages look at, by their names in small letters.
package struct ArrivalHeaders: Sendable, Hashable {
    private var values: [String: [String]] = [:]

    package init(_ values: [String: [String]] = [:]) { self.values = values }

    package subscript(name: String) -> [String] {
        get { values[name] ?? [] }
        set { values[name] = newValue }
    }

    /// The value of a cookie; `nil` where it is missing or holds more than letters and digits.
    package func cookie(_ name: String) -> String? {
        for header in self["cookie"] {
            for pair in header.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                guard parts.count == 2, FormText.trimmed(String(parts[0])) == name else { continue }
                let value = FormText.trimmed(String(parts[1]))
                guard (1...CountyPagesLimits.cookieCharactersMax).contains(value.utf8.count),
                    value.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) })
                else { return nil }
                return value
            }
        }
        return nil
    }
}
