extension LinkFault: CustomStringConvertible {
    /// What happened and what to do about it, for a technician.
    public var words: (chinese: String, english: String) {
        switch self {
        case .nameNotFound: ("找不到这个域名，请检查 [county] url", "name not found: check the host in [county] url")
        case .nameServerSilent: ("域名服务器没有应答，请检查 SIM 卡和 DNS", "no name server answers: check link, SIM and DNS")
        case .refused: ("拒绝连接：县里的端口没有服务", "connection refused: nothing listens there; check the port")
        case .noRoute: ("没有网络路由，请检查网线、SIM 卡、路由器", "no route: check the cable, the SIM, the router")
        case .noConnection(let seconds):
            ("\(seconds) 秒内连接不上，请检查信号、防火墙", "no connection in \(seconds) s: check signal and firewall")
        case .noAnswer(let seconds):
            ("\(seconds) 秒内没有完整应答：线路慢或中断", "no whole answer in \(seconds) s: the link is slow or broken")
        case .cut: ("连接中途断开", "the connection was cut before the answer")
        case .wrongName:
            ("证书属于另一个域名，请检查 [county] url", "certificate of another name: check [county] url; is a proxy between?")
        case .expired(let end, let clock):
            (
                "证书已于 \(Self.day(end)) 过期，本机时钟 \(Self.day(clock))",
                "certificate expired on \(Self.day(end)), this clock says \(Self.day(clock)): "
                    + "set the clock, or tell the county"
            )
        case .notYetValid(let begin, let clock):
            (
                "证书 \(Self.day(begin)) 起有效，本机时钟 \(Self.day(clock))，请校时",
                "certificate not valid before \(Self.day(begin)), this clock says \(Self.day(clock)): set the clock"
            )
        case .unknownIssuer: ("证书的颁发者不明", "certificate of an unknown authority: a proxy, or a CA to be installed")
        case .noAuthorities(let path):
            ("读不出 CA 证书文件 \(path)", "no authority can be read from \(path): check [county] ca, or ca-certificates")
        case .noTLS: ("该端口没有 TLS，请检查 [county] url", "no TLS at this port: check port and https:// in [county] url")
        case .needsTLS: ("该端口要用 TLS，请改为 https://", "this port speaks TLS: write https:// in [county] url")
        case .tlsRefused: ("TLS 握手失败，请检查端口和 https://", "TLS handshake failed: check port and https:// in [county] url")
        case .notHTTP: ("应答的不是 HTTP，请检查端口", "what answers is not HTTP: check the port in [county] url")
        case .answerTooLarge:
            ("应答太大", "the answer is larger than \(Limits.answerBytesMax) bytes: no county sends that")
        case .notTheCounty:
            ("应答的不是县里：认证页或代理，请检查 SIM 卡和 APN", "not signed by the county: a portal or proxy; check SIM and APN")
        case .stationRefused(let reason): ("县里不认本站：\(reason)", "the county refuses this station: \(reason)")
        case .countyBusy(let reason): ("县里暂时不收：\(reason)", "the county does not take it now: \(reason)")
        case .eventTooLarge: ("县里连一条记录也不收", "the county takes not even a single event: HTTP 413")
        case .eventRefused(let sequence, let reason):
            ("县里读不懂第 \(sequence) 条记录：\(reason)", "the county cannot read event \(sequence): \(reason)")
        case .askedAgain(let sequence): ("县里要求从第 \(sequence) 条重发", "the county asks again from event \(sequence)")
        case .replayed(let highest):
            (
                "县里认为是重放的请求（已有 \(highest)），正在重试",
                "taken for a replay: the county has counter \(highest); tried again"
            )
        case .twoBoards:
            ("两块主板共用本站身份：请停用一块，另一块重新登记", "two boards use this station's identity: switch one off, enrol the other anew")
        case .keysUnusable(let cause): ("本站密钥不能用：\(cause)", "the station's keys cannot be used: \(cause)")
        case .other(let text): ("其他故障：\(text)", text)
        }
    }

    /// In English, for logs.
    public var description: String { words.english }

    /// `2026-08-21`, the day in Shanghai.
    private static func day(_ wall: Int64) -> String {
        CivilDay(number: Moment(wall: wall, uptime: 0, clock: .none).shanghaiDay).description
    }
}
