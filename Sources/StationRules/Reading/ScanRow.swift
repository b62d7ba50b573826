import LockerDomain
import StationBooks

/// What one device reads again and again without effect: one text, and how often (DESIGN rule 12). In memory alone: a crash
/// loses the bounces of `Limits.repeatsMilliseconds` at the most, and nothing else.
struct ScanRow: Sendable {
    /// The folded text; of what cannot be read its length.
    let key: String
    let length: Int
    /// The text when it may stay on record.
    let kept: String?
    /// How it was rejected last.
    var rejected: ScanRejected?
    /// Equal rejections written one by one.
    var written = 0
    /// Bounces and rejections that are counted and not written yet.
    var counted = 0

    func event(of device: String) -> ScanRejected {
        ScanRejected(reason: .doubled, device: device, length: length, text: kept, count: counted)
    }
}

extension ScanRejected.Reason {
    /// Whether the same again has no effect either: nothing is gathered, proven or counted by it.
    var isIdle: Bool {
        switch self {
        case .unreadable, .unknown, .outOfContext, .doubled, .badToken, .goods, .alreadyStored, .full, .notEnrolled,
            .expired, .wrongStation, .notChecked, .noConsent, .notForLocker, .camera, .outOfArea:
            true
        case .storage, .locked, .needsPIN, .wrongPIN, .awaitsScan, .asksInside, .incomplete, .realNameForm: false
        }
    }
}
