import CountyBooks
import Synchronization

/// What stands of a closed period, and what came since.
struct FrozenStanding: Sendable {
    /// The frozen report with its corrections; `nil` when a frozen text was changed.
    let standing: ReportSheet?
    /// What stands in no correction yet; `nil` also while a station waits to be folded anew, since nobody can say then.
    let differences: ReportCorrection?
    /// Why nothing can be said.
    let fault: CountyFault?

    /// - Parameter report: of the county as the books have it now.
    init(_ frozen: [FrozenReport], _ report: MonthReport) {
        do throws(CountyFault) {
            standing = try PeriodBook(report, frozen: frozen).standing()
            differences = report.isToBeCountedAnew ? nil : standing?.differences(to: ReportSheet(report))
            fault = nil
        } catch {
            (standing, differences, fault) = (nil, nil, error)
        }
    }

    var hasDifferences: Bool { differences.map { !$0.rows.isEmpty } ?? false }

    /// Whether there may be something to correct. While a station waits nobody can say; the page of the correction counts it anew
    /// first.
    var mayBeCorrected: Bool { hasDifferences || standing != nil && differences == nil }

    /// Names the differences: a clerk issues those that he saw, and no others.
    static func hash(_ differences: ReportCorrection) -> String { ReportSheet.sha256(differences.csv) }

    /// That a frozen text does not fit its hash.
    var notice: View.Part? { fault.map { .notice(Words($0.description, $0.description), .bad) } }
}

/// What stood of a period when it was asked for last, for one report of the county.
final class KeptStanding: Sendable {
    private let last = Mutex<(frozen: [FrozenReport], standing: FrozenStanding)?>(nil)

    /// It is read anew when any byte of what is frozen is another one.
    func standing(_ frozen: [FrozenReport], _ report: MonthReport) -> FrozenStanding {
        last.withLock { last in
            if let last, last.frozen == frozen { return last.standing }
            let standing = FrozenStanding(frozen, report)
            last = (frozen, standing)
            return standing
        }
    }
}

/// The frozen parts of a period, each with its hash, its file and its page for paper.
struct FrozenParts {
    let asked: AskedPeriod
    var canExport: Bool { asked.isWhole && asked.request.may(.export) }

    var table: Table {
        let language = asked.request.language
        var columns = [
            Table.Column("name", "名称", "Name"), Table.Column("at", "出具时间", "Frozen", .time),
            Table.Column("through", "计到事件号", "Up to event", .number),
            Table.Column("sha256", "SHA-256", "SHA-256", .code),
            Table.Column("intact", "校验", "Check", .state), Table.Column("paper", "打印页", "For printing"),
        ]
        if asked.visibility.isOfAllFirms { columns.insert(Table.Column("by", "经办账号", "By"), at: 2) }
        if canExport { columns.append(Table.Column("file", "原始文件", "Frozen file")) }
        return Table(
            Words("报表与更正", "Report and corrections"),
            columns: columns,
            rows: asked.frozen.map { row($0, language) },
            notes: notes
        )
    }

    private func row(_ part: FrozenReport, _ language: Language) -> [Table.Cell] {
        var row: [Table.Cell] = [
            .text(part.words[language]), .text(PageTime.text(part.frozenAt)), .number(Int(part.through)),
            .text(part.sha256), part.check(language),
            .link(Words("打印页", "For printing")[language], path: ReportPaths.paper(part)),
        ]
        if asked.visibility.isOfAllFirms { row.insert(.text(part.by), at: 2) }
        if canExport { row.append(.link("CSV", path: ReportPaths.file(part))) }
        return row
    }

    /// What was not known then names stations of all firms.
    private var notes: [Words] {
        guard asked.isWhole else { return [] }
        return asked.frozen.flatMap { part in
            part.unknown.map { line in
                Words("\(part.words.chinese)出具时未知：\(line)", "not known at \(part.words.english): \(line)")
            }
        }
    }
}

extension FrozenReport {
    /// Whether its text still fits its hash.
    func check(_ language: Language) -> Table.Cell {
        isIntact
            ? .state(Words("一致", "fits")[language], .ok) : .state(Words("不符", "DOES NOT FIT")[language], .bad)
    }

    /// The hash in a list.
    var shortHash: String { String(sha256.prefix(ReportPagesLimits.shortHashDigits)) }
}
