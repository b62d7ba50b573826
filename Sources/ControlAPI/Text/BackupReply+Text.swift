extension BackupReply {
    /// How the backups of a station stand, and what to do.
    public func lines(style: TextStyle) -> [String] {
        var pairs = TextPairs()
        guard let path else {
            pairs.add("Backup 备份", "switched off (已关闭): set [backup] path in station.toml", isTrouble: true)
            return pairs.lines(style: style)
        }
        pairs.add("Backup 备份", "\(path), every \(minutes) min")
        if let last {
            let ago = agoMilliseconds.map { "\(DurationText.of(milliseconds: $0)) ago (之前), " } ?? ""
            pairs.add("Last 上次", "\(ago)\(last.words), in \(DurationText.of(milliseconds: last.milliseconds))")
            pairs.add("Folder 目录", last.folder)
            pairs.add(
                "Journal 日志",
                "\(last.events) events up to \(last.position), \(last.bytes / 1_024) KiB"
                    + (last.breaks > 0 ? ", \(last.breaks) breaks as in the journal" : "")
            )
            if let kept = last.keptAt { pairs.add("Kept 保留", kept, isTrouble: true) }
            if last.isOnSameDisk {
                let words =
                    "on the disk of the journal itself: it saves from a damaged file, not from a dead card (与日志同盘：防文件损坏，不防坏卡)"
                pairs.add("Disk 磁盘", words, isTrouble: true)
            }
        } else {
            pairs.add("Last 上次", "none since lockerd started (启动后还没有)")
        }
        if let runningMilliseconds {
            let time = DurationText.of(milliseconds: runningMilliseconds)
            pairs.add("Now 现在", "under way for \(time): look again with lockerctl backup show (正在备份)")
        } else if let nextMilliseconds {
            pairs.add("Next 下次", "in \(DurationText.of(milliseconds: nextMilliseconds))")
        }
        if let fault { pairs.add("Fault 故障", fault, isTrouble: true) }
        return pairs.lines(style: style)
    }
}

extension BackupReply.Last {
    fileprivate var words: String {
        switch done {
        case "none": "nothing was new (没有新记录)"
        case "append": "\(added) events added (增加)"
        default: "all copied (全部复制)"
        }
    }
}
