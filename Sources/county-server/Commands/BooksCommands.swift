import ArgumentParser
import CountyBooks
import CountyReceiver
import CountySQLite

struct RebuildCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild",
        abstract: "Make the derived books anew from the stored events, beside a running server. 重建账簿"
    )

    @OptionGroup var root: RootOptions

    func run() throws {
        let events = try root.offices(mayReplace: true).keeper.rebuild()
        print("\(events) events read, books made anew 已重建")
    }
}

struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy the county's books into a file while the server runs, and check every chain of the copy. 备份",
        discussion: """
            The keys are not in it: copy keys/ once, and keep both apart. The derived books are made anew from it. \
            密钥不在其中，请另行备份 keys/。
            """
    )

    @OptionGroup var root: RootOptions
    @Argument(help: "A file that is not there yet.")
    var file: String

    func run() throws {
        let offices = try root.offices()
        let checked = try CountyBackup.make(of: offices.county.booksPath, at: file)
        let (incarnations, events) = (checked.incarnations, checked.events)
        try offices.accounts.append(AuditEntry(Offices.stamp(at: offices.county.time), .backupMade, object: file))
        print("\(file): \(incarnations) chains, \(events) events, all whole 备份完整")
    }
}

struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Put a backup in the place of the county's books; refused while a server runs. 恢复",
        discussion: "The books that were there stay beside it under another name. 原账簿改名保留。"
    )

    @OptionGroup var root: RootOptions
    @Argument(help: "A file that backup made.")
    var file: String

    func run() throws {
        let settings = try CountyConfiguration.read(root: root.root)
        let kept = try CountyBackup.restore(file, to: settings.dataDirectory + "/county.sqlite")
        print(kept.map { "restored; what was there is \($0) 已恢复" } ?? "restored 已恢复")
    }
}
