import HostSupport
import Testing

@Suite("The priority of a daemon")
struct PriorityTests {
    @Test("what runs at ordinary priority stays there while a task above it waits, and so does what it starts")
    func ordinary() async throws {
        let task = Task(priority: .high) {
            let before = Task.currentPriority
            let within = try await atOrdinaryPriority {
                await Task.yield()
                let child = await withTaskGroup(of: TaskPriority.self) { group in
                    group.addTask { Task.currentPriority }
                    return await group.next()
                }
                return (Task.currentPriority, child)
            }
            return (before, within.0, within.1)
        }
        let (before, within, child) = try await task.value
        #expect(before == .high)
        #expect(within == .medium)
        #expect(child == .medium)
    }

    @Test("its error comes through")
    func error() async {
        struct Fault: Error {}
        await #expect(throws: Fault.self) { try await atOrdinaryPriority { throw Fault() } }
    }
}
