extension AccountFault.Kind {
    struct Words {
        let thing, cause, fix: String
        let chineseThing, chineseCause, chineseFix: String

        init(_ thing: String, _ cause: String, _ fix: String, _ chinese: (thing: String, cause: String, fix: String)) {
            (self.thing, self.cause, self.fix) = (thing, cause, fix)
            (chineseThing, chineseCause, chineseFix) = chinese
        }
    }

    var words: Words {
        switch self {
        case .badName, .phoneAsName, .badDisplayName, .nameTaken, .tooManyAccounts, .unknownAccount: nameWords
        case .badFirm, .badBrands, .townshipAdmin, .unknownFirm, .unknownTownship: rightsWords
        case .passwordTooShort, .passwordTooLong, .passwordTooSimple, .passwordIsName, .passwordIsOld, .passwordNotKept,
            .wrongPassword, .logInRefused, .oneTimeOver:
            passwordWords
        case .notAllowed, .lastAdmin, .changedMeanwhile, .nothingToChange, .noReason: changeWords
        }
    }

    private var nameWords: Words {
        let (min, max) = (CountyBooksLimits.accountNameCharactersMin, CountyBooksLimits.accountNameCharactersMax)
        let accounts = CountyBooksLimits.accountsMax
        return switch self {
        case .phoneAsName:
            Words(
                "log-in name",
                "is a phone number, which lists would show",
                "choose another name",
                ("账号名", "是电话号码，列表会显示它", "请换一个名称")
            )
        case .badDisplayName:
            Words(
                "name of the person",
                "is longer than \(CountyBooksLimits.rightsTextCharactersMax) characters, or holds a phone number",
                "write the name alone",
                ("姓名", "超过 \(CountyBooksLimits.rightsTextCharactersMax) 个字符，或含电话号码", "请只填姓名")
            )
        case .nameTaken:
            Words(
                "log-in name",
                "another account has it, perhaps one that is switched off",
                "choose another name",
                ("账号名", "已被使用（可能是已停用的账号）", "请换一个名称")
            )
        case .tooManyAccounts:
            Words(
                "accounts",
                "there are \(accounts) already",
                "give an account that is switched off to its person again",
                ("账号", "已有 \(accounts) 个", "请重新启用本人已停用的账号")
            )
        case .unknownAccount:
            Words("account", "there is none of this name", "look at the list of accounts", ("账号", "没有这个账号", "请查看账号列表"))
        default:
            Words(
                "log-in name",
                "is not \(min) to \(max) letters, digits, Chinese characters, or '-', '_', '.' behind the first one",
                "choose another name",
                ("账号名", "须为 \(min) 至 \(max) 个字母、数字、汉字或“-”“_”“.”，且不以这三个符号开头", "请换一个名称")
            )
        }
    }

    private var rightsWords: Words {
        let (brands, characters) = (CountyBooksLimits.accountBrandsMax, CountyBooksLimits.rightsTextCharactersMax)
        return switch self {
        case .badFirm:
            Words(
                "firm",
                "role operatorFirm needs one firm of at most \(characters) characters, no other role has any",
                "name the firm as the register has it, or leave it empty",
                ("企业", "角色“企业”须填一个企业名称（不超过 \(characters) 个字符），其他角色不填", "请按台账填写企业名称，或留空")
            )
        case .badBrands:
            Words(
                "brands",
                "role carrier needs 1 to \(brands) brands of at most \(characters) characters, no other has any",
                "name the brands as manifests have them, or leave them empty",
                ("品牌", "角色“品牌”须填 1 至 \(brands) 个品牌（每个不超过 \(characters) 个字符），其他角色不填", "请按清单填写品牌名称，或留空")
            )
        case .unknownFirm:
            Words(
                "firm",
                "no register has it",
                "load the register of operators first, or write the name as it stands there",
                ("企业", "台账中没有此企业", "请先导入经营企业台账，或按台账填写名称")
            )
        case .unknownTownship:
            Words(
                "scope",
                "no register has this township",
                "load the register of townships first, or correct the code",
                ("范围", "台账中没有此乡镇", "请先导入乡镇台账，或更正区划代码")
            )
        default:
            Words(
                "scope",
                "an admin sees the whole county",
                "choose the county, or another role",
                ("范围", "管理员的范围只能是全县", "请选择全县，或换一个角色")
            )
        }
    }

