import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("Masking of what is personal")
struct MaskingTests {
    @Test(
        "a phone number keeps its last four digits and loses six",
        arguments: [
            ("13812345678", "1******5678"), ("+86 138 1234 5678", "861******5678"), ("0356-2231234", "0******1234"),
            ("2231234", "*******"), ("abc", ""), ("", ""), ("１３８", ""),
        ]
    )
    func phones(phone: String, masked: String) {
        #expect(Masking.phone(phone) == masked)
    }

    @Test("whatever is masked hides at least six digits or all of them")
    func hides() {
        for length in 0..<20 {
            let masked = Masking.phone(String(repeating: "7", count: length))
            #expect(masked.count { $0 == "*" } >= min(length, 6))
            #expect(masked.utf8.count == length)
        }
    }

    @Test(
        "a name loses at least one character",
        arguments: [
            ("张三", "张*"), ("欧阳小明", "欧**明"), ("张小明", "张*明"), ("张", "*"), ("", ""), (" 张三 ", "张*"), ("张\u{200B}", "*"),
            ("阿依古丽·买买提", "阿******提"), ("John Smith", "J*******h"), ("𠮷田", "𠮷*"), ("张*", "张*"),
        ]
    )
    func names(name: String, masked: String) {
        #expect(Masking.name(name) == masked)
    }

    @Test(
        "an address loses the number of the room or household and keeps the way there",
        arguments: [
            ("3号楼2单元501室", "3号楼2单元***室"), ("阳光小区3-2-501", "阳光小区3-2-***"), ("3栋2单元501", "3栋2单元***"),
            ("凤城镇A座1203B", "凤城镇A座*****"), ("2号楼501号房，放门口", "2号楼***号房，放门口"), ("上河村12号", "上河村**号"),
            ("上河村三组12户", "上河村三组**户"), ("五一路8号楼十二室", "五一路8号楼**室"), ("三户村村委会东20米", "三户村村委会东20米"),
            ("B1-1203室", "B1-****室"), ("３号楼５０１室", "３号楼***室"), ("501室 13812345678 张三", "***室 *********** 张三"),
            ("上河村小卖部", "上河村小卖部"), ("二单元五零一 张三", "二单元*** 张三"), ("上河村十二号", "上河村**号"), ("", ""), ("Room 501", "Room ***"),
            ("3号楼2单元***室", "3号楼2单元***室"),
        ]
    )
    func addresses(address: String, masked: String) {
        #expect(Masking.address(address) == masked)
        #expect(Masking.address(masked) == masked)
    }

    @Test("no code, PIN, token or phone number reaches an event")
    func nothingSecret() throws {
        var cabinet = Cabinet()
        _ = cabinet.deposit("SF7444404156506")
        let code = cabinet.code(of: "SF7444404156506")
        let secrets = [
            code, "246810", "13812345678", "99999999", cabinet.badge(.keeper),
            TestKeys.pickupToken("SF7444404156506"),
        ]
        for secret in secrets {
            for _ in 0..<2 {
                cabinet.scan(secret)
                cabinet.type(secret)
            }
        }
        for entry in cabinet.journal {
            let text = "\(entry.event)"
            for secret in secrets { #expect(!text.contains(secret)) }
        }
    }
}
