/// What a figure is to reach, as it is printed beside it.
enum Aim {
    case atLeast(Double, decimals: Int = 0)
    case atMost(Double, decimals: Int = 0)

    /// `(aim: at least 25000, met)`
    func verdict(_ value: Double) -> String {
        switch self {
        case .atLeast(let bound, let decimals):
            "(aim: at least \(text(bound, decimals)), \(value >= bound ? "met" : "MISSED"))"
        case .atMost(let bound, let decimals):
            "(aim: at most \(text(bound, decimals)), \(value <= bound ? "met" : "MISSED"))"
        }
    }
}

extension Duration {
    var seconds: Double { self / .seconds(1) }
    var milliseconds: Double { self / .milliseconds(1) }
}