    private var passwordWords: Words {
        let (min, max) = (CountyBooksLimits.passwordCharactersMin, CountyBooksLimits.passwordCharactersMax)
        let different = CountyBooksLimits.passwordDifferentCharactersMin
        return switch self {
        case .passwordTooShort:
            Words(
                "new password",
                "has fewer than \(min) characters",
                "take a longer one, such as four words in a row",
                ("新密码", "少于 \(min) 个字符", "请用更长的密码，例如连写四个词")
            )
        case .passwordTooLong:
            Words(
                "new password",
                "has more than \(max) characters",
                "take a shorter one",
                ("新密码", "超过 \(max) 个字符", "请用短一些的密码")
            )
        case .passwordTooSimple:
            Words(
                "new password",
                "has fewer than \(different) different characters, or is a row of digits, letters or the keyboard",
                "take one that nobody guesses, such as four words in a row",
                ("新密码", "不同的字符少于 \(different) 个，或只是连续的数字、字母或键盘上相邻的键", "请用别人猜不到的密码，例如连写四个词")
            )
        case .passwordIsName:
            Words("new password", "is the log-in name", "take another one", ("新密码", "与账号名相同", "请换一个密码"))
        case .passwordIsOld:
            Words("new password", "is the one before", "take another one", ("新密码", "与原密码相同", "请换一个密码"))
        case .passwordNotKept:
            Words(
                "password",
                "this computer could not reckon its verifier",
                "try again; if it stays, free some memory",
                ("密码", "本机未能计算校验值", "请重试；若仍然如此，请释放内存")
            )
        case .wrongPassword:
            Words(
                "present password",
                "is wrong",
                "type it again, or ask the admin for a new sheet",
                ("当前密码", "不正确", "请重新输入，或向管理员领取新的密码单")
            )
        case .oneTimeOver:
            Words(
                "one-time password",
                "is used or over",
                "ask the admin for a new sheet",
                ("一次性密码", "已使用或已过期", "请向管理员领取新的密码单")
            )
        default:
            Words(
                "log-in",
                "name or password is wrong",
                "type both again, or ask the admin for a new sheet",
                ("登录", "账号或密码不正确", "请重新输入，或向管理员领取新的密码单")
            )
        }
    }

    private var changeWords: Words {
        let reason = CountyBooksLimits.lookReasonCharactersMin...CountyBooksLimits.lookReasonCharactersMax
        return switch self {
        case .lastAdmin:
            Words(
                "account",
                "it is the last admin who can log in",
                "make another admin, let him log in, then try again",
                ("账号", "这是最后一个能登录的管理员", "请先新增一个管理员并登录，再操作")
            )
        case .changedMeanwhile:
            Words(
                "account",
                "somebody changed it since you opened the page",
                "look at it again, then decide",
                ("账号", "打开页面后已被他人修改", "请重新查看后再决定")
            )
        case .nothingToChange:
            Words("account", "it is so already", "nothing is to be done", ("账号", "已经是这样", "无需操作"))
        case .noReason:
            Words(
                "reason",
                "is not \(reason.lowerBound) to \(reason.upperBound) characters",
                "write why this recipient must be called",
                ("理由", "须为 \(reason.lowerBound) 至 \(reason.upperBound) 个字符", "请写明为何须联系该收件人")
            )
        default:
            Words("account", "it may not do this", "ask an admin of the county", ("账号", "没有此项权限", "请联系县级管理员"))
        }
    }
}
