/// The lights of a station.
public enum Light: String, Sendable, Codable {
    case off, green, red
    /// A question: the next scan answers it.
    case both
}

/// The sounds of a station's buzzer.
public enum Beep: String, Sendable, Codable {
    case none, short, long, double
    /// A question.
    case triple
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
        case auditHolds, needsPIN, busy, doorUnknown
        case noted, exceptionNoted, scanParcels, scanParcel, askChecklist, noConsent, notForLocker, wrongStation
        case checkedIn, nothingAnnounced, runWelcome, contactKept, askInside, notForYou, notHere
        case askLastFour, takeOutMore, takeFromShelfMore, nothingFollows, askRecipient, told, extended
        case retrieving, takeBack, tookBack, handedBack, auditing, reopened, abnormal, putBack, refused, refuseHow
        case scanVillager, scanAgentBadge, scanRelative, delegated, delegationEnded, notDelegated, handedToAgent
        case delivered, scanShipment, shipmentSteps, scanReference, missingStep, shipmentAccepted, handedOver
        case keepAtCounter, droppedOff, givenBack, cameraDown, outOfArea, askKeeper, reported, complaintFiled
        case askSurvey, surveyThanks, untrained, notAccepted, finishFirst, leftAlready, pickupExpired
        case nothingInside, whichDoor, takeOnly, severalPeople, refuseSeveral, refusedShelf
        case putInstead, shelveInstead, auditFailed, scanReceive, askReason, askInsideOf, askShelfEmpty
        case digits, digitsOver, endFirst, openDoorFirst, nothingDue, nothingToTake, dropOffHow, dropOffSize
        case surveyNext, checkedInSome, collectedFee, dropOffEnded, auditStuck, askDelivered, delegatedInstead
        case scanShipmentOrNext, keepForSender, realNameIssuer, realNameShort
        case hello, endSession, scanOutbound, scanAudit
        case auditShut, reasonNoted, fullChilled, nothingWaits, scanRest, anothersParcel
        case scanPart, scanOldNumber, scanNewNumber, joined, joinedAlready, twoParcels, cannotJoin
        case enrolmentSheet
    }
}

extension Answer {
    /// A message with a door, a shelf place or a number in it, which reads the same in both languages.
    public init(_ id: ID, _ word: String = "") { self.init(id, AnswerWord(word)) }

    /// A message with a word in it; what is too long of the word is left off in front, where numbers differ least.
    public init(_ id: ID, _ word: AnswerWord) {
        let row = Self.row(id, word.zh)
        let english = word.en == word.zh ? row : Self.row(id, word.en)
        let zh = Self.fitted(row.zh, word.zh) { Self.row(id, $0).zh }
        let en = Self.fitted(english.en, word.en) { Self.row(id, $0).en }
        self.init(id: id, zh: zh, en: en, light: row.light, beep: row.beep)
    }

    private static func fitted(_ whole: String, _ word: String, _ text: (String) -> String) -> String {
        if word.isEmpty, whole.last == " " { return String(whole.dropLast()) }
        // Counting bytes is cheap, and mostly enough.
        guard whole.utf8.count > Limits.answerCharactersMax else { return whole }
        let over = whole.count - Limits.answerCharactersMax
        guard over > 0 else { return whole }
        return text(".." + word.suffix(max(0, word.count - over - 2)))
    }

    private typealias Row = (zh: String, en: String, light: Light, beep: Beep)

