import CountyBooks

/// What the template of forms needs.
struct FormMarkup {
    private let form: Form
    /// Begins the ids of its fields; no two forms of a page share it.
    private let id: String
    private let frame: Frame
    private let language: Language

    init(_ form: Form, id: String, _ frame: Frame) {
        (self.form, self.id, self.frame, language) = (form, id, frame, frame.language)
    }

    var context: [String: Any] {
        var context: [String: Any] = [
            "id": id,
            "method": form.method.rawValue,
            "action": frame.href(form.action),
            "title": form.title?[language] ?? "",
            "hasTitle": form.title != nil,
            "fields": form.fields.enumerated().map { field($1, "\(id)-\($0)") },
            "note": form.note?[language] ?? "",
            "hasNote": form.note != nil,
            "submit": form.submit[language],
            "look": form.isDangerous ? "danger" : "plain",
            "hasFile": form.hasFile,
            "required": Words("（必填）", " (required)")[language],
        ]
        if form.method == .post {
            var own = [["name": PageServer.csrfField, "value": frame.csrf]]
            if let number = frame.openForm() { own.append(["name": PageServer.numberField, "value": number]) }
            context["own"] = own
        }
        return context
    }

    private func field(_ field: Field, _ id: String) -> [String: Any] {
        var described: [String] = []
        if field.hint != nil { described.append("\(id)-hint") }
        if field.fault != nil { described.append("\(id)-fault") }
        var context: [String: Any] = [
            "id": id,
            "name": field.name,
            "label": field.label[language],
            "value": field.value,
            "hint": field.hint?[language] ?? "",
            "hasHint": field.hint != nil,
            "fault": field.fault?[language] ?? "",
            "hasFault": field.fault != nil,
            "described": described.joined(separator: " "),
            "isDescribed": !described.isEmpty,
            "isRequired": field.isRequired,
        ]
        context.merge(kind(field)) { $1 }
        return context
    }

    private func kind(_ field: Field) -> [String: Any] {
        switch field.kind {
        case .text(let most): input("text", max: most)
        case .userName: input("text", max: CountyBooksLimits.rightsTextCharactersMax, autocomplete: "username")
        case .password(let isNew):
            input(
                "password",
                max: CountyBooksLimits.passwordCharactersMax,
                autocomplete: isNew ? "new-password" : "current-password",
                // What was typed never comes back.
                value: ""
            )
        case .number(let bounds):
            ["isNumber": true, "least": String(bounds.lowerBound), "most": String(bounds.upperBound)]
        case .date: input("date", max: 10)
        case .month: input("month", max: 7)
        case .select(let choices):
            [
                "isSelect": true,
                "choices": choices.map { choice -> [String: Any] in
                    [
                        "value": choice.value, "name": choice.name[language],
                        "isChosen": choice.value == field.value,
                    ]
                },
            ]
        case .file(let accept): ["isFile": true, "accept": accept]
        case .textArea(let rows, let most): ["isArea": true, "rows": String(rows), "most": String(most)]
        case .checkbox: ["isCheckbox": true, "isOn": field.value == Field.on, "on": Field.on]
        case .hidden: ["isHidden": true]
        }
    }

    private func input(_ type: String, max: Int, autocomplete: String? = nil, value: String? = nil) -> [String: Any] {
        var context: [String: Any] = ["isInput": true, "type": type, "most": String(max)]
        if let autocomplete {
            context["autocomplete"] = autocomplete
            context["hasAutocomplete"] = true
        }
        if let value { context["value"] = value }
        return context
    }
}
