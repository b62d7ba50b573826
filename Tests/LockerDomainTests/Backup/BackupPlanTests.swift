import LockerDomain
import Testing

@Suite("How a backup is brought up to date")
struct BackupPlanTests {
    private func facts(_ change: (inout BackupPlan.Facts) -> Void = { _ in }) -> BackupPlan {
        var facts = BackupPlan.Facts(end: JournalPosition(generation: 2, sequence: 40))
        change(&facts)
        return BackupPlan(facts)
    }

    @Test("nothing new: nothing is written")
    func none() { #expect(facts() == .none) }

    @Test("a journal without a line needs no backup")
    func empty() { #expect(BackupPlan(.init(end: nil)) == .none) }

    @Test("lines behind the end, another front, other snapshots: they are added in place")
    func append() {
        #expect(facts { $0.journalEnd = JournalPosition(generation: 2, sequence: 41) } == .append)
        #expect(facts { $0.journalEnd = JournalPosition(generation: 3, sequence: 1) } == .append)
        #expect(facts { $0.hasChanged = true } == .append)
    }

    @Test("what does not fit is copied as a whole, and kept where it may hold what the journal does not")
    func full() {
        let plans: [(BackupPlan, keepsOld: Bool)] = [
            (facts { $0.backupEnd = nil }, false),
            (facts { $0.holdsFront = false }, false),
            (facts { $0.isSameVersion = false }, false),
            (facts { $0.isSameJournal = false }, true),
            (facts { $0.journalEnd = JournalPosition(generation: 2, sequence: 39) }, true),
            (facts { $0.journalEnd = JournalPosition(generation: 1, sequence: 99) }, true),
            (facts { $0.holdsEnd = false }, true),
        ]
        for (plan, keepsOld) in plans {
            guard case .full(let cause) = plan else {
                Issue.record("\(plan)")
                continue
            }
            #expect(cause.keepsOld == keepsOld, "\(cause)")
        }
    }

    @Test("a backup whose end was removed from the front since lay in a drawer for long: its journal is the same")
    func outrun() {
        #expect(
            facts {
                ($0.holdsEnd, $0.prunedThrough) = (false, 40)
                $0.journalEnd = JournalPosition(generation: 2, sequence: 90_000)
            } == .full(.outrun)
        )
        #expect(
            facts {
                ($0.holdsEnd, $0.prunedThrough) = (false, 39)
                $0.journalEnd = JournalPosition(generation: 2, sequence: 90_000)
            } == .full(.forked)
        )
    }

    @Test("every fault names the thing and the fix in English and Chinese")
    func words() {
        for code in BackupFault.Code.allCases {
            let text = BackupFault(code, "/media/stick", "cause").description
            #expect(text.contains("/media/stick") && text.contains("cause"))
            #expect(text.contains { ("\u{4E00}"..."\u{9FFF}").contains($0) } && text.contains(":"))
        }
    }
}
