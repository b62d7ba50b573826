import ArgumentParser
import CountyBooks
import CountyReceiver
import CountySQLite
import FoundationEssentials
import Glibc

struct RebuildCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild",
        abstract: "Make the derived books anew from the stored events, beside a running server. 重建账簿"
    )

    @OptionGroup var root: RootOptions

    func run() throws {
        let offices = try root.offices(mayReplace: true)
        let events = try offices.keeper.rebuild()
        try offices.county.log(.booksRebuilt, "books.sqlite", detail: "\(events) events")
        print("\(events) events read, books made anew 已重建")
    }
}

struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy the county's books into a file while the server runs, and check every chain of the copy. 备份",
        discussion: """
            The keys are not in it: copy keys/ once, and keep both apart. The derived books are made anew from it. Where a row \
            of the county does not fit its hash the copy has the same: it is kept, the row is named, the status is 1. \
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
        let count = "\(file): \(incarnations) chains, \(events) events"
        guard checked.faults.isEmpty else {
            print("\(count), \(checked.faults.count) of what it holds do not fit 备份已保存，其中有数据校验不符:")
            print(checked.faults.map { "  \($0)" }.joined(separator: "\n"))
            print("  whether the county itself has it: county-server verify, report verify 请核验县中心数据")
            throw ExitCode.failure
        }
        print("\(count), all whole 备份完整")
    }
}

struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Put a backup in the place of the county's books; refused while a server runs. 恢复",
        discussion: """
            The books that were there stay beside it under another name, so the disk needs room for both. The derived books \
            are made anew at the next start, and everybody logs in again. 原账册改名保留，磁盘须有足够空间；派生账簿在下次启动时重建。 \
            所有人须重新登录。
            """
    )

    @OptionGroup var root: RootOptions
    @Argument(help: "A file that backup made.")
    var file: String
    @Flag(help: "Take it although rows of it do not fit their hashes, when no whole one is left. 校验不符也恢复")
    var damaged = false

    func run() throws {
        let settings = try CountyConfiguration.read(root: root.root)
        // SQLite makes its files with the process's mask.
        umask(0o077)
        let now = Int64((Date().timeIntervalSince1970 * 1_000).rounded(.down))
        let restored = try CountyBackup.restore(
            file,
            to: settings.dataDirectory + "/county.sqlite",
            isDamageTaken: damaged,
            by: Offices.stamp(at: now)
        )
        print("restored 已恢复: \(restored.checked.incarnations) chains, \(restored.checked.events) events")
        for fault in restored.checked.faults { print("  \(fault)") }
        if let kept = restored.kept { print("what was there is 原账册: \(kept)") }
        if let damage = restored.damage { print("it was damaged 原账册已损坏: \(damage)") }
    }
}
