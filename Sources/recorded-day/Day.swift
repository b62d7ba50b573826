import Foundation
import LockerDomain

/// The recorded day: what happened at a village station between ten to eight and six in the evening.
///
/// Besides the steps of a `DayScript` it names people and parcels: `badge`, `code` and `token` are turned into what
/// their barcode holds or what the recipient was told, once the county has made them.
enum Day {
    static let station = "yc-beiliu-0231"
    /// 区划代码 of the county and of the village where the station stands.
    static let countyCode = "140522"
    static let villageCode = "140522102206"
    /// On the day of this machine, in Asia/Shanghai: a badge that the county makes now would live too long for a station of
    /// another season.
    static let start: String = {
        let seconds = Int64(Date().timeIntervalSince1970)
        let today = Moment(wall: seconds * 1_000, uptime: 0, clock: .manual).shanghaiDay
        return "\(CivilDay(number: today)) 07:40"
    }()
    /// Simulated seconds a second: ten and a half hours pass in a minute.
    static let speed = 630
    /// Wall times at which the county is lost and the day is over, in minutes since midnight.
    static let noonMinutes = 12 * 60
    static let endMinutes = 18 * 60 + 5

    static let configuration = """
        [station]
        id = "yc-beiliu-0231"
        kind = "locker"
        village = "140522102206"
        timezone = "Asia/Shanghai"
        operator = "Yangcheng Rural Express"
        agent = "Beiliu village store"
        cooperation = "shared"
        [board]
        driver = "simulated"
        [[shelf]]
        name = "S1"
        places = 6
        [[scanner]]
        match = { usb = "0000:0001" }
        role = "scanner"
        [[scanner]]
        match = { usb = "0000:0002" }
        role = "keypad"
        [[camera]]
        name = "front"
        url = "rtsp://192.168.1.64:554/Streaming/Channels/101"
        covers = ["deposit", "pickup"]

        """

    static let doors: [(name: String, size: String, reach: String)] = [
        ("A01", "S", "low"), ("A02", "S", "mid"), ("A03", "S", "mid"), ("A04", "S", "high"),
        ("A05", "M", "low"), ("A06", "M", "mid"), ("A07", "M", "mid"), ("A08", "M", "high"),
        ("A09", "L", "low"), ("A10", "L", "mid"), ("A11", "L", "high"), ("A12", "XL", "low"),
    ]

    static let manifest = """
        waybill,brand,operator,phone,size
        SF7444404156506,SF,SF Express,13834561201,S
        YT8962646785389,YTO,YTO Express,13834561202,S
        JT5261988016578,JT,J&T Express,13834561203,M
        73610555582883,ZTO,ZTO Express,13834561204,M
        773277027280336,STO,STO Express,13834561205,S
        463431409940372,YUNDA,Yunda Express,13834561206,L
        JDVA11408814483,JD,JD Logistics,13834561207,M
        DPK202252612836,DBL,Deppon,13834561208,XL
        1207119765021,POST,China Post,13834561209,S
        YT2058328209504,YTO,YTO Express,13834561210,M
        SF1385628716739,SF,SF Express,13834561211,L
        75442160290397,ZTO,ZTO Express,13834561212,L
        JT0006968326954,JT,J&T Express,13834561213,L
        773277027280337,STO,STO Express,13834561214,L
        SF1331875979567,SF,SF Express,13834561215,M
        YT2504053375409,YTO,YTO Express,13834561216,S

        """

    static let steps = """
        07:58:00 door A03 stuck
        # An unknown barcode and a parcel before anybody scanned a badge.
        08:00:00 scanner ABC-12
        08:00:20 scanner SF7444404156506
        # The morning's courier: fourteen parcels in six minutes, one of them not on the manifest.
        08:02:00 badge courier
        08:02:20 scanner SF7444404156506
        08:02:45 scanner YT8962646785389
        08:03:10 scanner JT5261988016578
        08:03:35 scanner 73610555582883
        08:04:00 scanner 773277027280336
        08:04:25 scanner 463431409940372
        08:04:50 scanner JDVA11408814483
        08:05:15 scanner DPK202252612836
        08:05:40 scanner 1207119765021
        08:06:05 scanner YT2058328209504
        08:06:30 scanner SF1385628716739
        08:06:55 scanner 75442160290397
        08:07:20 scanner JT0006968326954
        08:07:45 scanner 773277027280337
        # Scanned twice by mistake, goods instead of a waybill, then a parcel nobody announced.
        08:08:10 scanner 773277027280337
        08:08:30 scanner 6901234567892
        08:08:50 scanner YT6000000000018
        08:09:30 badge courier
        # People come. One types a wrong code, one has a token, one finds the parcel on the shelf.
        08:40:00 code SF7444404156506
        09:05:00 keypad 00000000
        09:06:00 code YT8962646785389
        09:50:00 token JT5261988016578
        10:30:00 keypad 1204
        10:31:00 code 73610555582883
        11:15:00 code 463431409940372
        # Noon: the county is gone for the time of a long lunch. Nothing changes at the door.
        12:20:00 code JDVA11408814483
        12:40:00 token 773277027280336
        12:45:00 camera front down
        13:05:00 code 1207119765021
        13:20:00 code 773277027280337
        13:21:00 scanner 773277027280337
        13:30:00 camera front up
        13:40:00 code SF1385628716739
        # The afternoon's courier fills what became free.
        15:30:00 badge courier
        15:30:30 scanner SF1331875979567
        15:31:00 scanner YT2504053375409
        15:31:30 badge courier
        16:10:00 code YT2504053375409
        16:40:00 token 75442160290397
        17:20:00 code DPK202252612836
        17:50:00 code SF1331875979567

        """

    /// Sheets of the county's registers, in the order in which they are loaded.
    static let registers = [
        ("township", "区划代码,乡镇\n140522102,北留镇\n"),
        ("village", "区划代码,村名,人口,距镇驻地公里\n140522102206,北留村,1860,0.6\n140522102207,南留村,920,3.2\n"),
        ("operatorFirm", "经营企业\nYangcheng Rural Express\n"),
        (
            "site",
            "网点编号,网点名称,类型,地址,公开电话,经营企业,所在村,辐射村,站点,状态\n"
                + "BL01,北留村便民站,智能快件箱,北留村商店旁,0356-4221001,Yangcheng Rural Express,北留村,南留村,\(station),营业\n"
        ),
    ]
}
