import LockerDomain
import StationBooks
import StationRules

extension Mutant {
    static let ofFlows: [Mutant] = [
        rewriting("calls a parcel overdue that nobody was told of", [NoticedFirst()]) { decision, input, state in
            guard case .timer(.housekeeping) = input else { return }
            let untold = state.waiting.first { !$0.hold.noticed }
            guard let untold, let place = untold.place else { return }
            decision.events.append(.parcelOverdue(ParcelOverdue(waybill: untold.waybill, place: place, hours: 1)))
        },
        rewriting("reminds again at every look", [QuietReminders()]) { decision, input, state in
            guard case .timer(.housekeeping) = input, let told = state.waiting.first(where: { $0.hold.began != nil })
            else { return }
            let number = told.hold.reminders + 1
            decision.events.append(.parcelNoticeDue(ParcelNoticeDue(waybill: told.waybill, number: number)))
        },
        rewriting("counts the dark against the recipient", [DarkTime()]) { decision, _, _ in
            for (index, event) in decision.events.enumerated() {
                guard case .stationStarted(var fact) = event else { continue }
                (fact.darkSince, fact.darkClock) = (nil, nil)
                decision.events[index] = .stationStarted(fact)
            }
        },
        deluded("takes every badge for proven", [RightfulOpening(), GivenOnce()]) { state in
            state.session?.proven = true
        },
        deluded("takes drop-offs while the camera is down", [WatchedDropOff()]) { state in
            state.cameras["front"] = StationState.CameraState(online: true, reason: nil, since: 0)
        },
        deluded("takes all recipients for one", [GivenOnce(), OnePlace(), OwnCode(), RightfulOpening()]) { state in
            for waybill in state.parcels.keys { state.parcels[waybill]?.recipientKey = "one" }
        },
        rewriting("hands everything to every agent", [RightfulOpening()]) { decision, _, _ in
            for (index, event) in decision.events.enumerated() {
                guard case .doorUnlockRequested(var fact) = event, fact.purpose == .retrieval else { continue }
                fact.purpose = .agent
                decision.events[index] = .doorUnlockRequested(fact)
            }
        },
    ]
}
