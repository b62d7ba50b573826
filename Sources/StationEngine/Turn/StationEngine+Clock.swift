extension StationEngine {
    /// Takes the county's time from an answer that it signed; `asked` is the uptime of the call. What it changes is
    /// decided at once.
    public func hear(county time: Int64, asked: Int64) {
        guard clock.hear(county: time, asked: asked) else { return }
        turn([])
    }
}
