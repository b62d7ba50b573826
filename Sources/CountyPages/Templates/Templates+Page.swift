extension Templates {
    /// The frame of every page.
    static let pageText = """
        <!DOCTYPE html>
        <html lang="{{lang}}" class="{{layout}}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{{title}} – {{county}}</title>
        <link rel="stylesheet" href="{{styles}}">
        <link rel="icon" href="data:,">
        </head>
        <body>
        {{#isOrdinary}}
        <a class="skip" href="#content">{{skip}}</a>
        <header class="top">
        <p class="county"><a href="{{home}}">{{county}} · {{system}}</a></p>
        <nav class="languages" aria-label="{{languageLabel}}"><ul>
        {{#languages}}
        <li><a href="{{href}}" lang="{{tag}}" hreflang="{{tag}}"{{#isCurrent}} aria-current="true"{{/isCurrent}}>{{name}}</a></li>
        {{/languages}}
        </ul></nav>
        {{#hasReader}}
        <div class="reader">
        <span>{{readerLabel}} {{reader}}</span>
        <a href="{{password}}">{{passwordName}}</a>
        <form method="post" action="{{logOut}}">
        <input type="hidden" name="{{csrfField}}" value="{{logOutToken}}"><button type="submit">{{logOutName}}</button>
        </form>
        </div>
        {{/hasReader}}
        {{#hasMenu}}
        <nav class="menu" aria-label="{{menuLabel}}"><ul>
        {{#menu}}
        <li><a href="{{href}}"{{#isCurrent}} aria-current="page"{{/isCurrent}}>{{name}}</a></li>
        {{/menu}}
        </ul></nav>
        {{/hasMenu}}
        </header>
        {{#hasTrail}}
        <nav class="trail" aria-label="{{trailLabel}}"><ol>
        {{#trail}}
        <li><a href="{{href}}">{{name}}</a></li>
        {{/trail}}
        </ol></nav>
        {{/hasTrail}}
        {{/isOrdinary}}
        <main id="content" tabindex="-1">
        {{#isPaper}}
        <p class="screen">{{#ways}}<a href="{{href}}">{{name}}</a> {{/ways}}{{printHint}}</p>
        <p class="county">{{county}}</p>
        {{/isPaper}}
        <h1>{{title}}</h1>
        {{#hasLinks}}
        <ul class="links">
        {{#links}}
        <li><a href="{{href}}">{{name}}</a></li>
        {{/links}}
        </ul>
        {{/hasLinks}}
        {{{body}}}
        </main>
        <footer>
        <p>{{county}} · {{made}} {{time}}{{#hasReader}} · {{readerLabel}} {{reader}}{{/hasReader}}</p>
        </footer>
        </body>
        </html>

        """
}