    private static func row(_ id: ID, _ word: String) -> Row {
        switch id {
        case .welcome: ("\(word) 您好，请扫运单", "Hello \(word). Scan a waybill", .green, .short)
        case .hello: ("\(word) 您好", "Hello \(word)", .green, .short)
        case .goodbye: ("辛苦了，再见", "Thank you. Goodbye", .off, .short)
        case .badgeRefused: ("工牌无效，请联系县里", "Badge not valid. Call the county", .red, .long)
        case .badgeExpired: ("工牌已过期", "This badge has expired", .red, .long)
        case .notEnrolled: ("本站尚未登记，暂不能存件", "Station not enrolled: no deposits yet", .red, .long)
        case .scanBadgeFirst: ("请先扫工牌", "Scan your badge first", .red, .double)
        case .unreadable: ("条码读不出，请再扫一次", "Cannot read it. Scan again", .red, .long)
        case .unknownCode: ("不认识这个条码", "Unknown barcode", .red, .double)
        case .enrolmentSheet:
            ("这是入网单，请先运行 lockerctl enrol --scan", "Sheet: run lockerctl enrol --scan first", .red, .double)
        case .goods: ("这是商品条码，请扫运单", "Goods barcode. Scan the waybill", .red, .double)
        case .doubled: ("已经扫过 \(word)", "Scanned already \(word)", .off, .double)
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
        case .collectedFee: ("取件完成，保管费 \(word) 元", "Collected. Storage fee \(word) yuan", .green, .short)
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
        case .auditOpened: ("\(word) 已开：空的扫“格口已空”，有件扫运单", "\(word): scan EMPTY or the waybill", .green, .short)
        case .auditEmpty: ("\(word) 已确认为空", "\(word) is confirmed empty", .green, .short)
        case .auditHolds: ("\(word) 已登记有件", "\(word) holds the scanned parcel", .green, .short)
        case .needsPIN: ("请先扫工牌并输入密码", "Badge and PIN first", .red, .double)
        case .busy: ("系统忙，请再扫一次", "Busy. Please scan again", .red, .double)
        case .doorUnknown: ("没有 \(word) 这个门", "There is no door \(word)", .red, .double)
        case .noted: ("已记下 \(word)", "Noted: \(word)", .green, .short)
        case .exceptionNoted: ("已记下，请扫这件运单", "Noted. Now scan that parcel", .green, .short)
        case .scanParcels: ("请扫运单", "Scan the parcels", .green, .short)
        case .scanRest: ("\(word) 其余的接着扫，没有了扫“格口已空”", "\(word): scan the rest, then EMPTY", .green, .short)
        case .anothersParcel: ("此件是别人的：从 \(word) 取出，稍后入库", "Another's: take it out of \(word)", .off, .double)
        case .auditShut: ("\(word) 已关：请再扫它的柜门卡", "\(word) is shut: scan its card again", .red, .double)
        case .reasonNoted: ("原因已记：请再扫那个格口的卡", "Reason noted. Scan that card again", .green, .short)
        case .fullChilled: ("没有空的冷藏格口", "No chilled door is free", .red, .long)
        case .nothingWaits: ("现在没有可取的件", "Nothing waits here now", .red, .double)
        case .scanOldNumber: ("请先扫原单号", "Scan the old number first", .green, .short)
        case .scanNewNumber: ("请再扫件上的新单号", "Now the number on its label", .green, .short)
        case .joined: ("已合为一件，取件码不变", "One parcel now. Its code stays", .green, .short)
        case .joinedAlready: ("这两个单号已是同一件", "They are one parcel already", .off, .double)
        case .twoParcels: ("两件都在这里，不是同一件", "Both are here: they are two parcels", .red, .double)
        case .cannotJoin: ("这两个单号不能合并", "These two cannot be one parcel", .red, .double)
        case .scanPart: ("分几件：请扫带 -1-2- 的条码", "In parts: scan the one with -1-2-", .red, .double)
        case .scanParcel: ("请扫这件的运单", "Scan that parcel", .green, .short)
        case .askChecklist: ("请先扫“收件”卡确认检查", "Scan RECEIVE: you checked them", .red, .double)
        case .noConsent: ("收件人不同意入柜，请送上门", "No consent to a locker: deliver it", .red, .long)
        case .notForLocker: ("不能入柜，请当面交付", "Not for a locker: hand it over", .red, .long)
        case .wrongStation: ("这件属于 \(word)", "This one is for \(word)", .red, .double)
        case .checkedIn: ("已收到 \(word) 件", "\(word) parcels checked in", .green, .short)
        case .checkedInSome: ("已收到 \(word) 件不是本站的", "\(word) are not for here", .green, .double)
        case .nothingAnnounced: ("没有这批的预报", "Nothing was announced for it", .red, .double)
        case .runWelcome: ("班次 \(word) 已到站", "Run \(word) has arrived", .green, .short)
        case .contactKept: ("电话已记下", "Phone number kept", .green, .short)
        case .askInside: ("件在 \(word) 里吗？扫 是/否", "Is it inside \(word)? Scan YES or NO", .both, .triple)
        case .notForYou: ("您的工牌不能做这个", "Your badge may not do this", .red, .double)
        case .notHere: ("这件不在这里", "That one is not here", .red, .double)
        case .askLastFour: ("请再输手机尾号四位", "Now the phone's last four digits", .green, .short)
        case .takeOutMore: ("\(word) 已开，关门后按回车开下一个", "\(word) open. Then Enter for the next", .green, .short)
        case .takeFromShelfMore: ("在 \(word)，取后扫码，再按回车", "On \(word): take, scan it, press Enter", .green, .short)
        case .nothingFollows: ("没有下一个", "There is no next one", .red, .double)
        case .askRecipient: ("请扫运单或输手机尾号", "Scan the parcel or type last four", .green, .short)
        case .told: ("已记下：已通知", "Noted: the recipient was told", .green, .short)
        case .extended: ("保管期延长 \(word) 小时", "Held \(word) hours longer", .green, .short)
        case .retrieving: ("请逐个取出 \(word)", "Take out one by one \(word)", .green, .short)
        case .takeBack: ("\(word) 已开，请取出，关好门", "\(word) is open. Take it out, shut it", .green, .short)
        case .tookBack: ("已取回", "Taken back", .green, .short)
        case .handedBack: ("已随车退回", "It goes back with the run", .green, .short)
        case .auditing: ("开始盘点", "The audit begins", .green, .short)
        case .reopened: ("\(word) 又打开了，看后关门", "\(word) is open again. Shut it", .green, .short)
        case .abnormal: ("\(word) 标为异常，须客服码", "\(word) is abnormal: support code only", .red, .long)
        case .putBack: ("请放回 \(word)，关好门", "Put it back in \(word), shut the door", .green, .short)
        case .refused: ("已拒收", "Refused. It goes back", .green, .short)
        case .refuseHow: ("请再输取件码，开门后扫拒收", "Type the code again, then REFUSE", .red, .double)
        case .scanVillager: ("请扫委托人的一件包裹", "Scan a parcel of the villager", .green, .short)
        case .scanAgentBadge: ("请扫代取人的工牌", "Scan the agent's badge", .green, .short)
        case .scanRelative: ("请扫亲属自己的一件包裹", "Scan a parcel of the relative", .green, .short)
        case .delegated: ("代取已登记，一年有效", "Recorded for twelve months", .green, .short)
        case .delegatedInstead: ("代取已登记，原来的已取消", "Recorded. The one before has ended", .green, .short)
        case .delegationEnded: ("代取已取消", "The delegation has ended", .green, .short)
        case .notDelegated: ("没有代取委托", "Nobody let you take this one", .red, .double)
        case .handedToAgent: ("已交代取人", "Handed to the agent", .green, .short)
        case .delivered: ("已送达，谢谢", "Delivered. Thank you", .green, .short)
        case .scanShipment: ("请扫寄件运单", "Scan the shipment", .green, .short)
        case .scanShipmentOrNext: ("请扫寄件运单；扫“下一个”开 \(word)", "Scan it, or NEXT to open \(word)", .green, .short)
        case .shipmentSteps: ("\(word) 实名、验视、安检", "\(word): ID, look, X-ray", .green, .short)
        case .scanReference: ("请扫编号", "Scan the reference", .green, .short)
        case .realNameIssuer: ("实名凭证号前要有发证方，如 \(word)", "Begin with its issuer: \(word)", .red, .double)
        case .realNameShort: ("发证方后至少还要 \(word) 位", "At least \(word) characters after issuer", .red, .double)
        case .missingStep: ("还差：\(word)", "Still missing: \(word)", .red, .double)
        case .shipmentAccepted: ("已收寄", "Shipment accepted", .green, .short)
        case .handedOver: ("已交车", "Handed to the run", .green, .short)
        case .keepAtCounter: ("没有空格，请放柜台", "No free door: keep it at the counter", .red, .double)
        case .keepForSender: ("请放柜台，等寄件人来取", "Keep it at the counter for its sender", .green, .short)
        case .droppedOff: ("已存，取回码 \(word)", "Left here. Take-back code \(word)", .green, .short)
        case .givenBack: ("已退还寄件人", "Back with its sender", .green, .short)
        case .cameraDown: ("监控不可用，请到柜台寄件", "Camera down: ship at the counter", .red, .long)
        case .outOfArea: ("超出备案收寄范围", "Outside the filed area", .red, .long)
        case .askKeeper: ("请找店主", "Please ask the keeper", .red, .double)
        case .reported: ("已登记，县里会处理", "Reported. The county will look", .green, .short)
        case .complaintFiled: ("投诉已记下，热线 \(word)", "Complaint noted. Hotline \(word)", .green, .short)
        case .askSurvey: ("第 \(word) 题：请打 1 到 5 分", "Question \(word): 1 to 5", .green, .short)
        case .surveyNext: ("五题已答，扫“下一个”提交", "All five answered. Scan NEXT to send", .green, .short)
        case .surveyThanks: ("谢谢您的评价", "Thank you for answering", .green, .short)
        case .untrained: ("安全培训已过期", "Safety training has expired", .red, .long)
        case .notAccepted: ("还没收寄，不能带走", "Not accepted: it must stay here", .red, .double)
        case .finishFirst: ("先办完 \(word)", "First: \(word)", .red, .double)
        case .leftAlready: ("这件已经交车", "It left with a run already", .red, .double)
        case .nothingInside: ("\(word) 里没有件，已记为缺件", "\(word) was empty: recorded missing", .green, .short)
        case .whichDoor: ("哪个格口是空的？请扫格口卡", "Which was empty? Scan its DOOR card", .both, .triple)
        case .takeOnly: ("只取 \(word)，其余留下", "Only \(word), leave the rest", .green, .short)
        case .severalPeople: ("有几个人的件，请扫运单或输尾号", "Several people: scan or type last four", .red, .double)
        case .refuseSeveral: ("有几件：关门后扫拒收，再扫运单", "Shut it, scan REFUSE, then the parcel", .red, .double)
        case .refusedShelf: ("已拒收，请放回 \(word)", "Refused. Put it back on \(word)", .green, .short)
        case .digits: ("已输 \(word) 位，输完扫“下一个”", "\(word) digits. Scan NEXT when complete", .green, .short)
        case .digitsOver: ("数字太多，请从头再扫", "Too many digits: start again", .red, .double)
        case .endFirst: ("请先扫“结束”；柜台寄件扫“上行收寄”", "END first; at the counter use OUTBOUND", .red, .double)
        case .endSession: ("请先扫“结束”", "Scan END first", .red, .double)
        case .scanAudit: ("要看格口请先扫“开门核对”", "To look behind doors, scan AUDIT", .red, .double)
        case .scanOutbound: ("寄件请先扫“上行收寄”", "To ship, scan OUTBOUND first", .red, .double)
        case .openDoorFirst: ("请先扫格口卡开门", "Open a door first, by its card", .red, .double)
        case .nothingDue: ("没有到期件，可扫要取回的运单", "None is due. Scan what you take back", .green, .short)
        case .nothingToTake: ("没有委托您代取的件", "Nothing here for you to take", .red, .double)
        case .dropOffHow: ("请扫寄件运单；大件先输 3", "Scan the label. Type 3 first if big", .green, .short)
        case .dropOffSize: ("要 \(word) 号格，请扫寄件运单", "Size \(word). Now scan the label", .green, .short)
        case .dropOffEnded: ("没有寄存，请关好 \(word) 的门", "Nothing left here. Shut door \(word)", .green, .short)
        case .pickupExpired: ("取件二维码已过期，请找店主", "QR code expired. Ask the keeper", .red, .long)
        case .putInstead: ("改放：尾号 \(word)，关好门", "Put *\(word), then shut it", .green, .double)
        case .shelveInstead: ("改放货架：尾号 \(word)", "To the shelf: *\(word)", .green, .double)
        case .auditFailed: ("\(word) 打不开：用钥匙，再扫格口卡", "\(word): use the key, rescan its card", .red, .long)
        case .auditStuck: ("\(word) 打不开：用钥匙再扫卡，或扫“下一个”", "\(word): key and its card, or NEXT", .red, .long)
        case .scanReceive: ("收件请先扫“收件”卡", "To take parcels in, scan RECEIVE", .red, .double)
        case .askReason: ("\(word) 有件：请先扫原因卡", "\(word) holds a parcel: scan a REASON", .red, .double)
        case .askInsideOf: ("尾号 \(word) 里吗？扫 是/否", "Inside? *\(word): scan YES or NO", .both, .triple)
        case .askDelivered: ("送到了请扫“下一个”，或输手机尾号", "Delivered? Scan NEXT, or type last four", .both, .triple)
        case .askShelfEmpty: ("\(word) 没有件？扫“格口已空”", "\(word): scan EMPTY if nothing is there", .both, .triple)
        }
    }
}
