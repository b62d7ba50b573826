/// The lights of a station.
public enum Light: String, Sendable, Codable {
    case off, green, red
}

/// The sounds of a station's buzzer.
public enum Beep: String, Sendable, Codable {
    case none, short, long, double
}

/// What a person is told: one line in Chinese and English, a light, a beep (DESIGN 4.6).
public struct Answer: Sendable, Hashable, Codable {
    /// Stable name of the message, for tests and programs.
    public var id: ID
    /// Chinese text, at most 40 characters.
    public var zh: String
    /// English text, at most 40 characters.
    public var en: String
    public var light: Light
    public var beep: Beep

    /// Names of all messages.
    public enum ID: String, Sendable, Codable, CaseIterable {
        case welcome, goodbye, badgeRefused, badgeExpired, notEnrolled, scanBadgeFirst, unreadable, unknownCode, goods
        case doubled, putIn, putOnShelf, stored, doorTryAgain, doorFailed, full, alreadyStored, shutDoor
        case takeOut, takeFromShelf, collected, wrongCode, codeAmbiguous, locked, dayLimit, notStoredYet, doorBusy
        case peopleWaiting, storageReserve, storageFailed, askPIN, pinRight, pinWrong, auditOpened, auditEmpty
        case auditHolds, needsPIN, busy, doorUnknown, usedToken
    }
}

extension Answer {
    /// The one table of messages. `word` is a door, a shelf place, a number or a role.
    public init(_ id: ID, _ word: String = "") {
        let row = Self.row(id, word)
        self.init(id: id, zh: row.zh, en: row.en, light: row.light, beep: row.beep)
    }

    private typealias Row = (zh: String, en: String, light: Light, beep: Beep)

    private static func row(_ id: ID, _ word: String) -> Row {
        switch id {
        case .welcome: ("\(word) 您好，请扫运单", "Hello \(word). Scan a waybill", .green, .short)
        case .goodbye: ("辛苦了，再见", "Thank you. Goodbye", .off, .short)
        case .badgeRefused: ("工牌无效，请联系县里", "Badge not valid. Call the county", .red, .long)
        case .badgeExpired: ("工牌已过期", "This badge has expired", .red, .long)
        case .notEnrolled: ("本站尚未登记，暂不能存件", "Station not enrolled: no deposits yet", .red, .long)
        case .scanBadgeFirst: ("请先扫工牌", "Scan your badge first", .red, .double)
        case .unreadable: ("条码读不出，请再扫一次", "Cannot read it. Scan again", .red, .long)
        case .unknownCode: ("不认识这个条码", "Unknown barcode", .red, .double)
        case .goods: ("这是商品条码，请扫运单", "Goods barcode. Scan the waybill", .red, .double)
        case .doubled: ("刚才已经扫过", "Already scanned just now", .off, .none)
        case .putIn: ("请放入 \(word)，关好门", "Put it in \(word), then shut the door", .green, .short)
        case .putOnShelf: ("请放到货架 \(word)", "Put it on shelf \(word)", .green, .short)
        case .stored: ("已存入 \(word)", "Stored in \(word)", .green, .short)
        case .doorTryAgain: ("\(word) 没打开，再试一次", "\(word) did not open, trying again", .red, .short)
        case .doorFailed: ("\(word) 打不开，请找店主", "\(word) does not open. Ask the keeper", .red, .long)
        case .full: ("没有空位了", "No free place", .red, .long)
        case .alreadyStored: ("这件已在 \(word)", "Already stored in \(word)", .red, .double)
        case .shutDoor: ("请关好 \(word) 的门", "Please shut door \(word)", .red, .double)
        case .takeOut: ("\(word) 已开，取件后请关门", "\(word) is open. Take it, shut the door", .green, .short)
        case .takeFromShelf: ("在货架 \(word)，取后请扫运单", "On shelf \(word). Take it and scan it", .green, .short)
        case .collected: ("取件完成，谢谢", "Collected. Thank you", .green, .short)
        case .wrongCode: ("取件码不对，请再看一遍", "Wrong code. Please check it", .red, .long)
        case .codeAmbiguous: ("请找店主取件", "Ask the keeper for this parcel", .red, .long)
        case .locked: ("输错太多，请等 \(word) 分钟", "Too many wrong codes. Wait \(word) min", .red, .long)
        case .dayLimit: ("今天输错太多，请找店主", "Too many today. Ask the keeper", .red, .long)
        case .notStoredYet: ("包裹还没到站", "The parcel has not arrived yet", .red, .double)
        case .doorBusy: ("\(word) 正在使用，请稍等", "\(word) is in use. Wait a moment", .red, .short)
        case .peopleWaiting: ("有 \(word) 件在等您", "\(word) parcels are waiting", .green, .short)
        case .storageReserve: ("存储快满，只能取件", "Storage is low: pickups only", .red, .long)
        case .storageFailed: ("存储坏了，请用钥匙开门", "Storage failed. Use the key", .red, .long)
        case .askPIN: ("请输入六位密码", "Type your six-digit PIN", .green, .short)
        case .pinRight: ("密码正确", "PIN accepted", .green, .short)
        case .pinWrong: ("密码不对", "Wrong PIN", .red, .long)
        case .auditOpened: ("\(word) 已开，空的扫 EMPTY，有件扫运单", "\(word): scan EMPTY or the waybill", .green, .short)
        case .auditEmpty: ("\(word) 已确认为空", "\(word) is confirmed empty", .green, .short)
        case .auditHolds: ("\(word) 已登记有件", "\(word) holds the scanned parcel", .green, .short)
        case .needsPIN: ("请先扫工牌并输入密码", "Badge and PIN first", .red, .double)
        case .busy: ("系统忙，请再扫一次", "Busy. Please scan again", .red, .double)
        case .doorUnknown: ("没有 \(word) 这个门", "There is no door \(word)", .red, .double)
        case .usedToken: ("这个二维码已经用过", "This code was used already", .red, .double)
        }
    }
}
