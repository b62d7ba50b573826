import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("What scanners put around the data")
struct PeelingTests {
    private static let gs = "\u{1D}"

    /// Labels as they are printed, with the numbers that they are read as.
    private static let labels = [
        ("SF7444404156506", "SF7444404156506"), ("YT8962646785389", "YT8962646785389"),
        ("73610555582883", "73610555582883"), ("773277027280336", "773277027280336"),
        ("463431409940372", "463431409940372"), ("JDVA11408814483", "JDVA11408814483"),
        ("JDX024407261700-2-3-", "JDX024407261700-2-3-"), ("DPK202252612836-0001", "DPK202252612836-0001"),
        ("1207119765021", "1207119765021"), ("4309597495550", "4309597495550"), ("444010688260", "444010688260"),
        ("049842774482", "049842774482"), ("EE471108151FR", "EE471108151FR"),
        ("106141411234567897", "106141411234567897"), ("00106141411234567897", "106141411234567897"),
        ("MMM={'k1':'755W','k5':'SF7444404156506','k6':''}", "SF7444404156506"),
    ]

    /// What scanners do to a label, one at a time.
    private static let wrappings: [@Sendable (String) -> String] = [
        { $0 }, { "\\000026" + $0 }, { "\\000003" + $0 },
        { String($0.prefix(9)) + "\\000026" + String($0.dropFirst(9)) },
        { $0 + "\\000026" }, { "]C0" + $0 }, { "]C1" + $0 }, { "]Q1" + $0 }, { "]Q2" + $0 }, { "]zC" + $0 },
        { "]d1" + $0 },
        { gs + $0 }, { $0 + gs }, { "*" + $0 + "*" }, { $0 + "\r\n" }, { "\t" + $0 + " " },
    ]

    @Test("one label is one number, whatever two scanners in a row put around it", arguments: labels)
    func combinations(label: String, number: String) throws {
        for outer in Self.wrappings {
            for inner in Self.wrappings {
                let scan = outer(inner(label))
                #expect(try WaybillReading(scan).normalized == number, "\(scan.debugDescription)")
            }
        }
    }

    @Test(
        "start and stop characters of Codabar go where all between them is digits",
        arguments: [
            "A773277027280336B", "d773277027280336a", "c773277027280336D", "t773277027280336n", "*773277027280336e",
            "]F0A773277027280336C", "\\000026A773277027280336A", "A 773277027280336 B", "a773277027280336b\r",
        ]
    )
    func codabar(scan: String) throws {
        #expect(try WaybillReading(scan).normalized == "773277027280336")
    }

    @Test("a scanner that names Codabar may send any length")
    func namedCodabar() throws {
        #expect(try ScanText("]F0A40156B").text == "40156")
    }

    @Test("the check character of Code 39 goes where the scanner says that it sent it, and where it fits")
    func code39() throws {
        #expect(try ScanText("]A1*SF74444041565067*").text == "SF7444404156506")
        #expect(try ScanText("]A5CODE39W").text == "CODE39")
        #expect(try ScanText("]A1CODE39X").text == "CODE39X")
        #expect(try ScanText("]A0CODE39W").text == "CODE39W")
    }

    @Test("the check character of Codabar goes where the scanner says that it sent it, and where it fits")
    func codabarCheck() throws {
        #expect(try ScanText("]F2A7732770272803360A").text == "773277027280336")
        #expect(try ScanText("]F2a40156+b").text == "40156")
        #expect(try ScanText("]F2A7732770272803361A").text == "7732770272803361")
        #expect(try ScanText("]F4A7732770272803360A").text == "7732770272803360")
        #expect(try ScanText("]F27732770272803360").text == "7732770272803360")
    }

    @Test("a doubled backslash of the ECI protocol is one backslash of the data")
    func backslashes() throws {
        #expect(try ScanText("\\000026A\\\\B").text == "A\\B")
        #expect(try ScanText("\\000026\\\\000003").text == "\\000003")
        #expect(try ScanText("]Q2A\\\\B").text == "A\\B")
        #expect(try ScanText("]Q1A\\\\B").text == "A\\\\B")
        #expect(try ScanText("\\000026\\000029笔").text == "笔")
    }

    @Test(
        "nothing else is taken off: it may be part of what is printed",
        arguments: [
            "A773277027280336", "773277027280336B", "E773277027280336T", "A77327702728033-6B", "A7732770X7280336B",
            "A12B", "B12345D", "\\00026SF7444404156506", "\\26SF7444404156506", "C:\\temp", "A\\\\000026",
            "~SF7444404156506",
            "+SF7444404156506", "S7732770272803369", "[C1SF7444404156506", "]CSF7444404156506", "]zDSF7444404156506",
            "-773277027280336-", "<GS>773277027280336",
        ]
    )
    func untouched(scan: String) throws {
        #expect(try ScanText(scan).text == scan)
    }

