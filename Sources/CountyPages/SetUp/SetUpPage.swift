import CountyBooks

extension PageRoutes {
    static let setUp: [PageRoute] = [
        .page(PagePaths.setUp, .permission(.readSetUp)) { desk, request in
            SetUpPage(
                state: try desk.setUpState(),
                hasCode: !desk.settings.countyCode.isEmpty,
                canChange: request.may(.changeRegisters),
                language: request.language
            ).page
        }
    ]
}

/// The one page of an empty county: what is to be done, in which order, and how far it is.
struct SetUpPage {
    let state: SetUpState
    /// Whether the configuration has the county's 区划代码.
    let hasCode: Bool
    /// Whether the reader does the steps; else links lead to what is there.
    let canChange: Bool
    let language: Language

    static let link = PageLink(Words("建县步骤", "Setting up"), PagePaths.setUp)

    /// Reports name the county by its code.
    static let noCode = Words(
        "县的区划代码未设置，设置前不能关账或更正：请在服务器的 county.toml 中写 code（六位区划代码）和 name（县名），然后重启 county-server。",
        "The county's code is not set, and nothing is closed or corrected before it is: write its "
            + "administrative code (code, six digits) and its name in county.toml, and restart the server."
    )

    private static let today = PageLink(Words("今日", "Today"), PagePaths.today)

    var page: Page {
        let title = Words("建县步骤", "Setting up the county")
        guard let next = state.next else {
            let done = Words("五步都已完成。", "All five steps are done.")
            return Page(View(title, codeNotice + [.notice(done, .ok), .table(table, scope: "")]), links: [Self.today])
        }
        var parts = codeNotice
        let name = name(next)
        if state.isFinished {
            parts.append(
                .notice(
                    Words(
                        "可以开始使用；\(name.chinese)可以以后补。",
                        "The county works; \(name.english.lowercased()) can come later."
                    ),
                    .ok
                )
            )
        } else {
            parts.append(
                .notice(
                    Words(
                        "下一步：第 \(next.step) 步，\(name.chinese)。",
                        "Next: step \(next.step), \(name.english.lowercased())."
                    ),
                    .warn
                )
            )
        }
        parts.append(.table(table, scope: ""))
        guard canChange else { return Page(View(title, parts), links: state.isFinished ? [Self.today] : []) }
        parts.append(
            .text(
                Words(
                    "每一步：下载模板，在 Excel 或 WPS 中填写，另存为 CSV，再导入；也可逐条新增。导入可重复，已有的行会更新。",
                    "Each step: take the sheet, fill it in with an office program, keep it as CSV and load it; or add "
                        + "one after the other. A sheet may be loaded again: rows that are there are renewed."
                )
            )
        )
        return Page(View(title, parts), links: [action(next)] + (state.isFinished ? [Self.today] : []))
    }

    private var codeNotice: [View.Part] { hasCode ? [] : [.notice(Self.noCode, .bad)] }

    private var table: Table {
        Table(
            Words("步骤", "Steps"),
            columns: [
                Table.Column("step", "步骤", "Step", .number), Table.Column("what", "内容", "What"),
                Table.Column("state", "状态", "State", .state), Table.Column("count", "数量", "How many", .number),
                canChange
                    ? Table.Column("action", "办理", "Do it") : Table.Column("action", "查看", "Look at it"),
                Table.Column("template", "模板", "Sheet to fill in"),
            ],
            rows: SetUpState.Part.allCases.map { part in
                let (action, template) = (action(part), template(part))
                return [
                    .number(part.step), .text(name(part)[language]), stateCell(part), .number(state.count(part)),
                    .link(action.name[language], path: action.path),
                    template.map { .link(Words("下载模板", "Take it")[language], path: $0) } ?? .none,
                ]
            }
        )
    }

    private func stateCell(_ part: SetUpState.Part) -> Table.Cell {
        if state.isDone(part) { return .state(Words("已有", "there")[language], .ok) }
        return part == state.next
            ? .state(Words("下一步", "next")[language], .warn) : .state(Words("待办", "to do")[language], .unknown)
    }

    private func name(_ part: SetUpState.Part) -> Words {
        switch part {
        case .enrolment: Words("入网单", "Enrolment sheets")
        case .manifest: Words("预报单", "First manifest")
        case .township, .village, .operatorFirm, .site, .staff:
            RegisterKind(rawValue: part.rawValue)?.words ?? Words(part.rawValue, part.rawValue)
        }
    }

    private func action(_ part: SetUpState.Part) -> PageLink {
        let name = name(part)
        guard canChange else { return link(part) }
        switch part {
        case .enrolment: return PageLink(Words("制作入网单", "Make enrolment sheets"), PagePaths.enrolments)
        case .manifest: return PageLink(Words("导入预报单", "Load a manifest"), PagePaths.manifests)
        case .township, .village, .operatorFirm, .site, .staff:
            return PageLink(
                Words("导入\(name.chinese)", "Load \(name.english.lowercased())"),
                RegisterPaths.upload + LocalPath.path(part.rawValue)
            )
        }
    }

    /// What the county has of it.
    private func link(_ part: SetUpState.Part) -> PageLink {
        switch part {
        case .enrolment: EnrolmentPages.link
        case .manifest: ManifestPages.link
        case .township, .village, .operatorFirm, .site, .staff:
            RegisterKind(rawValue: part.rawValue)?.link ?? RegisterPages.link
        }
    }

    private func template(_ part: SetUpState.Part) -> String? {
        switch part {
        case .enrolment: nil
        case .manifest: ManifestPages.template
        case .township, .village, .operatorFirm, .site, .staff:
            RegisterKind(rawValue: part.rawValue).map(RegisterPaths.template)
        }
    }
}
