import LockerDomain
import StationCore
public import StationPorts
import StationRules
import SyncWire

extension UplinkRunner {
    /// Enrols with a one-time token: new keys, the county's keys and K in return (DESIGN 4.3). The token holds the
    /// digest of the county's key, so the first answer can already be checked.
    public func enrol(token text: String, by user: String) async throws(ControlFault) {
        guard let token = EnrolmentToken(text) else {
            throw ControlFault(
                .invalid,
                "this is no enrolment token (登记令牌不完整): copy the whole line that begins with VLE1. (请完整复制)"
            )
        }
        guard token.station == station else {
            throw ControlFault(
                .invalid,
                "the token is for station \(token.station), this is \(station) (令牌属于另一个站点): ask for one for this station (请索取本站点的令牌)"
            )
        }
        do {
            let keyring = try keys.keyring() ?? newKeyring()
            try keys.keep(keyring)
            guard let signing = SigningKey(bytes: keyring.signing),
                let exchange = ExchangeKey(bytes: keyring.exchange)
            else {
                throw ControlFault(.failed, "the station's own keys cannot be read: move the keys folder away")
            }
            let asked = clock.now().uptime
            let answer = try await ask(token, signing: signing, exchange: exchange)
            if let time = answer.time { await hear(time, asked: asked) }
            try await take(answer, keyring: keyring, exchange: exchange, by: user)
        } catch let fault as ControlFault {
            throw fault
        } catch {
            let fault = LinkFault(error)
            // A county that is not reached now may be reached later; nothing else here may.
            let code: ControlFault.Code = error is LinkFault ? .unavailable : .failed
            throw ControlFault(code, "enrolment failed: \(fault.words.english) (登记失败：\(fault.words.chinese))")
        }
    }

    private func newKeyring() -> Keyring {
        Keyring(signing: SigningKey().privateBytes, exchange: ExchangeKey().privateBytes)
    }

    private func ask(
        _ token: EnrolmentToken,
        signing: SigningKey,
        exchange: ExchangeKey
    ) async throws -> EnrolmentAnswer {
        let signer = RequestSigner(key: signing, pathPrefix: pathPrefix)
        let request = EnrolmentRequest(
            token: token,
            signingKey: signing.publicBytes,
            exchangeKey: exchange.publicBytes
        )
        let signed = try signer.sign(
            "POST",
            path: "/v1/enrolments",
            headers: [("content-type", "application/json")],
            body: try CanonicalJSON.encode(request),
            counter: LockerCounter(start: try keys.nextStart(), n: 1)
        )
        let reply = try await port.exchange(signed.request, seconds: Limits.exchangeSeconds)
        if let problem = try? CanonicalJSON.decode(Problem.self, from: reply.body) {
            throw ControlFault(.failed, "the county refused the enrolment (县里拒绝登记): \(problem)")
        }
        guard let answer = try? CanonicalJSON.decode(EnrolmentAnswer.self, from: reply.body),
            let keyBytes = answer.signingKeyBytes, token.promises(keyBytes), let county = CountyKey(bytes: keyBytes),
            Verdict(reply, to: signed.signature, from: county) == .accepted
        else {
            throw ControlFault(
                .failed,
                "what answered at the county's address is not the county that made the token (HTTP \(reply.status)) (应答的不是县级服务器): "
                    + "check [county] url; a login page of the network also answers like this (请检查县级地址和网络登录页)"
            )
        }
        return answer
    }

    private func take(
        _ answer: EnrolmentAnswer,
        keyring: Keyring,
        exchange: ExchangeKey,
        by user: String
    ) async throws {
        guard let countyKeyBytes = answer.signingKeyBytes, let county = CountyKey(bytes: countyKeyBytes) else { return }
        guard let exchangeKeyBytes = answer.exchangeKeyBytes, ExchangeKey.isUsable(exchangeKeyBytes) else {
            throw ControlFault(
                .failed,
                "the county's exchange key is none, or gives everybody the same secret: its keys are damaged"
            )
        }
        let codeKeyBytes = try exchange.open(answer.codeKey, context: station)
        guard let codeKey = CodeKey(bytes: codeKeyBytes), codeKey.id == answer.codeKeyID else {
            throw ControlFault(.failed, "the county's code key is damaged: ask for a new token")
        }
        var enrolled = keyring
        enrolled.county = Keyring.County(
            signingKey: countyKeyBytes,
            exchangeKey: exchangeKeyBytes,
            codeKey: codeKeyBytes
        )
        try keys.keep(enrolled)
        try keys.keep(pins: answer.pins)
        // From here on it is enrolled: a start number that the disk does not take now is tried again.
        await connectAgain(isEnrolled: true)
        engine.post(.enrolled(Credentials(countyKey: county, codeKey: codeKey, pins: answer.pins), by: user))
        await linkCameUp()
    }
}
