import LockerDomain
import Simulator
import StationBooks
import StationRules
import Testing

@Suite("The sentence of replaced codes")
final class ReplacedCodeTests {
    private let scene = ReplacedCodeScene()
    private let parcel = Waybill(rawValue: "SF1000000000001")
    private let keypad = TextSource(device: "1-2", role: .keypad)

    /// Somebody types the first code and is asked the last four digits; then the county replaces that code.
    init() {
        let entry = ManifestEntry(waybill: parcel, brand: "SF", operatorName: "SF", phoneMasked: "138****2011", n: 1)
        let parties = scene.settings.parties(brand: "SF")
        happens(
            .parcelExpected(ParcelExpected(entry: entry, parties: parties, direction: .inbound, manifest: "m-1")),
            because: .timer(.housekeeping)
        )
        happens(
            .pickupFailed(PickupFailed(means: .code, reason: .asksLastFour, device: keypad.device)),
            because: typed(code(1))
        )
        let order = Command(id: "c-1", number: 1, kind: .reissue(parcel, n: 3))
        let reissued = ParcelCodeReissued(waybill: parcel, n: 3, keyID: scene.codeKey.id, by: "county")
        happens(.commandReceived(CommandReceived(id: "c-1", number: 1, type: "reissue")), because: .command(order))
        happens(.parcelCodeReissued(reissued), because: .command(order))
        happens(.commandCompleted(CommandCompleted(id: "c-1", number: 1)), because: .command(order))
    }

    @Test("a keeper may find the parcel by the last four digits, whatever code was typed before")
    func badge() {
        #expect(happens(opened(by: "badge 00000000000007d1", for: .handOut), because: typed("2011")) == nil)
        #expect(happens(released(by: .badge), because: typed("2011")) == nil)
    }

    @Test("the last four digits open nothing for who typed the code that was replaced")
    func digits() {
        #expect(happens(opened(by: "code", for: .pickup), because: typed("2011")) != nil)
        #expect(happens(released(by: .code), because: typed("2011")) != nil)
    }

    @Test("the code that was replaced opens nothing, the new one does")
    func codes() {
        #expect(happens(opened(by: "code", for: .pickup), because: typed(code(1))) != nil)
        #expect(happens(released(by: .code), because: typed(code(1))) != nil)
        #expect(happens(opened(by: "code", for: .pickup), because: typed(code(3))) == nil)
    }

    @Test("the token that was replaced opens nothing, the new one does")
    func tokens() {
        #expect(happens(opened(by: "token", for: .pickup), because: scanned(token(1))) != nil)
        #expect(happens(released(by: .token), because: scanned(token(1))) != nil)
        #expect(happens(opened(by: "token", for: .pickup), because: scanned(token(3))) == nil)
    }

    // MARK: What happens

    /// What the sentence says of it.
    @discardableResult
    private func happens(_ event: Event, because input: Input) -> String? { scene.happens(event, because: input) }

    private func opened(by authority: String, for purpose: Purpose) -> Event {
        .doorUnlockRequested(
            DoorUnlockRequested(
                door: "A01",
                cycle: 1,
                purpose: purpose,
                waybills: [parcel],
                attempt: 1,
                pulseMilliseconds: Limits.pulseMilliseconds[0],
                authority: authority
            )
        )
    }

    private func released(by means: Means) -> Event {
        .pickupAuthorised(PickupAuthorised(waybill: parcel, place: .shelf("S1-01"), means: means))
    }

    private func code(_ n: UInt32) -> String {
        PickupCode(parcel, n: n, key: scene.codeKey).description
    }

    private func token(_ n: UInt32) -> String {
        Token(
            kind: .pickup,
            keyID: scene.codeKey.tokenKeyID,
            id: [1, 2, 3, 4, 5, 6, 7, 8],
            expiry: UInt32(scene.now / 1_000) + 86_400,
            subject: Token.subject(of: parcel, n: n),
            grants: 0
        )
        .authenticated(with: scene.codeKey)
    }

    private func typed(_ text: String) -> Input { .text(text, from: keypad) }
    private func scanned(_ text: String) -> Input { .text(text, from: TextSource(device: "1-1", role: .scanner)) }
}
