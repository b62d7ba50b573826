import CountyBooks

extension Terminal {
    /// Prints what a page shows, as aligned columns; pictures are for pages.
    static func view(_ view: View) {
        print("\(view.title.chinese) \(view.title.english)")
        for part in view.parts {
            switch part {
            case .heading(let words): print("\n\(words.chinese) \(words.english)")
            case .text(let words), .notice(let words, _): print("\(words.chinese) \(words.english)")
            case .facts(let facts):
                table(
                    facts.map { fact in
                        let note = fact.note.map { "  (\($0.chinese) \($0.english))" } ?? ""
                        return (name: "\(fact.name.chinese) \(fact.name.english)", value: fact.value.text() + note)
                    }
                )
            case .table(let table, _): rows(table)
            case .plot, .bars: break
            }
        }
    }

    private static func rows(_ table: Table) {
        guard !table.rows.isEmpty else { return print("– 无 none") }
        let lines = [table.columns.map(\.header.chinese)] + table.rows.map { $0.map { $0.text() } }
        let widths = table.columns.indices.map { index in lines.map { columns($0[index]) }.max() ?? 0 }
        for line in lines {
            print(zip(line, widths).map { pad($0, $1) }.joined(separator: "  "))
        }
        for note in table.notes { print("\(note.chinese) \(note.english)") }
    }
}
