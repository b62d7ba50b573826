/// What an entry of the audit log is about.
public enum AuditAction: String, Sendable, Codable, CaseIterable {
    case login, loginFailed, logout
    case passwordChanged, oneTimePasswordUsed, passwordReset
    case accountAdded, accountChanged, accountDisabled, accountEnabled
    case registerChanged, registerWithdrawn, registerImported, manifestImported
    case periodClosed, correctionIssued
    case exported, phoneLooked
    case enrolmentMade, enrolmentRevoked, commandSent
    case badgeMade, badgeRevoked, codeIssued
    case backupMade, backupRestored, booksRebuilt, clockConfirmed

    /// As the page of the log names it.
    public var chinese: String {
        switch self {
        case .login: "登录"
        case .loginFailed: "登录失败"
        case .logout: "退出"
        case .passwordChanged: "修改密码"
        case .oneTimePasswordUsed: "使用一次性密码"
        case .passwordReset: "重置密码"
        case .accountAdded: "新增账号"
        case .accountChanged: "变更权限"
        case .accountDisabled: "停用账号"
        case .accountEnabled: "启用账号"
        case .registerChanged: "修改台账"
        case .registerWithdrawn: "作废台账行"
        case .registerImported: "导入台账"
        case .manifestImported: "导入清单"
        case .periodClosed: "月报关账"
        case .correctionIssued: "出具更正"
        case .exported: "导出"
        case .phoneLooked: "查看电话号码"
        case .enrolmentMade: "制作入网单"
        case .enrolmentRevoked: "撤销入网单"
        case .commandSent: "下发指令"
        case .badgeMade: "制作工牌"
        case .badgeRevoked: "作废工牌"
        case .codeIssued: "发放取件凭证"
        case .backupMade: "备份"
        case .backupRestored: "恢复备份"
        case .booksRebuilt: "重建账簿"
        case .clockConfirmed: "确认时钟"
        }
    }
}
