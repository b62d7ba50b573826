import LockerDomain
import StationBooks

/// The keeper hands a parcel out.
enum HandOutOpening: OpeningFlow {
    static var isTaking: Bool { true }

    static func completed(_ waybill: Waybill, _ step: Step, in turn: inout Turn) {
        Handing.collect(waybill, step, in: &turn)
    }
}