    @Test(
        "nothing but what a scanner adds is empty",
        arguments: ["\\000026", "]Q2\\000026", "]C1\u{1D}", "*]A0*", "]F0"]
    )
    func empty(scan: String) {
        #expect(throws: ScanText.Fault.empty) { try ScanText(scan) }
    }

    @Test("FNC1 in first position says that a barcode is GS1's, however the scanner sends it")
    func functionOne() throws {
        // A number of goods and a lot: without FNC1 it would be 22 digits of anybody's.
        let data = "0106901234567892101234"
        #expect(try WaybillReading(data).kind == .waybill)
        for scan in ["]C1" + data, "\u{1D}" + data, "]Q3" + data, "]Q4\\000026" + data, "]d5" + data, "]L3" + data] {
            #expect(try WaybillReading(scan).kind == .gtin, "\(scan.debugDescription)")
        }
        let other = "42022345"
        let readings = try ["]C1", "]Q3", "]d2", "\u{1D}"].map { try WaybillReading($0 + other).normalized }
        #expect(Set(readings) == ["]C142022345"])
    }
}

@Suite("What scanners put around everything that a station reads")
struct WrappedScanTests {
    private static let wrappings = ["", "\\000026", "]Q2\\000026", "]C1", "]Q3", "\u{1D}", "*", "]C0"]
    private var cabinet = Cabinet()

    @Test("badges, cards, parcels, tokens and codes work with it as without it", arguments: wrappings)
    mutating func everything(wrapping: String) {
        cabinet.scan(wrapping + cabinet.badge(.courier))
        #expect(cabinet.state.session?.role == .courier)
        cabinet.scan(wrapping + Card.receive.text)
        #expect(cabinet.answers == [.scanParcels])
        for waybill in ["SF7444404156506", "YT8962646785389"] as [Waybill] {
            cabinet.scan(wrapping + waybill.rawValue)
            for door in cabinet.pulses { cabinet.openAndShut(door) }
            #expect(cabinet.status(waybill) == .stored)
        }
        cabinet.scan(wrapping + Card.end.text)
        #expect(cabinet.state.session == nil)
        cabinet.scan(wrapping + TestKeys.pickupToken("SF7444404156506"))
        #expect(cabinet.answers == [.takeOut])
        cabinet.openAndShut("A02")
        cabinet.type(wrapping + cabinet.code(of: "YT8962646785389"))
        #expect(cabinet.answers == [.takeOut])
    }

    @Test("references, bags, seals and support codes do, too", arguments: wrappings)
    mutating func counter(wrapping: String) {
        cabinet.begin(.keeper)
        cabinet.card(.outbound)
        cabinet.scan("SF7444404156506")
        cabinet.card(.order)
        cabinet.scan(wrapping + "20260512-0017")
        #expect(cabinet.state.session?.draft?.order == "20260512-0017")
        cabinet.card(.nextBag)
        cabinet.scan(wrapping + "b0017")
        cabinet.card(.nextSeal)
        cabinet.scan(wrapping + "F-2201")
        #expect(cabinet.state.session?.bag == "B0017" && cabinet.state.session?.seal == "F-2201")
        cabinet.type(wrapping + cabinet.supportCode("A01", for: TestKeys.person(.keeper), counter: 0))
        #expect(cabinet.pulses == ["A01"])
    }

    @Test(
        "a bag with an SSCC is one bag, whoever writes or scans its number",
        arguments: ["106141411234567897", "00106141411234567897", "(00)106141411234567897"],
        [
            "106141411234567897", "]C100106141411234567897", "\u{1D}00106141411234567897", "(00) 1 0614141 123456789 7",
            "]C1001061414112345678974021234", "VLK1:BAG:00106141411234567897",
        ]
    )
    mutating func bag(announced: String, scanned: String) {
        cabinet.announce([ManifestEntry("YT8962646785380", bag: announced, run: "r1")])
        cabinet.begin(.courier, proven: false)
        cabinet.scan(scanned)
        #expect(cabinet.answers == [.checkedIn])
    }

    @Test("the bag that is noted has the number that it is announced by, however it was scanned")
    mutating func notedBag() {
        cabinet.begin(.courier, proven: false)
        cabinet.card(.outbound)
        for scan in ["]C100106141411234567897", "\u{1D}00106141411234567897\u{1D}", "(00)106141411234567897"] {
            cabinet.card(.nextBag)
            cabinet.scan(scan)
            #expect(cabinet.state.session?.bag == "106141411234567897", "\(scan.debugDescription)")
        }
        cabinet.card(.bag("00106141411234567897"))
        #expect(cabinet.state.session?.bag == "106141411234567897")
    }

    @Test("a bag that only a GS1 barcode names is found by the data alone")
    mutating func otherBag() {
        cabinet.announce([ManifestEntry("YT8962646785380", bag: "403ROUTE-7", run: "r1")])
        cabinet.begin(.courier, proven: false)
        cabinet.scan("]C1403ROUTE-7")
        #expect(cabinet.answers == [.checkedIn])
    }
}
