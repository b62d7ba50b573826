import LockerDomain
import StationBooks
import SyncWire

extension EventWords {
    /// Sessions, runs and what villagers do at the pad.
    static func people(_ event: Event) -> Words {
        switch event {
        case .sessionOpened(let fact): return detailed(Words("上岗", "session opened"), [FieldWords.of(fact.role)])
        case .sessionProven: return Words("工牌密码正确", "PIN was right")
        case .sessionWorkChanged(let fact): return detailed(Words("换工作", "work changed"), [raw(fact.work)])
        case .sessionNoted(let fact): return detailed(Words("记录", "noted"), [raw(fact.note)])
        case .sessionBadgeRevoked: return Words("工牌作废", "badge withdrawn")
        case .sessionClosed(let fact): return detailed(Words("离岗", "session closed"), [raw(fact.reason)])
        case .sessionRefused(let fact): return detailed(Words("工牌被拒", "badge refused"), [raw(fact.reason)])
        case .runArrived(let fact):
            let again = fact.again == true ? Words("同一班次再到", "the same run again") : nil
            return detailed(Words("班次到达", "run arrived"), [plain(fact.run), again])
        case .runDeparted(let fact): return detailed(Words("班次离开", "run departed"), [plain(fact.run)])
        case .delegateRecorded(let fact): return detailed(Words("登记代取", "delegation recorded"), [of(fact.delegate)])
        case .delegateWithdrawn: return Words("撤销代取", "delegation withdrawn")
        default: return villagers(event)
        }
    }

    private static func villagers(_ event: Event) -> Words {
        switch event {
        case .scanRejected(let fact):
            let times = fact.scans > 1 ? Words("\(fact.scans) 次", "\(fact.scans) times") : nil
            return detailed(Words("扫描无效", "scan without effect"), [raw(fact.reason), fact.text.map(plain), times])
        case .pickupAuthorised(let fact):
            let by = fact.by.map { FieldWords.of($0) }
            return detailed(Words("凭证正确，可取件", "may be taken"), [FieldWords.of(fact.means), by])
        case .pickupFailed(let fact): return detailed(Words("取件未成", "pickup failed"), [raw(fact.reason)])
        case .pickupLockedOut(let fact):
            let minutes = fact.lockMilliseconds / 60_000
            return detailed(Words("输入锁定", "typing locked"), [Words("\(minutes) 分钟", "\(minutes) min")])
        case .supportCodeUsed: return Words("客服码开箱", "support code used")
        case .serviceComplaintFiled(let fact):
            return detailed(Words("投诉", "complaint"), [VoicesView.words(of: fact.category)])
        case .serviceSurveyAnswered(let fact):
            let scores = fact.scores.map { String($0) }.joined(separator: " ")
            return detailed(Words("满意度调查", "survey"), [Words(same: scores)])
        default: return bare(event)
        }
    }

    /// Doors, and what is found behind them.
    static func door(_ event: Event) -> Words {
        switch event {
        case .doorUnlockRequested(let fact):
            let attempt = fact.attempt > 1 ? Words("第 \(fact.attempt) 次", "attempt \(fact.attempt)") : nil
            return detailed(
                Words("下令开门", "unlock ordered"),
                [FieldWords.of(fact.purpose), authority(fact.authority), attempt]
            )
        case .doorParcelAdded: return Words("同一门内再放一件", "goes through the open door")
        case .doorPurposeChanged(let fact):
            let notPut = fact.notPutIn.map { Words("未放入 \($0)", "\($0) not put in") }
            return detailed(Words("开门用途变更", "door used otherwise"), [FieldWords.of(fact.purpose), notPut])
        case .doorOpened: return Words("门已开", "door opened")
        case .doorClosed(let fact):
            let seconds = fact.openMilliseconds.map { $0 / 1_000 }
            return detailed(Words("门已关", "door closed"), [seconds.map { Words("开 \($0) 秒", "open for \($0) s") }])
        case .doorOpenFailed(let fact):
            return detailed(Words("开门失败", "door did not open"), [StationReason.words(fact.reason)])
        case .doorLeftOpen: return Words("门未关", "door left open")
        case .doorOpenedUnexpectedly: return Words("异常开门", "door opened without being asked")
        case .doorSensorFault(let fact):
            return detailed(Words("门磁故障", "sensor fault"), [StationReason.words(fact.reason)])
        case .doorOutOfService(let fact):
            return detailed(Words("格口停用", "door out of service"), [StationReason.words(fact.reason)])
        case .doorBackInService(let fact):
            return detailed(Words("格口恢复", "door back in service"), [StationReason.words(fact.reason)])
        case .auditStarted: return Words("开始盘点", "audit began")
        case .auditDifference(let fact): return detailed(Words("盘点差异", "audit found"), [FieldWords.of(fact.finding)])
        case .auditFinished(let fact): return detailed(Words("盘点确认", "audited"), [FieldWords.of(fact.contents)])
        default: return bare(event)
        }
    }

