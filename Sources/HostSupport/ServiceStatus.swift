/// What `systemctl status` shows of the station, in one line. Nothing personal, no codes (DESIGN rule 10).
public enum ServiceStatus {
    /// The journal is being read.
    public static let opening = "正在读取日志 the journal is being read"

    /// The station cannot be opened: `fault` with its cause and what to do.
    public static func waiting(for fault: String) -> String { "等待 waits, tried again by itself: \(fault)" }

    /// The station works.
    public static func running(parcels: Int, isEnrolled: Bool, isSimulated: Bool, faults: [String]) -> String {
        var parts = ["\(parcels) 件待取 \(parcels == 1 ? "parcel waits" : "parcels wait")"]
        if isSimulated { parts.append("模拟 simulated: no real doors") }
        if !isEnrolled { parts.append("未登记 not enrolled: lockerctl enrol") }
        if let first = faults.first {
            parts.append("故障 fault\(faults.count > 1 ? " 1 of \(faults.count)" : ""): \(first)")
        }
        return parts.joined(separator: "; ")
    }
}
