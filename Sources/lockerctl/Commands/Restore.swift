import ArgumentParser
import Glibc

/// `lockerctl restore`
struct Restore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Puts a backup in the place of this station (恢复); as root.",
        discussion: """
            Stops lockerd, lets lockerd --restore check and place the backup, and starts it again, whatever came of it. \
            What was there is kept under other names. The county gives back what happened since the backup; until a \
            keeper's audit every door is contents unknown.
            """
    )

    @Argument(help: "Folder of the backup, like /var/backups/lockerd/STATION.")
    var folder: String

    @Flag(help: "Take the configuration of the backup, too: this board becomes that station.")
    var withConfiguration = false

    /// With `--root` nothing is stopped or started.
    @OptionGroup var options: SocketOptions

    func run() async throws {
        try await Console.reporting {
            let isInstalled = options.root == nil
            guard !isInstalled || geteuid() == 0 else {
                throw CommandFailure.refused("restore stops and starts lockerd: run it as root (请用 root 运行)")
            }
            var arguments = ["--restore", folder]
            if withConfiguration { arguments.append("--with-configuration") }
            if let root = options.root { arguments += ["--root", root] }
            if isInstalled, try Program.systemctl("stop", "lockerd").run() != 0 {
                throw CommandFailure.refused(
                    "lockerd cannot be stopped: see systemctl status lockerd; nothing was changed (无法停止 lockerd，未做任何更改)"
                )
            }
            // A station that was stopped for this must not stay so.
            let outcome = Result { try Program.lockerd(arguments).run() }
            if isInstalled, try Program.systemctl("start", "lockerd").run() != 0 {
                Console.complain("lockerd does not start: see journalctl -u lockerd (lockerd 没有启动)")
            }
            guard try outcome.get() == 0 else {
                throw CommandFailure.refused("nothing was put back (没有恢复): see above")
            }
        }
    }
}
