import NIOCore

/// Where the county's URL leads: `https://county.example.cn:8443/locker`.
package struct CountyAddress: Sendable, Hashable {
    package var isTLS: Bool
    package var host: String
    package var port: Int
    /// The name to ask for in a handshake; `nil` for an address in digits.
    package var serverName: String?

    /// As the Host header says it.
    package var authority: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == (isTLS ? 443 : 80) ? name : "\(name):\(port)"
    }

    /// `nil` for anything but `http://` and `https://` with a host and a valid port.
    package init?(_ url: String) {
        guard let end = url.firstRange(of: "://") else { return nil }
        switch url[..<end.lowerBound] {
        case "https": isTLS = true
        case "http": isTLS = false
        default: return nil
        }
        let authority = url[end.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let place = authority.split(separator: "@").last ?? authority
        let portText: Substring
        if place.first == "[" {
            guard let bracket = place.firstIndex(of: "]") else { return nil }
            host = String(place[place.index(after: place.startIndex)..<bracket])
            portText = place[place.index(after: bracket)...]
        } else {
            host = String(place.prefix { $0 != ":" })
            portText = place.drop { $0 != ":" }
        }
        let standard = isTLS ? 443 : 80
        guard !host.isEmpty, portText.isEmpty || portText.first == ":",
            let port = portText.count <= 1 ? standard : Int(portText.dropFirst()), (1...65_535).contains(port)
        else { return nil }
        self.port = port
        serverName = (try? SocketAddress(ipAddress: host, port: 0)) == nil ? host : nil
    }
}
