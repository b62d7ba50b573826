import LockerDomain
import StationBooks

/// A villager leaves a shipment (自助寄件). The books may not have it yet: it comes into them once the door is shut.
enum DropOffOpening: OpeningFlow {
    static func completed(_ waybill: Waybill, _ step: Step, in turn: inout Turn) {
        DropOffs.droppedOff(waybill, at: step.door, evidence: step.evidence, in: &turn)
    }

    static func failed(_ cycle: DoorCycle, at door: DoorName, in turn: inout Turn) {
        ShipmentPlacing.placeElsewhere(cycle, insteadOf: door, in: &turn)
    }
}
