import HostSupport
import Testing

@Suite("A backup that fails")
struct BackupBoardTests {
    @Test("it stands in the status, and neither lights nor screen show it to people who can do nothing about it")
    func quiet() {
        let board = FaultBoard()
        board.set(.backup, "backup: full")
        #expect(board.all == ["backup: full"] && board.standing == ["backup: full"])
        #expect(board.alarming.isEmpty && !board.isDown)
        board.set(.socket, "socket")
        #expect(board.standing == ["socket", "backup: full"] && board.alarming == ["socket"])
    }
}
