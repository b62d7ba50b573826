/// What the station asks at the moment: what, of whom, which answers it takes, until when. The screen and the control
/// socket show it, so nothing personal stands in it (DESIGN rule 10): of a waybill the last four characters, of a phone
/// nothing, of digits that are not complete yet how many there are.
public struct Asked: Sendable, Hashable, Codable {
    /// Stable name of the question, for tests and programs.
    public var id: ID
    /// The question in Chinese, at most 40 characters.
    public var zh: String
    /// The question in English, at most 40 characters.
    public var en: String
    public var whom: Whom
    /// What answers it, any one of them.
    public var answers: [Choice]
    /// How long it stands yet; `nil`: until something else is scanned.
    public var millisecondsLeft: Int64?

    /// Names of all questions.
    public enum ID: String, Sendable, Codable, CaseIterable {
        /// The number that a card announced.
        case number
        case digits, delivered, nextPlace, lastFour, survey, whichDoor, isInside, isShelfEmpty, acceptedShipment
        case secondNumber, refused, whichReported, dropOffLabel
        /// A deposit was cut short: its door asks whether the parcel is inside until somebody says it.
        case cutShort
    }

    /// A question with a word in it; what is too long of the word is left off in front, where numbers differ least.
    public init(
        _ id: ID,
        _ word: AnswerWord = AnswerWord(""),
        of whom: Whom,
        answers: [Choice.ID],
        millisecondsLeft: Int64? = nil
    ) {
        self.id = id
        zh = Self.fitted(word.zh) { Self.row(id, $0).zh }
        en = Self.fitted(word.en) { Self.row(id, $0).en }
        self.whom = whom
        self.answers = answers.map { Choice($0) }
        self.millisecondsLeft = millisecondsLeft
    }

    private static func fitted(_ word: String, _ text: (String) -> String) -> String {
        let whole = text(word)
        let over = whole.count - Limits.answerCharactersMax
        guard over > 0 else { return whole }
        return text(".." + word.suffix(max(0, word.count - over - 2)))
    }

    private typealias Row = (zh: String, en: String)

    private static func row(_ id: ID, _ word: String) -> Row {
        switch id {
        case .number: (word, word)
        case .digits: ("已扫 \(word) 位数字，还有吗？", "Digits so far: \(word). More?")
        case .delivered: ("尾号 \(word) 送到了吗？", "Is *\(word) delivered?")
        case .nextPlace: ("别处还有件，要打开吗？", "More waits elsewhere. Open it?")
        case .lastFour: ("手机尾号是多少？", "How does the phone number end?")
        case .survey: ("满意度第 \(word) 题：打几分？", "Survey, question \(word): what score?")
        case .whichDoor: ("哪个格口是空的？", "Which door was empty?")
        case .isInside, .cutShort: ("尾号 \(word) 里吗？", "Inside? *\(word)")
        case .isShelfEmpty: ("货架 \(word) 空了吗？", "Is shelf \(word) empty?")
        case .acceptedShipment: ("尾号 \(word) 已收寄，不收了吗？", "*\(word) is accepted. Reject it?")
        case .secondNumber: ("尾号 \(word) 的新单号是什么？", "*\(word): what is its new number?")
        case .refused: ("拒收的是哪一件？", "Which parcel is refused?")
        case .whichReported: ("\(word)：是哪一件？", "\(word): which parcel?")
        case .dropOffLabel where word.isEmpty: ("要寄的是哪一件？", "Which shipment is left here?")
        case .dropOffLabel: ("要寄的是哪一件？（\(word) 号格）", "Which shipment is left here? Size \(word)")
        }
    }
}

extension Asked {
    /// Of whom it is asked. No person is named, only what they are here.
    public enum Whom: Sendable, Hashable, Codable {
        case anybody, recipient
        /// Somebody with a badge, who has not shown it yet.
        case badge
        /// The person of the session.
        case session(Role)

        /// How it is written: the role of a session stands for it.
        private var name: String {
            switch self {
            case .anybody: "anybody"
            case .recipient: "recipient"
            case .badge: "badge"
            case .session(let role): role.rawValue
            }
        }

        public init(from decoder: any Decoder) throws {
            let box = try decoder.singleValueContainer()
            switch try box.decode(String.self) {
            case "anybody": self = .anybody
            case "recipient": self = .recipient
            case "badge": self = .badge
            default: self = .session(try box.decode(Role.self))
            }
        }

        public func encode(to encoder: any Encoder) throws {
            var box = encoder.singleValueContainer()
            try box.encode(name)
        }

        /// For the screen.
        public var word: AnswerWord {
            switch self {
            case .anybody: AnswerWord(zh: "在场的人", en: "anybody")
            case .recipient: AnswerWord(zh: "收件人", en: "recipient")
            case .badge: AnswerWord(zh: "有工牌的人", en: "somebody with a badge")
            case .session(let role): role.word
            }
        }
    }

    /// One answer that is possible.
    public struct Choice: Sendable, Hashable, Codable {
        /// Stable name of the answer.
        public var id: ID
        /// Chinese text, at most 40 characters.
        public var zh: String
        /// English text, at most 40 characters; a card by its word in capitals.
        public var en: String

        /// Names of all answers.
        public enum ID: String, Sendable, Codable, CaseIterable {
            case enter, next, yes, no, empty, reject, audit, doorCard, digitCard
            case lastFour, score, allScores, size
            case scanParcel, scanLabel, scanNewNumber, scanNumber, typeNumber
        }

        public init(_ id: ID) {
            self.id = id
            (zh, en) = Self.row(id)
        }

        private static func row(_ id: ID) -> (zh: String, en: String) {
            switch id {
            case .enter: ("按回车", "Enter")
            case .next: ("扫“下一个”", "NEXT")
            case .yes: ("扫“是”", "YES")
            case .no: ("扫“否”", "NO")
            case .empty: ("扫“格口已空”", "EMPTY")
            case .reject: ("扫不收的原因卡", "REJECT with its reason")
            case .audit: ("店主扫“开门核对”", "AUDIT by the keeper")
            case .doorCard: ("扫那个格口的卡", "card of the door")
            case .digitCard: ("扫数字卡", "next digit")
            case .lastFour: ("输入手机后四位", "the last four digits")
            case .score: ("打 1 到 5 分", "1 to 5")
            case .allScores: ("五题一次输完", "all five at once")
            case .size: ("输 1 到 4 选大小", "1 to 4 for the size")
            case .scanParcel: ("扫这件的运单", "scan the parcel")
            case .scanLabel: ("扫寄件运单", "scan the label")
            case .scanNewNumber: ("扫件上的新单号", "scan the new number")
            case .scanNumber: ("扫编号", "scan it")
            case .typeNumber: ("输编号", "type it")
            }
        }
    }
}
