import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("What the station asks, as the screen shows it")
struct AskedTests: Parcels {
    private var cabinet = Cabinet()
    private let steps = ["VLK1:REALNAME", "RN-2026-0001", "VLK1:INSPECTED", "VLK1:SCREENED", "VLK1:ACCEPT"]

    /// Name, both texts, of whom, the answers, milliseconds left.
    private var asked: [String] {
        cabinet.station.asked(at: cabinet.now).map { one in
            let answers = one.answers.map(\.id.rawValue).joined(separator: " ")
            let left = one.millisecondsLeft.map { String($0) } ?? "-"
            return "\(one.id) | \(one.zh) | \(one.en) | \(one.whom.word.en) | \(answers) | \(left)"
        }
    }

    // MARK: Of anybody

    @Test("digits by cards: how many there are, and none of them")
    mutating func digits() {
        #expect(asked == [])
        cabinet.card(.digit(8))
        cabinet.card(.digit(9))
        #expect(
            asked == ["digits | 已扫 2 位数字，还有吗？ | Digits so far: 2. More? | anybody | digitCard next | 120000"]
        )
    }

    @Test("a survey, by its question; digits of cards are scores until NEXT sends them")
    mutating func survey() {
        cabinet.card(.survey)
        #expect(
            asked == [
                "survey | 满意度第 1 题：打几分？ | Survey, question 1: what score? | anybody | score allScores | 120000"
            ]
        )
        cabinet.type("4")
        #expect(
            asked == [
                "survey | 满意度第 2 题：打几分？ | Survey, question 2: what score? | anybody | score allScores | 120000"
            ]
        )
        cabinet.card(.digit(5))
        #expect(
            asked == [
                "digits | 已扫 1 位数字，还有吗？ | Digits so far: 1. More? | anybody | digitCard next | 120000",
                "survey | 满意度第 2 题：打几分？ | Survey, question 2: what score? | anybody | score allScores | 120000",
            ]
        )
        for _ in 2...5 { cabinet.card(.digit(5)) }
        #expect(
            asked == ["digits | 已扫 5 位数字，还有吗？ | Digits so far: 5. More? | anybody | digitCard next | 120000"]
        )
    }

    @Test("a drop-off, with the size; not while somebody with a badge works")
    mutating func dropOff() {
        cabinet.send(.camera("front", .good))
        cabinet.card(.dropOff)
        #expect(
            asked == [
                "dropOffLabel | 要寄的是哪一件？ | Which shipment is left here? | anybody | scanLabel size | 120000"
            ]
        )
        cabinet.type("3")
        let left = "dropOffLabel | 要寄的是哪一件？（L 号格） | Which shipment is left here? Size L | anybody | scanLabel size"
        #expect(asked == [left + " | 120000"])
        cabinet.begin(.courier, proven: false)
        #expect(asked == [])
        cabinet.end()
        #expect(asked == [left + " | 114000"])
    }

    // MARK: Of a recipient

    @Test("the last four digits of the phone, until their time is over")
    mutating func lastFour() {
        var policy = Policy()
        policy.asksLastFour = true
        cabinet = Cabinet(policy: policy)
        cabinet.bring(ManifestEntry(one, of: "zhang", phone: "13812345678"))
        cabinet.typeCode(of: one)
        let question = "lastFour | 手机尾号是多少？ | How does the phone number end? | recipient | lastFour"
        #expect(asked == [question + " | 120000"])
        cabinet.wait(Limits.followUpMilliseconds)
        #expect(asked == [question + " | 0"])
        cabinet.wait(1)
        #expect(asked == [])
    }

    @Test("the next door of the same recipient")
    mutating func nextPlace() {
        cabinet.bring(ManifestEntry(one, of: "k1"), ManifestEntry(two, of: "k1"))
        cabinet.typeCode(of: one)
        #expect(
            asked == ["nextPlace | 别处还有件，要打开吗？ | More waits elsewhere. Open it? | recipient | enter next | 60000"]
        )
    }

    @Test("the parcel that is refused, and the one that is short")
    mutating func which() {
        cabinet.bring(ManifestEntry(one, of: "k1"))
        cabinet.collect(one)
        cabinet.card(.refuse)
        #expect(asked == ["refused | 拒收的是哪一件？ | Which parcel is refused? | recipient | scanParcel | 120000"])

        cabinet = Cabinet(doors: [DoorSettings(name: "A02", size: .medium)])
        cabinet.bringTogether(one, two, of: "k1")
        cabinet.collect(one)
        cabinet.card(.report(.short))
        #expect(
            asked == [
                "whichReported | 发现短少：是哪一件？ | Found something missing: which parcel? | recipient | scanParcel | 120000"
            ]
        )
    }

    // MARK: Of a session

    @Test("an agent with one parcel alone; not once the session is over")
    mutating func delivered() {
        cabinet.bring(ManifestEntry(three, of: "k2", phone: "13912340000"))
        cabinet.delegateToAgent(three)
        cabinet.begin(.agent, by: .take)
        while let door = cabinet.pulses.first { cabinet.openAndShut(door) }
        cabinet.card(.delivered)
        #expect(asked == ["delivered | 尾号 5390 送到了吗？ | Is *5390 delivered? | agent | next | 120000"])
        cabinet.send(.timer(.sessionIdle(cabinet.state.session?.id ?? 0)))
        #expect(asked == [])
    }

    @Test("which of two doors was empty")
    mutating func whichDoor() {
        cabinet.bring(ManifestEntry(one, of: "k1"), ManifestEntry(two, of: "k2"))
        cabinet.command(.recall([one, two]))
        cabinet.begin(.courier, by: .retrieve)
        cabinet.openAndShut("A02")
        cabinet.open("A03")
        cabinet.card(.no)
        #expect(asked == ["whichDoor | 哪个格口是空的？ | Which door was empty? | courier | doorCard | 120000"])
    }

    @Test("a shelf place whose parcel is gone")
    mutating func shelf() {
        cabinet = Cabinet(doors: [])
        cabinet.bring(ManifestEntry(one))
        cabinet.begin(.keeper, by: .reason(6), .shelf("S1-01"))
        #expect(asked == ["isShelfEmpty | 货架 S1-01 空了吗？ | Is shelf S1-01 empty? | keeper | empty | 120000"])
    }

    @Test("the number that a card announced comes before all else; an accepted shipment may be taken back")
    mutating func counter() {
        cabinet.begin(.keeper, by: .outbound)
        cabinet.scan(one.rawValue)
        cabinet.card(.order)
        cabinet.card(.digit(7))
        #expect(
            asked == [
                "number | 下一扫：订单号 | Next scan: order number | keeper | scanNumber typeNumber | -",
                "digits | 已扫 1 位数字，还有吗？ | Digits so far: 1. More? | anybody | digitCard next | 120000",
            ]
        )
        cabinet.scan("ORDER-1")
        #expect(asked == [])
        for step in steps { cabinet.scan(step) }
        cabinet.scan(one.rawValue)
        #expect(
            asked == ["acceptedShipment | 尾号 6506 已收寄，不收了吗？ | *6506 is accepted. Reject it? | keeper | reject | -"]
        )
    }

    @Test("the second number of a forwarded parcel, while the keeper is at that")
    mutating func join() {
        cabinet.begin(.keeper, by: .join)
        cabinet.scan(two.rawValue)
        #expect(
            asked == [
                "secondNumber | 尾号 5389 的新单号是什么？ | *5389: what is its new number? | keeper | scanNewNumber | 120000"
            ]
        )
        cabinet.card(.told)
        #expect(asked == [])
    }

    // MARK: Of whoever has a badge

    @Test("a deposit that was cut short: the door asks, then the person at work is asked, once")
    mutating func cutShort() {
        cabinet.begin(.courier)
        cabinet.scan(two.rawValue)
        for door in cabinet.pulses { cabinet.open(door) }
        cabinet.restart()
        let door = "cutShort | 尾号 5389 -> A02 里吗？ | Inside? *5389 -> A02"
        #expect(asked == [door + " | somebody with a badge | yes no | -"])
        cabinet.begin(.technician, proven: false)
        #expect(asked == [door + " | somebody with a badge | yes no | -"])
        cabinet.begin(.courier, proven: false)
        #expect(asked == [door + " | courier | yes no | -"])
        cabinet.scan(three.rawValue)
        #expect(asked == ["isInside | 尾号 5389 -> A02 里吗？ | Inside? *5389 -> A02 | courier | yes no | 120000"])
        cabinet.card(.no)
        #expect(asked == [])
    }

    @Test("a drop-off that was cut short is settled by an audit")
    mutating func dropOffCutShort() {
        cabinet.send(.camera("front", .good))
        cabinet.card(.dropOff)
        cabinet.scan(one.rawValue)
        for door in cabinet.pulses { cabinet.open(door) }
        cabinet.restart()
        #expect(
            asked == ["cutShort | 尾号 6506 -> A02 里吗？ | Inside? *6506 -> A02 | somebody with a badge | audit | -"]
        )
    }
}
