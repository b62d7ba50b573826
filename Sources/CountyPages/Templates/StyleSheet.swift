import Crypto
import LockerDomain

/// The one style sheet of all pages. Nothing in it is newer than Chromium 86; colours have a contrast of 4.5 to 1 or more.
enum StyleSheet {
    private static let nameBytes = 8

    static let bytes = Array((screen + tables + forms + paper).utf8)

    /// Its name changes with its content, so that browsers may keep it.
    static let name = "county-\(Hex.encode(SHA256.hash(data: bytes).prefix(nameBytes))).css"

    private static let screen = """
        * { box-sizing: border-box; }
        html { font-size: 16px; -webkit-text-size-adjust: 100%; }
        body { margin: 0; color: #1b1b1b; background: #ffffff; line-height: 1.5;
          font-family: "Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif; }
        a { color: #0b4f9e; }
        a:focus, button:focus, input:focus, select:focus, textarea:focus, summary:focus, .scroll:focus {
          outline: 3px solid #b35900; outline-offset: 2px; }
        ul, ol { margin: 0; padding: 0; }
        h1 { font-size: 1.5rem; line-height: 1.3; margin: 0.75rem 0; }
        h2 { font-size: 1.2rem; line-height: 1.3; margin: 1.5rem 0 0.5rem; }
        p { margin: 0.5rem 0; overflow-wrap: anywhere; }
        .skip { position: absolute; left: -9999px; }
        .skip:focus { left: 0.5rem; top: 0.5rem; padding: 0.5rem 1rem; background: #ffffff; z-index: 1; }
        .top { display: flex; flex-wrap: wrap; align-items: center; padding: 0.25rem 1rem; color: #ffffff;
          background: #123c5a; }
        .top a { color: #ffffff; display: inline-block; padding: 0.4rem 0.6rem; }
        .top li { display: inline-block; vertical-align: top; }
        .top li a { border-bottom: 3px solid transparent; }
        .top .county { margin: 0; flex: 1 1 auto; font-weight: bold; }
        .top .county a { padding-left: 0; text-decoration: none; }
        .top .reader { display: flex; flex-wrap: wrap; align-items: center; }
        .top form { margin: 0; }
        .top button { color: #ffffff; background: #123c5a; border: 1px solid #ffffff; padding: 0.3rem 0.75rem; }
        .top .menu { flex: 1 0 100%; border-top: 1px solid #7f9db3; margin-top: 0.25rem; }
        .top .menu ul { margin-left: -0.6rem; }
        .top [aria-current] { font-weight: bold; text-decoration: none; border-color: #ffffff; }
        .trail { padding: 0.5rem 1rem 0; }
        .trail li { display: inline; }
        .trail li + li::before { content: "/ "; }
        .trail a { display: inline-block; padding: 0.25rem 0; }
        main { padding: 0 1rem 1rem; max-width: 100rem; }
        main:focus { outline: none; }
        footer { padding: 0.5rem 1rem; border-top: 1px solid #767676; color: #4a4a4a; font-size: 0.875rem; }
        .links { margin: 0.5rem 0; }
        .links li { display: inline-block; margin: 0 0.75rem 0.25rem 0; }
        .links a { display: inline-block; padding: 0.3rem 0.75rem; border: 1px solid #0b4f9e; border-radius: 4px; }
        .screen a { display: inline-block; padding: 0.25rem 0.75rem 0.25rem 0; }
        .notice { margin: 0.75rem 0; padding: 0.25rem 1rem; border-left: 6px solid #4a4a4a; background: #ececec; }
        .notice.ok { border-color: #0f5a2c; background: #e6f4ea; color: #0f4a25; }
        .notice.warn { border-color: #8a5a00; background: #fff3d6; color: #5c3b00; }
        .notice.bad { border-color: #8c1414; background: #fde8e8; color: #7a1010; }
        .notice.unknown { color: #333333; }
        .tone { display: inline-block; white-space: nowrap; padding: 0 0.4rem; border-radius: 3px; border: 1px solid; }
        .tone.ok { color: #0f5a2c; background: #e6f4ea; }
        .tone.warn { color: #6b4300; background: #fff3d6; }
        .tone.bad { color: #8c1414; background: #fde8e8; font-weight: bold; }
        .tone.unknown { color: #3f3f3f; background: #f2f2f2; border-style: dashed; }
        .facts { margin: 0.75rem 0; }
        .facts > div { display: flex; flex-wrap: wrap; border-bottom: 1px solid #d6d6d6; padding: 0.25rem 0; }
        .facts > div { page-break-inside: avoid; break-inside: avoid; }
        .facts dt { flex: 0 0 12rem; color: #4a4a4a; }
        .facts dd { flex: 1 1 14rem; margin: 0; overflow-wrap: anywhere; }
        .note { color: #4a4a4a; font-size: 0.875rem; }
        figure { margin: 1rem 0; overflow-x: auto; }
        figure svg { display: block; max-width: 100%; height: auto; }
        figcaption { color: #4a4a4a; font-size: 0.875rem; }

        """

