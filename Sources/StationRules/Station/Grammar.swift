package import LockerDomain
package import StationBooks

/// The rules as tables, read from the rules themselves. Data alone: a test prints them as Markdown and compares them
/// with the page of the flows (`Documentation.docc/Flows.md`).
package enum Grammar {
    /// What no row says: it is in the books, since the card is an event (``References``).
    package static let numbers =
        "The number that a card announced (BAG, SEAL, ORDER, PHOTO, REALNAME) comes before every question "
        + "but the survey, the last four digits and the report of a recipient."

    /// One row for each kind of question, in the order of precedence.
    package static var questions: [QuestionRow] {
        get throws { try Question.samples.map(QuestionRow.init) }
    }

    /// One row for each work.
    package static var works: [WorkRow] { Work.allCases.map(WorkRow.init) }

    /// One row for each purpose of an opening.
    package static var openings: [OpeningRow] { Purpose.allCases.map(OpeningRow.init) }
}

/// *Question × scan*: what each form of a scan does to a question of one kind.
package struct QuestionRow: Sendable {
    package let name: String
    package let cells: [ScanForm: Cell]

    package enum Cell: String, Sendable {
        /// It is of the form that answers it; the session and the books decide whether it does.
        case answers
        /// The question stands after it.
        case outlives
        /// The question is gone after it.
        case ends
        /// Scans of one form differ: the form has to be split.
        case mixed
    }

    init(_ question: Question) throws {
        name = question.caseName
        let kind = question.kind
        var cells: [ScanForm: Cell] = [:]
        for form in ScanForm.allCases {
            let all = Set(try form.samples.map { Self.cell(of: kind, after: $0) })
            cells[form] = all.count == 1 ? all.first : Cell.mixed
        }
        self.cells = cells
    }

    /// As ``Reading`` asks: what does not outlive the scan is dropped before anything asks whether the scan answers it.
    private static func cell(of kind: any QuestionKind, after scan: Scan) -> Cell {
        guard kind.outlives(scan) else { return .ends }
        return kind.fits(scan) ? .answers : .outlives
    }
}

/// *Work × scan × role*: who may use each kind of scan in a work. Nobody: the answer says what to do instead.
package struct WorkRow: Sendable {
    package let work: Work
    package let prompt: Answer.ID
    package let roles: [Role]
    package let needsPIN: Bool
    package let takesDoors: Bool
    package let label: [Role]
    package let lastFour: [Role]
    /// The card of a door or shelf place stands for what lies there.
    package let place: [Role]
    /// NEXT, when no question takes it.
    package let next: [Role]
    /// The card of a door opens it to look into, with badge and PIN.
    package let looks: [Role]

    init(_ work: Work) {
        let flow = work.flow
        let roles = Role.allCases.filter { flow.roles.contains($0) }
        func takers(_ kind: WorkScan) -> [Role] { flow.takes.contains(kind) ? roles : [] }
        self.work = work
        self.roles = roles
        prompt = flow.prompt
        needsPIN = flow.needsPIN
        takesDoors = flow.takesDoors
        label = takers(.label)
        lastFour = takers(.lastFour)
        place = takers(.place)
        next = Role.allCases.filter { flow.nextRoles.contains($0) }
        // A session begins in one work, whatever the role: there are people in it who may not do it.
        let isFirst = work == Session(id: 1, role: .keeper, person: "", badge: "").work
        let present = isFirst ? Role.allCases : roles
        looks = flow.takes.contains(.place) ? [] : present.filter(\.looksIntoDoors)
    }
}

/// What an opening means: one purpose.
package struct OpeningRow: Sendable {
    package let purpose: Purpose
    /// Whether the next door of the session's work opens after it.
    package let leadsQueue: Bool
    /// Whether NO may still say, once the door is shut, that nothing was inside.
    package let isTaking: Bool
    package let goesIn: Bool
    package let afterStop: AfterStop

    /// What follows when a stop or a power cut interrupts it.
    package enum AfterStop: String, Sendable {
        /// The door keeps asking people who deposit whether the parcel is inside.
        case asks
        /// The contents are unknown until an audit.
        case unknown
    }

    init(_ purpose: Purpose) {
        self.purpose = purpose
        leadsQueue = purpose.flow.leadsQueue
        isTaking = purpose.flow.isTaking
        goesIn = purpose.goesIn
        afterStop = Self.afterStop(of: purpose)
    }

    /// The books say it: they take in an opening and its interruption.
    private static func afterStop(of purpose: Purpose) -> AfterStop {
        let door: DoorName = "1"
        let waybill: Waybill = "SF7444404156506"
        let opening = DoorUnlockRequested(
            door: door,
            cycle: 1,
            purpose: purpose,
            waybills: [waybill],
            attempt: 1,
            pulseMilliseconds: 0,
            authority: Authority.code.text
        )
        var books = StationState()
        let now = Moment(wall: 0, uptime: 0, clock: .none)
        books.apply(.doorUnlockRequested(opening), at: now)
        books.apply(.auditDifference(AuditDifference(door: door, waybill: waybill, finding: .interrupted)), at: now)
        // A drop-off asks nobody (``CutShort/askedDoor(in:)``).
        let after = books.door(door)
        return after.asksInside != nil && !after.asksAboutShipment ? .asks : .unknown
    }
}
