import LockerDomain
import StationBooks

extension Card {
    /// What the card notes about the shipment on the counter.
    var shipmentNote: (SessionNoted.Note, String?)? {
        switch self {
        case .kind(let kind): (.kind, kind.rawValue)
        case .category(let name): (.category, name)
        case .platform(let name): (.platform, name)
        case .order: (.awaits, SessionNoted.Note.order.rawValue)
        case .realName: (.awaits, SessionNoted.Note.realName.rawValue)
        case .photo: (.awaits, SessionNoted.Note.photo.rawValue)
        case .inspected: (.inspected, nil)
        case .screened: (.screened, nil)
        case .outside: (.outside, nil)
        case .reuse: (.reuse, nil)
        default: nil
        }
    }
}
