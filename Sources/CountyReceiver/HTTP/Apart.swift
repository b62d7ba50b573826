/// Does work in a task of its own, whose stack goes with it. A task keeps the stack that it once needed until it ends, and
/// that of a connection lives as long as the connection: thousands of them sleep. It is cancelled with the caller.
@inline(never)
func apart<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async throws -> Value {
    let task = Task { try await work() }
    return try await withTaskCancellationHandler {
        try await task.value
    } onCancel: {
        task.cancel()
    }
}
