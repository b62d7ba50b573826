extension ViewContext {
    /// What firms say themselves (企业填报), as far as the reader may see it: a carrier of its brands, a firm of its own
    /// sheets, a township of its villages.
    public var operatorSheets: [OperatorReport] {
        registers.operatorReports.filter { sheet in
            visibility.allows(township: Self.township(of: sheet.village), firm: sheet.by, brand: sheet.brand)
        }
    }
}
