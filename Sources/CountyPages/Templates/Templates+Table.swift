extension Templates {
    /// A table in a region that scrolls, its pages, its filter and its files.
    static let tableText = """
        <div class="table" id="{{id}}">
        <div class="scroll" role="region" aria-label="{{region}}" tabindex="0">
        <table>
        <caption>{{caption}}</caption>
        <thead><tr>{{{head}}}</tr></thead>
        <tbody>
        {{{rows}}}{{#isEmpty}}<tr><td class="empty" colspan="{{columns}}">{{emptyText}}</td></tr>{{/isEmpty}}
        </tbody>
        </table>
        </div>
        {{#hasNotes}}
        <ul class="notes">
        {{#notes}}
        <li>{{.}}</li>
        {{/notes}}
        </ul>
        {{/hasNotes}}
        {{#hasTools}}
        <div class="under">
        <p class="count">{{count}}</p>
        {{#hasPages}}
        <nav class="pages" aria-label="{{pagerLabel}}"><ul>
        {{#pages}}
        <li><a href="{{href}}">{{name}}</a></li>
        {{/pages}}
        </ul></nav>
        {{/hasPages}}
        <details{{#isOpen}} open{{/isOpen}}>
        <summary>{{toolsName}}</summary>
        <form class="filter" method="get" action="{{action}}">
        {{#kept}}
        <input type="hidden" name="{{name}}" value="{{value}}">
        {{/kept}}
        <p class="field"><label for="{{filterID}}">{{filterLabel}}</label>
        <input type="text" id="{{filterID}}" name="{{filterName}}" value="{{filter}}" maxlength="{{filterMax}}"></p>
        <p class="field"><label for="{{sizeID}}">{{sizeLabel}}</label>
        <select id="{{sizeID}}" name="{{sizeName}}">
        {{#sizes}}
        <option value="{{value}}"{{#isChosen}} selected{{/isChosen}}>{{value}}</option>
        {{/sizes}}
        </select></p>
        <p><button type="submit">{{apply}}</button></p>
        </form>
        <ul class="files">
        {{#files}}
        <li><a href="{{href}}">{{name}}</a></li>
        {{/files}}
        </ul>
        </details>
        </div>
        {{/hasTools}}
        </div>

        """
}
