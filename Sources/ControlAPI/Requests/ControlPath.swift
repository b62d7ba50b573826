/// Where the control socket lies and what it serves (DESIGN 4.5). A path never changes its meaning under the same version.
public enum ControlPath {
    /// The socket of an installed station.
    public static let socket = "/run/lockerd/control.sock"

    /// The socket of a station whose paths were moved by `--root`.
    public static func socket(root: String) -> String {
        var root = root[...]
        while root.last == "/" { root.removeLast() }
        return root + socket
    }

    /// `GET`: the station as a whole.
    public static let status = "/v1/status"
    /// `GET`: every door.
    public static let doors = "/v1/doors"
    /// `GET`: every parcel in open work.
    public static let parcels = "/v1/parcels"
    /// `GET`, query `after` and `limit`: event lines as they were journalled.
    public static let events = "/v1/events"
    /// `GET`: the link to the county.
    public static let uplink = "/v1/uplink"
    /// `GET`: what the person in front of the station sees.
    public static let screen = "/v1/screen"
    /// `GET`, query `period` and `of`: the station's own figures.
    public static let report = "/v1/report"
    /// `GET`: whom the keeper tells in person.
    public static let tell = "/v1/tell"
    /// `GET`: what the station promises in public.
    public static let promise = "/v1/promise"
    /// `GET`: open shipments.
    public static let shipments = "/v1/shipments"
    /// `GET`: how the station knows the time.
    public static let clock = "/v1/clock"
    /// `POST`: sets the time of the station, never that of the kernel.
    public static let setClock = "/v1/actions/clock"
    /// `POST`: a scan as if a device had read it.
    public static let scan = "/v1/scan"
    /// `GET`: how the backups stand.
    public static let backup = "/v1/backup"
    /// `POST`: makes a backup now.
    public static let makeBackup = "/v1/actions/backup"
    /// `POST`: waits for the token of the enrolment sheet that the station's scanner reads; the reply is the body of `enrol`.
    public static let scanSheet = "/v1/enrol/scan"
    /// `POST`: enrolment at the county.
    public static let enrol = "/v1/enrol"
}
