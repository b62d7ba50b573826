import LockerDomain

/// What the status of an answer to `OPTIONS` (RFC 2326 section 7.1.1) says about a camera. Drop-off under a camera is a
/// legal gate: only a success, or a demand for a login, is a camera.
enum RTSPStatus {
    /// The reading of a final status, 200 to 599.
    static func reading(_ status: Int) -> CameraReading {
        let hint: String
        switch status {
        case 200...299, 401: return .good
        case 300...399: hint = "it has moved: write the address that it has now"
        // RFC 2326 takes 403 from HTTP, where a login does not help.
        case 403: hint = "forbidden: allow this station in the camera's settings, or unlock it after wrong logins"
        case 404: hint = "not found: correct the path of its url"
        case 405, 501: hint = "it does not know OPTIONS: is it a camera?"
        case 407: hint = "a proxy wants a login: reach the camera without it"
        case 454: hint = "session not found: correct the path of its url"
        case 500...599: hint = "a fault inside it: start it again"
        default: hint = "it does not take the request: correct its url"
        }
        return .missed(reason: "RTSP status \(status), \(hint)")
    }
}
