import LockerDomain

/// One word of a short list, as people write it in a cell.
protocol WrittenWord: CaseIterable, RawRepresentable<String> {
    /// As registers write it.
    var chinese: String { get }
    /// Other words that offices write.
    var others: [String] { get }
}

extension WrittenWord {
    /// Reads the Chinese word, the English one, or another that means the same; `nil` for a word of no list.
    init?(written text: String) {
        let word = text.lowercased()
        let match = Self.allCases.first {
            $0.rawValue.lowercased() == word || $0.chinese == text || $0.others.contains(text)
        }
        guard let match else { return nil }
        self = match
    }

    /// The same in Chinese alone.
    static var chineseKnown: String { allCases.map(\.chinese).joined(separator: "、") }

    /// Every word that may be written: `营业 open, …`.
    static var known: String { allCases.map { "\($0.chinese) \($0.rawValue)" }.joined(separator: ", ") }
}

extension SiteType: WrittenWord {
    var others: [String] {
        switch self {
        case .countyHub: ["县级中心", "县级仓配", "县级共配中心", "县共配中心"]
        case .townshipStation: ["乡镇服务站", "乡镇站", "镇级综合服务站", "乡镇级综合服务站"]
        case .villagePoint: ["村级服务点", "村级站点", "村点", "村级寄递物流综合服务站"]
        case .locker: ["快件箱", "智能柜", "智能快递柜", "快递柜"]
        }
    }
}

extension SiteStatus: WrittenWord {
    var others: [String] {
        switch self {
        case .open: ["在营", "营业中", "正常"]
        case .suspended: ["暂停营业", "停业整顿"]
        case .closed: ["已撤销", "关闭"]
        }
    }
}

extension Role: WrittenWord {
    var chinese: String { word.zh }

    var others: [String] {
        switch self {
        case .courier: ["投递员", "派送员", "收派员"]
        case .keeper: ["站点负责人", "网点负责人", "负责人", "站长"]
        case .technician: ["维护员", "维修员"]
        case .inspector: ["执法人员", "执法检查"]
        case .agent: ["代取人"]
        }
    }
}
