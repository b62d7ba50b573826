import Testing

/// Holds every suite that serves a socket: a bind sets the umask of the whole process for a moment, so one at a time.
@Suite("Control socket", .serialized)
enum ControlSocketTests {}
