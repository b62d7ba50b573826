/// Why nothing can be said upon a frozen report or correction.
enum FrozenFault: Error, Hashable {
    /// Its text has another SHA-256 than was kept with it.
    case changed(computed: String)
    /// Its text is not one of this version.
    case unreadable
    /// What stands before it is not there.
    case missing(correction: Int)
    /// It changes figures that are others in the report and the corrections before it.
    case unfitting

    var words: Words {
        switch self {
        case .changed(let computed):
            Words("内容与校验值不符，现算得 \(computed)", "does not fit its SHA-256, which is now \(computed)")
        case .unreadable: Words("本版本不能读取其内容", "cannot be read by this version")
        case .missing(let number):
            Words(
                "缺\(FrozenReport.words(number).chinese)",
                "stands behind \(FrozenReport.words(number).english), which is missing"
            )
        case .unfitting: Words("与此前的数据不衔接", "does not follow on what was frozen before it")
        }
    }
}

extension FrozenReport {
    /// What stands with this part.
    ///
    /// - Parameters:
    ///   - before: what stood before it; `nil` before the report itself.
    ///   - number: of the part that must follow now.
    func standing(upon before: ReportSheet?, as number: Int) throws(FrozenFault) -> ReportSheet {
        guard isIntact else { throw .changed(computed: ReportSheet.sha256(csv)) }
        guard correction == number else { throw .missing(correction: number) }
        guard let before else {
            guard let report = ReportSheet(csv: csv) else { throw .unreadable }
            return report
        }
        guard let change = ReportCorrection(csv: csv) else { throw .unreadable }
        guard before.isFit(for: change) else { throw .unfitting }
        return before.corrected(by: change)
    }
}
