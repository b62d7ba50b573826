import CountyBooks

/// What has to be known of figures that may be old or not whole.
struct BooksTrouble: Sendable, Hashable {
    /// For anybody: a file has it too, and is handed on.
    var notice: Words
    /// Why, as far as the reader of a page may know it.
    var reason: Words?

    /// Both, as they stand on a page.
    var words: Words {
        guard let reason else { return notice }
        return Words(notice.chinese + reason.chinese, "\(notice.english) \(reason.english)")
    }
}

extension CountyDesk {
    /// What a reader has to know of the figures of any page; `nil` when they are the newest.
    func booksTrouble(for reader: Account) throws -> BooksTrouble? {
        let state = try books.state()
        if let fault = keepingTrouble() { return Self.standstill(state, fault, reader) }
        if state.isRebuilding {
            return BooksTrouble(
                notice: Words(
                    "账簿正在重建（已处理 \(state.through) / \(state.newest) 条事件），数据尚不完整。",
                    "The books are being made anew (\(state.through) of \(state.newest) events): figures are not "
                        + "whole yet."
                )
            )
        }
        let behind = state.newest - state.through
        guard behind > CountyPagesLimits.eventsBehindMax else { return nil }
        return BooksTrouble(
            notice: Words(
                "账簿还有 \(behind) 条新事件未处理，数据不是最新。",
                "The books are \(behind) events behind: figures are not the newest."
            )
        )
    }

    /// Paths, and what a store says, are for those who keep the server.
    private static func standstill(_ state: BooksState, _ fault: CountyFault, _ reader: Account) -> BooksTrouble {
        BooksTrouble(
            notice: Words(
                "账簿无法更新，停在第 \(state.through) 号事件（已收到第 \(state.newest) 号），数据可能不是最新、不完整。",
                "The books cannot be kept up and stand at event \(state.through) of \(state.newest): figures may be "
                    + "old or not whole."
            ),
            reason: reader.role == .admin
                ? Words("原因：\(fault.words.chinese)", "The reason: \(fault.words.english)")
                : Words("请告诉管理员（原因已记入服务器日志）。", "Tell the administrator: the reason is in the server's log.")
        )
    }
}
