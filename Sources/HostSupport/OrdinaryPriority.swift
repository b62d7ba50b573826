/// Runs `work` at the priority that everything else on the machine has.
///
/// The main task stands above it, and what it starts inherits that: libdispatch then asks the kernel for a niceness below zero for
/// each of its threads, which a service may not have, and each time leaves a line in the system's log. A task that somebody
/// awaits would be raised to his priority, so its end comes by a continuation; it is not cancelled with its caller.
/// - Throws: what `work` throws.
public func atOrdinaryPriority<Result: Sendable>(
    _ work: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
        Task.detached(priority: .medium) {
            do { continuation.resume(returning: try await work()) } catch { continuation.resume(throwing: error) }
        }
    }
}
