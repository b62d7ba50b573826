import LockerDomain
import StationBooks
import StationRules
import Testing

@Suite("A drop-off under two cameras")
struct TwoCamerasTests {
    private var cabinet = Cabinet()
    private let ship: Waybill = "SF7444404156506"

    private mutating func fails(_ camera: CameraName) {
        for _ in 1...Limits.cameraMissesMax { cabinet.send(.camera(camera, .missed(reason: "no answer"))) }
    }

    @Test("both cover it: one alone is not enough", arguments: ["front", "side"])
    mutating func bothCover(down: String) {
        cabinet.rebuild { $0.cameras = ["front", "side"] }
        cabinet.send(.camera(down == "front" ? "side" : "front", .good))
        cabinet.card(.dropOff)
        #expect(cabinet.reason == .camera && cabinet.answers == [.cameraDown], "nobody knows of the other yet")
        cabinet.send(.camera(CameraName(rawValue: down), .good))
        cabinet.card(.dropOff)
        #expect(cabinet.answers == [.dropOffHow])
        fails(CameraName(rawValue: down))
        #expect(cabinet.types == [.cameraOffline])
        cabinet.scan(ship.rawValue)
        #expect(cabinet.reason == .camera && cabinet.pulses.isEmpty)
        cabinet.card(.dropOff)
        #expect(cabinet.reason == .camera)
        cabinet.send(.camera(CameraName(rawValue: down), .good))
        cabinet.dropOff(ship)
        #expect(cabinet.state.shipments[ship]?.status == .droppedOff)
    }

    @Test("a camera that covers something else may be down")
    mutating func otherCoverage() {
        cabinet.rebuild {
            $0.cameras = ["front", "side"]
            $0.coverage = ["side": [.deposit, .pickup]]
        }
        fails("side")
        cabinet.dropOff(ship)
        #expect(cabinet.state.shipments[ship]?.status == .droppedOff)
        fails("front")
        cabinet.card(.dropOff)
        #expect(cabinet.reason == .camera)
    }
}
