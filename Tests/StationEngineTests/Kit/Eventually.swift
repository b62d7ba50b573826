import Testing

/// Waits for something that another thread does, and gives up after `seconds`. It yields, and gives the core away for a
/// millisecond now and then: two cores carry all tests.
func eventually(
    _ what: String,
    seconds: Int = 300,
    at location: SourceLocation = #_sourceLocation,
    _ condition: () async throws -> Bool
) async throws {
    let clock = ContinuousClock()
    let end = clock.now + .seconds(seconds)
    repeat {
        for _ in 0..<20 {
            if try await condition() { return }
            await Task.yield()
        }
        try await Task.sleep(for: .milliseconds(1))
    } while clock.now < end
    Issue.record("never came true: \(what)", sourceLocation: location)
}
