import CountyBooks

extension Page {
    /// The page with what its reader has to know of the books above all else, and in files and prints of its tables.
    ///
    /// - Parameter frozen: scopes of tables that are not read from the books.
    func noting(_ trouble: BooksTrouble?, but frozen: Set<String> = []) -> Page {
        guard let trouble else { return self }
        return adding(notice: trouble.words, .warn).marking(trouble.notice, but: frozen)
    }

    /// The page of which each file and print of a table says why figures are not whole; the page says so itself.
    func marking(_ notice: Words?, but frozen: Set<String> = []) -> Page {
        guard let notice else { return self }
        var page = self
        for (scope, _) in tables where !frozen.contains(scope) { page.incomplete[scope] = notice }
        return page
    }
}

extension Table {
    /// The table for a file, which is handed on without its page: why its figures are not whole stands in the first
    /// cell behind all rows, in both languages. In a workbook it is a note below the rows, where no filter hides it.
    func saying(_ notice: Words?, in format: FileFormat) -> Table {
        guard let notice else { return self }
        let both = Words(same: "\(notice.chinese) \(notice.english)")
        var table = self
        switch format {
        case .csv:
            let others = Array(repeating: Cell.none, count: max(0, columns.count - 1))
            table.rows.append([Cell.words(both)] + others)
        case .xlsx: table.notes.append(both)
        }
        return table
    }

    /// The table for a workbook, which says in a note below its rows what the page is about. A CSV has its name alone.
    func saying(_ subject: FileSubject, in format: FileFormat) -> Table {
        guard format == .xlsx, let note = subject.note else { return self }
        var table = self
        table.notes.append(note)
        return table
    }
}
