import CountyBooks
import LockerDomain

/// The books of a server that keeps none (`--no-books`): whatever is asked of them, the answer says so. Books that stand still
/// would show yesterday's figures as today's, and a period could be closed over them.
struct UnkeptBooks: BooksReading {
    private var fault: CountyFault {
        CountyFault(
            "books.sqlite 账簿",
            "this server keeps no books, events are stored all the same 本次运行不记账，事件照常保存",
            mend: "start it again without --no-books 请去掉 --no-books 重新启动"
        )
    }

    func state() throws -> BooksState { throw fault }
    func extract(_ period: CountyPeriod) throws -> BooksExtract { throw fault }
    func figures(of station: String?, _ period: CountyPeriod, named names: [String]) throws -> [StationFigures] {
        throw fault
    }
    func holdings() throws -> [StationHoldings] { throw fault }
    func pieces(_ query: PieceQuery) throws -> [PieceOfStation] { throw fault }
    func custody(of waybill: Waybill) throws -> [CustodyLine] { throw fault }
    func visits(_ query: VisitQuery) throws -> [VisitOfStation] { throw fault }
    func troubles(_ query: TroubleQuery) throws -> [TroubleOfStation] { throw fault }
    func voices(of station: String?, _ days: ClosedRange<Int64>, limit: Int) throws -> [VoiceOfStation] { throw fault }
    func doors(of station: String) throws -> [DoorStanding] { throw fault }
    func quarantined(limit: Int) throws -> [QuarantinedLine] { throw fault }
}
