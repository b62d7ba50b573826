import LockerDomain
import StationBooks
import StationRules

/// A suite that speaks of parcels by their number.
protocol Parcels {}

extension Parcels {
    var one: Waybill { "SF7444404156506" }
    var two: Waybill { "YT8962646785389" }
    var three: Waybill { "YT8962646785390" }
}

/// A suite about a waybill with two labels (子母件).
protocol TwoParts {}

extension TwoParts {
    var whole: Waybill { "JD0118080218877" }
    var first: Waybill { "JD0118080218877-1-2-" }
    var second: Waybill { "JD0118080218877-2-2-" }
}
