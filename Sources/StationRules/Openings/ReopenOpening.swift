import LockerDomain
import StationBooks

/// Another look after a door was shut: nothing in the books follows from it.
enum ReopenOpening: OpeningFlow {}
