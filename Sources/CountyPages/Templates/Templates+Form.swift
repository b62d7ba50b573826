extension Templates {
    /// A form: each field with its label, how to write it, and what is wrong with it.
    static let formText = """
        <form class="form" method="{{method}}" action="{{action}}"{{#hasFile}} enctype="multipart/form-data"{{/hasFile}}>
        {{#hasTitle}}
        <h2>{{title}}</h2>
        {{/hasTitle}}
        {{#own}}
        <input type="hidden" name="{{name}}" value="{{value}}">
        {{/own}}
        {{#fields}}
        {{#isHidden}}
        <input type="hidden" name="{{name}}" value="{{value}}">
        {{/isHidden}}
        {{^isHidden}}
        <div class="field{{#hasFault}} wrong{{/hasFault}}">
        {{^isCheckbox}}
        <label for="{{id}}">{{label}}{{#isRequired}}<span class="required">{{required}}</span>{{/isRequired}}</label>
        {{/isCheckbox}}
        {{#isInput}}
        <input type="{{type}}" id="{{id}}" name="{{name}}" value="{{value}}" maxlength="{{most}}"\
        {{#hasAutocomplete}} autocomplete="{{autocomplete}}"{{/hasAutocomplete}}{{#isRequired}} required{{/isRequired}}\
        {{#isDescribed}} aria-describedby="{{described}}"{{/isDescribed}}{{#hasFault}} aria-invalid="true"{{/hasFault}}>
        {{/isInput}}
        {{#isNumber}}
        <input type="number" id="{{id}}" name="{{name}}" value="{{value}}" min="{{least}}" max="{{most}}"\
        {{#isRequired}} required{{/isRequired}}\
        {{#isDescribed}} aria-describedby="{{described}}"{{/isDescribed}}{{#hasFault}} aria-invalid="true"{{/hasFault}}>
        {{/isNumber}}
        {{#isFile}}
        <input type="file" id="{{id}}" name="{{name}}" accept="{{accept}}"{{#isRequired}} required{{/isRequired}}\
        {{#isDescribed}} aria-describedby="{{described}}"{{/isDescribed}}{{#hasFault}} aria-invalid="true"{{/hasFault}}>
        {{/isFile}}
        {{#isSelect}}
        <select id="{{id}}" name="{{name}}"{{#isRequired}} required{{/isRequired}}\
        {{#isDescribed}} aria-describedby="{{described}}"{{/isDescribed}}{{#hasFault}} aria-invalid="true"{{/hasFault}}>
        {{#choices}}
        <option value="{{value}}"{{#isChosen}} selected{{/isChosen}}>{{name}}</option>
        {{/choices}}
        </select>
        {{/isSelect}}
        {{#isArea}}
        <textarea id="{{id}}" name="{{name}}" rows="{{rows}}" maxlength="{{most}}"{{#isRequired}} required{{/isRequired}}\
        {{#isDescribed}} aria-describedby="{{described}}"{{/isDescribed}}{{#hasFault}} aria-invalid="true"{{/hasFault}}>
        {{value}}</textarea>
        {{/isArea}}
        {{#isCheckbox}}
        <span class="check"><input type="checkbox" id="{{id}}" name="{{name}}" value="{{on}}"{{#isOn}} checked{{/isOn}}\
        {{#isDescribed}} aria-describedby="{{described}}"{{/isDescribed}}>
        <label for="{{id}}">{{label}}</label></span>
        {{/isCheckbox}}
        {{#hasHint}}
        <span class="hint" id="{{id}}-hint">{{hint}}</span>
        {{/hasHint}}
        {{#hasFault}}
        <span class="fault" id="{{id}}-fault">{{fault}}</span>
        {{/hasFault}}
        </div>
        {{/isHidden}}
        {{/fields}}
        {{#hasNote}}
        <p class="note">{{note}}</p>
        {{/hasNote}}
        <p><button type="submit" class="{{look}}">{{submit}}</button></p>
        </form>

        """
}