    private static let tables = """
        .table { margin: 1rem 0; }
        .scroll { overflow-x: auto; position: relative; }
        table { border-collapse: collapse; font-size: 0.9375rem; }
        caption { text-align: left; font-weight: bold; padding: 0.25rem 0; }
        th, td { border: 1px solid #c4c4c4; padding: 0.3rem 0.6rem; text-align: left; vertical-align: top;
          word-break: keep-all; }
        td a, tbody th a { white-space: nowrap; }
        td, tbody th { min-width: 4rem; }
        thead th { background: #e8eef3; white-space: nowrap; }
        thead th a { color: #123c5a; display: inline-block; min-width: 1.5rem; padding: 0.1rem 0; }
        tbody th { font-weight: normal; background: #ffffff; }
        tbody tr:nth-child(even) th, tbody tr:nth-child(even) td { background: #f7f9fb; }
        th.n, td.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        th.c, td.c { font-variant-numeric: tabular-nums; white-space: nowrap; }
        td.empty { color: #4a4a4a; }
        .arrow { padding-left: 0.25rem; }
        .notes { margin: 0.5rem 0 0.5rem 1.25rem; color: #4a4a4a; font-size: 0.875rem; }
        .under { display: flex; flex-wrap: wrap; align-items: baseline; font-size: 0.875rem; }
        .under > * { margin: 0.25rem 1.5rem 0.25rem 0; }
        .pages li, .files li { display: inline-block; }
        .pages a, .files a { display: inline-block; padding: 0.25rem 0.75rem 0.25rem 0; }
        summary { padding: 0.25rem 0; cursor: pointer; color: #0b4f9e; }
        .filter { display: flex; flex-wrap: wrap; align-items: flex-end; }
        .filter > p { margin: 0.25rem 1rem 0.25rem 0; }

        """

    private static let forms = """
        .form { margin: 1rem 0; padding: 0.25rem 1rem; max-width: 44rem; border: 1px solid #c4c4c4; border-radius: 4px; }
        .form h2 { margin-top: 0.5rem; }
        .field { margin: 0.75rem 0; }
        .field > label { display: block; font-weight: bold; }
        .required { font-weight: normal; color: #4a4a4a; }
        .hint { display: block; color: #4a4a4a; font-size: 0.875rem; }
        .fault { display: block; color: #8c1414; font-weight: bold; }
        .wrong { border-left: 4px solid #8c1414; padding-left: 0.75rem; }
        input, select, textarea, button { font: inherit; color: #1b1b1b; background: #ffffff; max-width: 100%;
          border: 1px solid #767676; border-radius: 3px; padding: 0.3rem 0.5rem; }
        .form input[type="text"], .form input[type="password"], .form select, .form textarea { width: 26rem; }
        .form[method="get"] { display: flex; flex-wrap: wrap; align-items: flex-end; max-width: none; }
        .form[method="get"] .field { margin: 0.25rem 1.5rem 0.25rem 0; }
        .form[method="get"] input[type="text"], .form[method="get"] select { width: 14rem; }
        input[type="checkbox"] { width: 1.5rem; height: 1.5rem; vertical-align: middle; }
        button { cursor: pointer; color: #ffffff; background: #0b4f9e; border-color: #0b4f9e; padding: 0.35rem 1.25rem; }
        button.danger { background: #8c1414; border-color: #8c1414; }
        @media (min-width: 60rem) { .ordinary .facts { columns: 26rem; column-gap: 2.5rem; } }
        @media (max-width: 60rem) {
          .scroll table { width: max-content; }
          td { max-width: 20rem; }
        }
        @media (max-width: 30rem) {
          .top, .trail, main, footer { padding-left: 0.75rem; padding-right: 0.75rem; }
          .facts dt { flex: 0 0 8rem; padding-right: 0.5rem; }
          .facts dd { flex: 1 1 10rem; }
          .form { padding: 0.25rem 0.75rem; }
          .form input[type="text"], .form input[type="password"], .form select, .form textarea { width: 100%; }
          input[type="file"] { width: 100%; }
          th, td { padding: 0.3rem 0.4rem; }
        }

        """

    private static let paper = """
        .paper .table table { font-size: 0.8125rem; }
        .paper main .county { font-weight: bold; }
        @page { size: A4; margin: 12mm; }
        @page across { size: A4 landscape; margin: 10mm; }
        @media print {
          html { font-size: 13px; }
          .skip, .top, .trail, .links, .under, .screen, .form, .form[method="get"] { display: none; }
          .scroll { overflow: visible; }
          main, footer { padding: 0; max-width: none; }
          a { color: #1b1b1b; text-decoration: none; }
          thead { display: table-header-group; }
          thead th a { color: #1b1b1b; }
          tr, figure { page-break-inside: avoid; }
          figure svg { max-height: 165mm; width: auto; }
          h1, h2, caption { page-break-after: avoid; }
          .wide body { page: across; }
          .scroll table { width: auto; }
          .wide table { width: 100%; }
          .sheets h2 { page-break-before: always; }
          .sheets h2:first-of-type { page-break-before: avoid; }
          .sheets main > h1, .sheets main > .county, .sheets main > .notice { display: none; }
          .wide .facts { columns: 2; column-gap: 2rem; }
          th, td, td a, tbody th a, .tone { word-break: normal; white-space: normal; overflow-wrap: anywhere; }
          .tone, .notice, thead th { -webkit-print-color-adjust: exact; }
          table, .paper .table table { font-size: 0.8rem; }
          th, td { padding: 0.15rem 0.3rem; }
        }

        """
}
