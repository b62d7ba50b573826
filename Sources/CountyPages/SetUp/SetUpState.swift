import CountyBooks
import LockerDomain

/// How far a county is set up: what it has of each thing that it needs before pages have something to show.
struct SetUpState: Sendable, Hashable {
    /// What is needed, in the order in which it has to come.
    enum Part: String, Sendable, Hashable, CaseIterable {
        case township, village, operatorFirm, site, staff, enrolment, manifest

        /// Which of the five steps it belongs to, from 1.
        var step: Int {
            switch self {
            case .township, .village: 1
            case .operatorFirm, .site: 2
            case .staff: 3
            case .enrolment: 4
            case .manifest: 5
            }
        }

        /// Whether the county works without it.
        var isOptional: Bool { self == .staff }
    }

    /// How many there are: things of a register, stations that are enrolled or have a sheet, manifests that were
    /// loaded.
    let counts: [Part: Int]

    init(counts: [Part: Int]) { self.counts = counts }

    /// - Parameters:
    ///   - openTokens: sheets that nobody has used yet.
    ///   - manifests: imports in the audit log, or 1 where the books have pieces without one.
    init(_ registers: Registers, _ sights: [StationSight], openTokens: [OpenToken], manifests: Int) {
        let enrolled = sights.filter(\.isEnrolled).map(\.station)
        counts = [
            .township: registers.townships.count, .village: registers.villages.count,
            .operatorFirm: registers.firms.count, .site: registers.sites.count, .staff: registers.staff.count,
            .enrolment: Set(enrolled + openTokens.map(\.station)).count, .manifest: manifests,
        ]
    }

    func count(_ part: Part) -> Int { counts[part] ?? 0 }
    func isDone(_ part: Part) -> Bool { count(part) > 0 }

    /// What to do now; `nil` when all is there.
    var next: Part? { Part.allCases.first { !isDone($0) } }

    /// Whether the county has all that it cannot work without.
    var isFinished: Bool { Part.allCases.allSatisfy { $0.isOptional || isDone($0) } }
}

extension CountyDesk {
    /// How far the county is set up.
    func setUpState() throws -> SetUpState {
        var imports = try accounts.audit(AuditQuery(actions: [.manifestImported])).count
        // Manifests that commands loaded before they left entries, and parcels without a manifest, are seen in the books.
        if imports == 0, try !books.pieces(PieceQuery(limit: 1)).isEmpty { imports = 1 }
        return SetUpState(
            try registers(),
            try stations.sights(),
            openTokens: try enrolments.openTokens(),
            manifests: imports
        )
    }
}
