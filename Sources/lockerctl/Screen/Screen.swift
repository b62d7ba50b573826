import ArgumentParser
import ControlAPI

/// `lockerctl screen`
struct Screen: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The page for the station's console (屏幕); Ctrl-C leaves it.",
        discussion: "It goes on while lockerd is down and comes back with it. With --json it prints once."
    )

    @Flag(help: "Print the page once.")
    var once = false

    @OptionGroup var options: SocketOptions

    func run() async throws {
        if once || options.json {
            return try await options.show(.get(ControlPath.screen), as: ScreenReply.self) {
                ScreenPage($0, style: $1).lines
            }
        }
        try await options.ask { client in
            let terminal = ScreenTerminal()
            try terminal.enter()
            defer { terminal.leave() }
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { await StopSignals.wait() }
                tasks.addTask { try await Self.redraw(terminal, client) }
                defer { tasks.cancelAll() }
                try await tasks.next()
            }
        }
    }

    private static func redraw(_ terminal: ScreenTerminal, _ client: ControlClient) async throws {
        var shown: ScreenPage?
        while true {
            var reply: ScreenReply?
            do {
                reply = try await client.send(.get(ControlPath.screen), as: ScreenReply.self).value
            } catch let failure as CommandFailure where failure.isUnreachable {
                reply = nil
            }
            let page = ScreenPage(reply, style: Console.style)
            if page != shown { try terminal.draw(page) }
            shown = page
            try await Task.sleep(for: .milliseconds(ControlLimits.pollMilliseconds))
        }
    }
}
