import LockerDomain
import SyncWire
import Testing

@Suite("Numbers from outside")
struct WireNumberTests {
    private static func line(_ type: String, _ data: String, uptime: String = "20000") -> [UInt8] {
        let envelope =
            #""id":"\#(String(repeating: "a", count: 32))/000000000001","sequence":"000000000001","#
            + #""source":"/stations/yc-1","specversion":"1.0","time":"2026-05-12T00:31:07.250Z","#
        return Array(
            (#"{"bootid":"boot-1","clock":"ntp","data":\#(data),\#(envelope)"#
                + #""type":"dev.villagelocker.\#(type).v1","uptimems":"\#(uptime)"}"#).utf8
        )
    }

    @Test(
        "that not all programs read alike are found in canonical texts and in others, but not within words",
        arguments: [
            (#"{"a":9007199254740991}"#, true), (#"{"a":-9007199254740991}"#, true),
            (#"{"a":9007199254740992}"#, false), (#"{"a":[1,-9223372036854775808]}"#, false),
            (#"{"a":99999999999999999999}"#, false), (#"{"a":1e300}"#, false), (#"{"a": 1.5e3}"#, true),
            (#"{"a":"9223372036854775807"}"#, true), (#"{"a":"\"9223372036854775807"}"#, true),
            (#"{"9223372036854775807":1}"#, true), (#"{"a":"x","b":9223372036854775807}"#, false),
        ]
    )
    func exact(_ text: String, isExact: Bool) { #expect(WireNumbers.areExact(Array(text.utf8)) == isExact) }

    @Test("make a line unreadable, wherever they stand")
    func line() throws {
        let waybill = #""waybill":"SF7444404156506""#
        func read(_ data: String) throws { _ = try EventLine(decoding: Self.line("parcel.noticeDue", data)) }
        try read(#"{"number":1,\#(waybill)}"#)
        #expect(throws: NumberTooLarge.self) { try read(#"{"number":9007199254740992,\#(waybill)}"#) }
        #expect(throws: NumberTooLarge.self) { try read(#"{"number":1,"other":-9223372036854775808,\#(waybill)}"#) }
        #expect(throws: NumberTooLarge.self) { try read(#"{ "number":1,"other":1e19,\#(waybill)}"#) }
        #expect(throws: DecodingError.self) {
            _ = try EventLine(
                decoding: Self.line("parcel.noticeDue", #"{"number":1,\#(waybill)}"#, uptime: "9223372036854775807")
            )
        }
    }

    @Test("of a survey and a fee are what a station can have written, since they are added up")
    func added() throws {
        _ = try EventLine(decoding: Self.line("service.surveyAnswered", #"{"scores":[1,2,3,4,5]}"#))
        for scores in ["[6]", "[1,0]", "[461168601842738]"] {
            #expect(throws: DecodingError.self) {
                _ = try EventLine(decoding: Self.line("service.surveyAnswered", #"{"scores":\#(scores)}"#))
            }
        }
        let most = #"{"fen":100000000,"line":"a"}"#
        #expect(try CanonicalJSON.decode(Fee.self, from: Array(most.utf8)).fen == 100_000_000)
        for fen in ["100000001", "-1"] {
            #expect(throws: DecodingError.self) {
                try CanonicalJSON.decode(Fee.self, from: Array(#"{"fen":\#(fen),"line":"a"}"#.utf8))
            }
        }
    }

    @Test("of times end at the end of the calendar", arguments: [Int64.max, .min, 9_007_199_254_740_991])
    func times(_ time: Int64) {
        #expect(["9999-12-31 23:59:59", "0000-01-01 00:00:00"].contains(WireTime.local(time)))
    }
}
