import StationCore
import StationPorts

/// A recovery of the running program: a crash takes it, what was folded in stays.
final class Recovery {
    /// Run of the program.
    let run: Int
    /// Where the journal ended when the loss was seen: the county has to have that first.
    let end: Position
    /// Lines of one page.
    let pageLines: Int
    /// From the county's list on; an answer that is lost begins it anew.
    var course: RecoveryCourse?

    init(run: Int, end: Position, pageLines: Int) {
        (self.run, self.end, self.pageLines) = (run, end, pageLines)
    }
}