    /// The station itself, its devices and the county's commands.
    static func station(_ event: Event) -> Words {
        switch event {
        case .stationStarted(let fact): return detailed(Words("启动", "started"), [plain(fact.version)])
        case .stationStopped(let fact): return detailed(Words("停止", "stopped"), [StationReason.words(fact.reason)])
        case .stationClockChanged(let fact):
            let (before, after) = (FieldWords.of(fact.before), FieldWords.of(fact.after))
            return Words(
                "时钟：\(before.chinese) → \(after.chinese)",
                "clock: \(before.english) → \(after.english)"
            )
        case .stationStorageLow(let fact): return detailed(Words("存储", "storage"), [FieldWords.of(fact.storage)])
        case .stationJournalReplaced(let fact): return detailed(Words("日志重建", "journal replaced"), [raw(fact.reason)])
        case .stationBooksRecovered(let fact):
            return detailed(Words("日志恢复", "events came back"), [Words("\(fact.kept) 行", "\(fact.kept) lines")])
        case .stationJournalPruned: return Words("旧日志已清理", "old events removed there")
        case .stationConfigChanged(let fact): return detailed(Words("设置变更", "settings changed"), [plain(fact.item)])
        case .deviceScannerAttached(let fact):
            return detailed(Words("扫码器接入", "scanner attached"), [plain(fact.scanner.rawValue)])
        case .deviceScannerDetached(let fact):
            return detailed(Words("扫码器拔出", "scanner gone"), [plain(fact.scanner.rawValue)])
        case .deviceScannerFaulted(let fact):
            return detailed(Words("扫码器故障", "scanner fault"), [StationReason.words(fact.reason)])
        case .cameraOnline(let fact): return detailed(Words("摄像头在线", "camera online"), [plain(fact.camera.rawValue)])
        case .cameraOffline(let fact):
            return detailed(
                Words("摄像头离线", "camera offline"),
                [plain(fact.camera.rawValue), StationReason.words(fact.reason)]
            )
        case .commandReceived(let fact): return detailed(Words("收到指令", "command arrived"), [plain(fact.type)])
        case .commandCompleted(let fact):
            return detailed(Words("指令完成", "command done"), [Words("第 \(fact.number) 号", "number \(fact.number)")])
        case .commandFailed(let fact):
            return detailed(Words("指令失败", "command failed"), [StationReason.words(fact.reason)])
        default: return bare(event)
        }
    }

    // MARK: Words

    private static func authority(_ text: String) -> Words {
        switch text {
        case "code": Words("取件码", "code")
        case "token": Words("二维码", "token")
        case "delegation": Words("代取码", "delegation")
        case "relative": Words("亲属代取", "relative")
        case "sender": Words("寄件人", "sender")
        case "support": Words("客服码", "support")
        default: Words("工牌", "badge")
        }
    }

    /// A word of the wire that is shown as it is.
    private static func raw(_ word: some RawRepresentable<String>) -> Words { Words(same: word.rawValue) }
}
