/// Which way a parcel goes.
public enum Direction: String, Sendable, Codable {
    /// 下行
    case inbound
    /// 上行
    case outbound
}

/// How surely a step happened (DESIGN rule 8).
public enum Evidence: String, Sendable, Codable {
    /// The door was seen open and then closed.
    case sensor
    /// No working sensor: the next scan, an END card or 60 s ended the step.
    case assumed
    /// The parcel itself was scanned.
    case scanned
    /// A named person said so: the step was cut short by a stop.
    case stated
}

/// How somebody showed that a parcel is theirs.
public enum Means: String, Sendable, Codable {
    case code, token, badge
}
