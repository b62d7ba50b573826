extension ClockPort {
    /// Sleeps by the station's own clock; returns early when the task is cancelled.
    public func sleep(milliseconds: Int64) async { await Bell(self).wait(milliseconds: milliseconds) }
}
