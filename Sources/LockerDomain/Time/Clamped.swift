/// Arithmetic on numbers that a line or a file says: it ends at the end of the range, where `+` and `*` would end the program.
extension FixedWidthInteger where Self: SignedInteger {
    /// The sum.
    package func clampedAdding(_ other: Self) -> Self {
        let (sum, isOver) = addingReportingOverflow(other)
        return isOver ? (other < 0 ? .min : .max) : sum
    }

    /// The difference.
    package func clampedSubtracting(_ other: Self) -> Self {
        let (difference, isOver) = subtractingReportingOverflow(other)
        return isOver ? (other < 0 ? .max : .min) : difference
    }

    /// The product.
    package func clampedMultiplied(by other: Self) -> Self {
        let (product, isOver) = multipliedReportingOverflow(by: other)
        return isOver ? ((self < 0) == (other < 0) ? .max : .min) : product
    }
}
