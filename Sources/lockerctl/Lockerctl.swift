import ArgumentParser
import CVersion

/// The technician's and shopkeeper's command: a client of the control socket (DESIGN 4.5).
@main
struct Lockerctl: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lockerctl",
        abstract: "Looks after a village parcel station (快递进村).",
        discussion: """
            Exit codes: 0 done, 1 refused or failed, 64 wrong usage, 69 lockerd does not answer.
            """,
        version: String(cString: lk_version()),
        subcommands: [
            Status.self, Doors.self, Parcels.self, Events.self, Uplink.self, Screen.self, Scan.self, Waybill.self,
            Enrol.self, FirstBoot.self, Cards.self, Label.self,
            Shipments.self, Report.self, Tell.self, Promise.self, Clock.self,
            Backup.self, Restore.self,
        ]
    )

    @OptionGroup var options: SocketOptions
}
