import ControlAPI
import LockerDomain
import StationPorts
import Testing

extension ControlSocketTests {
    @Suite("Control socket, its routes")
    struct RouteTests {
        @Test("status shows the station as a whole")
        func status() async throws {
            try await Served.run { served in
                let status = try await served.reply("/v1/status", as: StatusReply.self)
                #expect(status.station == "yc-beiliu-0231")
                #expect(status.time.text == "2026-08-21T09:30:00.123+08:00")
                #expect(
                    [status.doors.total, status.doors.free, status.doors.occupied, status.doors.open] == [3, 1, 1, 0]
                )
                #expect(status.doors.freeChilled == 1, "and not among the others")
                #expect([status.parcels.stored, status.parcels.overdue, status.parcels.toRetrieve] == [2, 1, 1])
                #expect(status.shipments.waiting == 1 && status.runToday == false)
                #expect(status.shelf.free == 1)
                #expect(status.cameras.map(\.name) == ["front"] && status.cameras[0].online == nil)
                #expect(status.faults == ["door A03: no sensor"])
            }
        }

        @Test("without a journal status answers, and no list is shown as empty")
        func noBooks() async throws {
            try await Served.run(FakePort(hasBooks: false)) { served in
                #expect(try await served.call("/v1/status").status == 200)
                for path in ["/v1/doors", "/v1/parcels", "/v1/shipments", "/v1/tell"] {
                    let (status, body) = try await served.call(path)
                    #expect(status == 409, "\(path)")
                    #expect(body.contains("the journal is not open"), "\(path): \(body)")
                }
            }
        }

        @Test("doors name their parcels, in the order of the configuration")
        func doors() async throws {
            try await Served.run { served in
                let doors = try await served.reply("/v1/doors", as: DoorsReply.self).doors
                #expect(doors.map(\.name) == ["A01", "A02", "A03"])
                #expect(doors[0].parcels == ["SF7444404156506"])
                #expect(doors.map(\.free) == [false, true, true])
            }
        }

        @Test("parcels show no key of the recipient and nothing that leads to a code")
        func parcels() async throws {
            try await Served.run { served in
                let (status, body) = try await served.call("/v1/parcels")
                #expect(status == 200)
                #expect(body.contains(#""phoneMasked":"1******5678""#))
                #expect(!body.contains("SECRET") && !body.contains("recipientKey") && !body.contains(#""n":"#))
            }
        }

        @Test("event lines come back verbatim with their place in the chain")
        func eventLines() async throws {
            let port = FakePort()
            try await Served.run(port) { served in
                let page = try await served.reply("/v1/events?after=1.2&limit=2", as: EventsReply.self)
                #expect(page.events.map(\.position.description) == ["1.3", "1.4"])
                #expect(page.events.map { Array($0.line.utf8) } == port.lines[2...3].map(\.bytes))
                #expect(page.events[0].hash == String(repeating: "03", count: 32))
                #expect(page.lastSequence == 5)
                let beyond = try await served.reply("/v1/events?after=1.5", as: EventsReply.self)
                #expect(beyond.events.isEmpty)
                #expect(try await served.reply("/v1/events", as: EventsReply.self).events.count == 5)
            }
        }

        @Test(
            "a wrong position or limit is named",
            arguments: [
                "after=1", "after=0.1", "after=1.2.3", "after=-1.2", "after=", "limit=0", "limit=501", "limit=x",
            ]
        )
        func badQuery(query: String) async throws {
            try await Served.run { served in
                let (status, fault) = try await served.fault("/v1/events?" + query)
                #expect(status == 400 && fault.code == .invalid)
                #expect(fault.message.hasPrefix(query.prefix(5)))
            }
        }

        @Test("uplink and screen")
        func uplinkAndScreen() async throws {
            try await Served.run { served in
                let link = try await served.reply("/v1/uplink", as: LinkReply.self)
                #expect(link.phase == "waitingToRetry" && link.eventsWaiting == 3)
                #expect(link.trouble?.code == "notTheCounty" && link.trouble?.tries == 12)
                #expect(link.trouble?.since.short == "2026-08-21 09:30:00")
                #expect(try await served.reply("/v1/status", as: StatusReply.self).link == link)
                let screen = try await served.reply("/v1/screen", as: ScreenReply.self)
                #expect(screen.answer?.id == .putIn)
                #expect(screen.free.map { "\($0.size.rawValue) \($0.doors)" } == ["S 0", "L 1"])
                #expect(screen.freeChilled.map { "\($0.size.rawValue) \($0.doors)" } == ["M 1"])
            }
        }

        @Test("what is asked comes over the socket as it was, of a session the role alone")
        func asked() async throws {
            try await Served.run { served in
                let screen = try await served.reply("/v1/screen", as: ScreenReply.self)
                #expect(screen.asked == FakePort.questions)
                let body = try await served.call("/v1/screen").body
                #expect(body.contains(#""whom":"courier""#) && body.contains(#""whom":"recipient""#))
                #expect(body.contains(#""id":"isInside""#) && body.contains(#""millisecondsLeft":98500"#))
            }
        }

        @Test("a scan is answered")
        func scan() async throws {
            let port = FakePort()
            try await Served.run(port) { served in
                let (status, body) = try await served.call("/v1/scan", #"{"role":"keypad","text":"取 18081673"}"#)
                #expect(status == 200 && body.contains(#""id":"scanBadgeFirst""#))
                #expect(await port.asked.scans == ["keypad:取 18081673"])
            }
        }

        @Test("an enrolment carries the local user's name")
        func enrol() async throws {
            let port = FakePort()
            try await Served.run(port, roles: FakePeers.roles, peers: FakePeers(user: 0, groups: [])) { served in
                let (status, body) = try await served.call("/v1/enrol", #"{"token":"t-1"}"#)
                #expect(status == 200 && body == #"{"enrolled":true}"#)
                #expect(await port.asked.enrolments == ["t-1 by root"])
            }
        }

        @Test(
            "what the station refuses keeps its words",
            arguments: [(ControlFault.Code.invalid, UInt(400)), (.unavailable, 409), (.failed, 502)]
        )
        func refusals(code: ControlFault.Code, status: UInt) async throws {
            try await Served.run(FakePort(fault: ControlFault(code, "the county says no: ask the clerk"))) { served in
                for (path, body) in [("/v1/scan", #"{"role":"scanner","text":"x"}"#), ("/v1/enrol", #"{"token":"t"}"#)]
                {
                    let answer = try await served.fault(path, body)
                    #expect(answer.status == status)
                    #expect(
                        answer.fault == Fault(Fault.Code(rawValue: code.rawValue), "the county says no: ask the clerk")
                    )
                }
            }
        }

        @Test("a journal that cannot be read is a fault, not an empty page")
        func brokenJournal() async throws {
            try await Served.run(FakePort(fault: ControlFault(.failed, "disk gone"))) { served in
                let (status, fault) = try await served.fault("/v1/events")
                #expect(status == 502 && fault.message == "the journal cannot be read: disk gone")
            }
        }

        @Test("an unknown path is a fault", arguments: ["/", "/v1", "/v2/status", "/v1/status/x"])
        func unknownPath(path: String) async throws {
            try await Served.run { served in
                let (status, fault) = try await served.fault(path)
                #expect(status == 404 && fault.code == .notFound)
            }
        }
    }
}
