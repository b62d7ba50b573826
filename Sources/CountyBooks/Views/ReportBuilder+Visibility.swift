extension ReportBuilder {
    /// Makes a report of what a reader may see of the books and of the firms' own figures.
    ///
    /// - Parameter county: first six digits of the county's 区划代码, and its name.
    public init(_ extract: BooksExtract, county: (code: String, name: String), seenBy context: ViewContext) {
        self.init(
            extract.seen(by: context),
            context.registers,
            county: county,
            now: context.now,
            sheets: context.operatorSheets
        )
    }
}
