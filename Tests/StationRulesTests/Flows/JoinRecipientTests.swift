import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

/// Whose the two numbers are: by the county's key, or by a phone that was typed here.
@Suite("A forwarded parcel and its recipients")
struct JoinRecipientTests {
    private var cabinet = Cabinet()
    private let old: Waybill = "YT8962646785389"
    private let new: Waybill = "SF7444404156506"

    /// A courier brings it unannounced and types its phone, which ends in 5678.
    private mutating func bringTyped(_ waybill: Waybill) {
        cabinet.begin(.courier, proven: false)
        _ = cabinet.deposit(waybill)
        cabinet.wait(3_000)
        cabinet.send(.text("13812345678", from: TextSource(device: "1-2", role: .keypad, recipientKey: "r1")))
        cabinet.end()
    }

    private mutating func join() {
        cabinet.begin(.keeper)
        cabinet.card(.join)
        cabinet.scan(old.rawValue)
        cabinet.scan(new.rawValue)
    }

    // MARK: By the keeper

    @Test(
        "a typed phone gives way to the county's key, under which the delegation goes on",
        arguments: [true, false]
    )
    mutating func typed(isInsideAsNew: Bool) {
        let (inside, announced) = isInsideAsNew ? (new, old) : (old, new)
        bringTyped(inside)
        cabinet.delegateToAgent(inside)
        cabinet.announce([ManifestEntry(announced, of: "zhang", phone: "13812345678")])
        join()
        #expect(cabinet.answers == [.joined])
        #expect(cabinet.parcel(new)?.recipientKey == "zhang" && cabinet.parcel(new)?.hasCountysKey == true)
        #expect(cabinet.state.delegations["zhang"]?.delegate == cabinet.state.delegations["r1"]?.delegate)
        #expect(cabinet.state.delegations["zhang"] != nil)
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("a typed phone stays known as typed where the county knows none")
    mutating func countyKnowsNone() {
        bringTyped(new)
        cabinet.announce([ManifestEntry(old)])
        join()
        #expect(cabinet.answers == [.joined])
        #expect(cabinet.parcel(new)?.recipientKey == "r1" && cabinet.parcel(new)?.hasCountysKey == false)
    }

    @Test("a typed phone that ends otherwise is somebody else's")
    mutating func typedOther() {
        bringTyped(new)
        cabinet.announce([ManifestEntry(old, of: "li", phone: "13912340000")])
        let before = cabinet.state.parcels
        join()
        #expect(cabinet.answers == [.cannotJoin])
        #expect(cabinet.state.parcels == before)
    }

    @Test("two people whom the county knows are two, though their phones end alike")
    mutating func endAlike() {
        cabinet.announce([
            ManifestEntry(old, of: "zhang", phone: "13812345678"), ManifestEntry(new, of: "li", phone: "13912345678"),
        ])
        cabinet.begin(.courier, proven: false)
        _ = cabinet.deposit(old)
        cabinet.end()
        let before = cabinet.state.parcels
        join()
        #expect(cabinet.answers == [.cannotJoin])
        #expect(cabinet.state.parcels == before)
    }

    // MARK: By a manifest

    @Test("a line for another phone than was typed for its other number gives that parcel to nobody else")
    mutating func lineOfTyped() {
        bringTyped(old)
        cabinet.announce([ManifestEntry(new, of: "li", phone: "13912340000") { $0.formerly = old }])
        #expect(!cabinet.types.contains(.parcelJoined))
        #expect(cabinet.event(CommandFailed.self)?.reason.contains("another parcel") == true)
        #expect(cabinet.parcel(old)?.recipientKey == "r1" && cabinet.status(new) == .expected)
        cabinet.announce([ManifestEntry(new, of: "zhang", phone: "13812345678") { $0.formerly = old }])
        #expect(cabinet.parcel(new)?.status == .expected, "announced for somebody else meanwhile")
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("a phone mistyped for the line's own number gives way to the line's, other number or not")
    mutating func mistypedNew() {
        bringTyped(new)
        cabinet.announce([ManifestEntry(new, of: "li", phone: "13912340000") { $0.formerly = old }])
        #expect(cabinet.parcel(new)?.recipientKey == "li" && cabinet.parcel(new)?.formerly == [old])
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("a line for somebody else than its other number is a parcel of its own, and the county hears so")
    mutating func lineOfAnother() {
        cabinet.announce([ManifestEntry(old, of: "zhang", phone: "13812345678")])
        cabinet.announce([ManifestEntry(new, of: "li", phone: "13912345678") { $0.formerly = old }])
        #expect(!cabinet.types.contains(.parcelJoined))
        #expect(cabinet.event(CommandFailed.self)?.reason.contains("another parcel") == true)
        #expect(cabinet.parcel(old)?.recipientKey == "zhang" && cabinet.parcel(new)?.recipientKey == "li")
        #expect(cabinet.status(new) == .expected && cabinet.parcel(new)?.codeOf == nil)
        #expect(cabinet.replayed == cabinet.state)
    }
}
