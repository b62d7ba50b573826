import LockerDomain
import StationBooks

/// The recipient, or somebody for them, takes a parcel by code, token or delegation.
enum PickupOpening: OpeningFlow {
    static func completed(_ waybill: Waybill, _ step: Step, in turn: inout Turn) {
        Handing.collect(waybill, step, in: &turn)
    }
}
