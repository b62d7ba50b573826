/// What pages, forms, files and the server's own acts ask for. `AccountRole.may(_:)` is the table.
public enum Permission: String, Sendable, Codable, CaseIterable {
    case readToday, readStation, readVillage, readParcel, readRuns, readRegisters, readReport
    /// Events that were stored and not understood.
    case readQuarantined
    /// Which stations may enrol until when; never a token.
    case readEnrolments
    /// How far the county is set up; what a manifest says, and the log of those that were loaded.
    case readSetUp, readManifests
    /// Bytes a day, and when the disk is full.
    case readStorage
    case readAccounts
    /// The log of all changes, exports and looks at phone numbers.
    case readAuditLog
    case changeRegisters, importManifest, closePeriod, issueCorrection
    /// Makes, prints and revokes enrolment sheets.
    case makeEnrolments
    case sendCommands
    /// One recipient's number, for a reason that is logged.
    case lookAtPhone
    case changeAccounts, backup
    /// CSV and Excel files of what the account may read.
    case export
    case changeOwnPassword

    /// As pages name it.
    public var chinese: String {
        switch self {
        case .readToday: "查看今日"
        case .readStation: "查看站点"
        case .readVillage: "查看行政村"
        case .readParcel: "查询运单"
        case .readRuns: "查看班次"
        case .readRegisters: "查看台账"
        case .readReport: "查看报表"
        case .readQuarantined: "查看待识别事件"
        case .readEnrolments: "查看入网单"
        case .readSetUp: "查看建县步骤"
        case .readManifests: "查看预报单"
        case .readStorage: "查看存储空间"
        case .readAccounts: "查看账号"
        case .readAuditLog: "查看操作日志"
        case .changeRegisters: "修改台账"
        case .importManifest: "导入清单"
        case .closePeriod: "月报关账"
        case .issueCorrection: "出具更正"
        case .makeEnrolments: "制作入网单"
        case .sendCommands: "下发指令"
        case .lookAtPhone: "查看电话号码"
        case .changeAccounts: "管理账号"
        case .backup: "备份"
        case .export: "导出"
        case .changeOwnPassword: "修改本人密码"
        }
    }

    /// Whether using it changes the county's data: refused while the store takes no write.
    public var isChange: Bool {
        switch self {
        case .readToday, .readStation, .readVillage, .readParcel, .readRuns, .readRegisters, .readReport,
            .readQuarantined, .readEnrolments, .readSetUp, .readManifests, .readStorage, .readAccounts, .readAuditLog,
            .export, .lookAtPhone:
            false
        case .changeRegisters, .importManifest, .closePeriod, .issueCorrection, .makeEnrolments, .sendCommands,
            .changeAccounts, .backup, .changeOwnPassword:
            true
        }
    }

    /// Whether each use stands in the audit log, and so is refused while nothing can be written there.
    public var isLogged: Bool { isChange || self == .export || self == .lookAtPhone }

    /// Whether it concerns the county as a whole, so that an account of one township has it not: a sheet, a manifest or
    /// the log holds rows of all townships.
    public var needsCounty: Bool {
        switch self {
        case .readQuarantined, .readSetUp, .readManifests, .readStorage, .readAccounts, .readAuditLog, .changeRegisters,
            .importManifest, .closePeriod, .issueCorrection, .changeAccounts, .backup:
            true
        case .readToday, .readStation, .readVillage, .readParcel, .readRuns, .readRegisters, .readReport,
            .readEnrolments, .makeEnrolments, .sendCommands, .lookAtPhone, .export, .changeOwnPassword:
            false
        }
    }
}
