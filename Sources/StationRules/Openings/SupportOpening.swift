import LockerDomain
import StationBooks

/// By a support code (客服开箱码): nothing in the books follows from it.
enum SupportOpening: OpeningFlow {}
