"""Debian's Chromium without a window, and what is looked for on each of its pages."""

import base64, os, pathlib, tempfile, time

from selenium import webdriver
from selenium.common.exceptions import NoSuchElementException, WebDriverException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.print_page_options import PrintOptions
from selenium.webdriver.support.ui import Select

WIDTHS = (1280, 390)
HEIGHT = 844
SECONDS = 30
# The whole of a long page is a picture that nobody looks at.
PICTURE_HEIGHT = 6_000
# Nothing but the county is asked anything.
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --window-size=1280,844 --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync --disable-default-apps "
    "--no-default-browser-check --hide-scrollbars"
).split() + ["--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"]

AXE = """
    var done = arguments[arguments.length - 1];
    axe.run().then(function (found) {
        done(found.violations.map(function (one) {
            return one.id + " (" + one.nodes.length + ": " + one.nodes[0].html.slice(0, 160) + ")";
        }));
    }, function (error) { done(["axe: " + error]); });
"""
# What no page has: script of any kind, styles in elements, and a page wider than the screen.
SHAPE = """
    var wrong = [];
    if (document.scripts.length) wrong.push("a script");
    if (document.querySelector("iframe, object, embed, [style]")) wrong.push("a frame or a style of its own");
    Array.from(document.querySelectorAll("*")).forEach(function (one) {
        Array.from(one.attributes).forEach(function (attribute) {
            if (/^on/i.test(attribute.name)) wrong.push("a handler " + attribute.name);
        });
    });
    var root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) {
        wrong.push("wider than the screen: " + root.scrollWidth + " of " + root.clientWidth);
    }
    if (document.querySelectorAll("h1").length !== 1) wrong.push("not one h1");
    if (!document.title) wrong.push("no title");
    return wrong;
"""


class Browser:
    def __init__(self, county, checks, axe, shots=None, is_short=False):
        self.county, self.checks, self.axe, self.is_short = county, checks, axe, is_short
        self.shots = pathlib.Path(shots) if shots else None
        self.downloads = pathlib.Path(tempfile.mkdtemp(prefix="county-files."))
        options = webdriver.ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        for flag in FLAGS:
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        # Else it keeps no file under a Chinese name.
        service = Service("/usr/bin/chromedriver", env={**os.environ, "LC_ALL": "C.UTF-8"})
        self.driver = webdriver.Chrome(service=service, options=options)
        self.driver.set_page_load_timeout(SECONDS)
        self.driver.set_script_timeout(SECONDS)
        where = {"behavior": "allow", "downloadPath": str(self.downloads)}
        self.driver.execute_cdp_cmd("Browser.setDownloadBehavior", where)
        self.person, self.jars, self.looked, self.sources = None, {}, set(), {}
        self.width(WIDTHS[0])

    def close(self):
        try:
            self.driver.quit()
        except WebDriverException:
            # It is gone already.
            pass
        for file in self.downloads.iterdir():
            file.unlink()
        self.downloads.rmdir()

    # Going about

    def width(self, pixels):
        is_phone = pixels < 600
        size = {"width": pixels, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": is_phone}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)

    def open(self, path):
        self.driver.get(self.county.origin + path)
        return self.text()

    def become(self, person):
        """Goes on with the session of somebody else, or with none."""
        if self.person == person:
            return
        self.jars[self.person] = self.driver.execute_cdp_cmd("Network.getAllCookies", {})["cookies"]
        self.driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
        kept = ("name", "value", "domain", "path", "secure", "httpOnly", "sameSite")
        jar = [{name: cookie[name] for name in kept if name in cookie} for cookie in self.jars.get(person, [])]
        if jar:
            self.driver.execute_cdp_cmd("Network.setCookies", {"cookies": jar})
        self.person = person

    @property
    def cookies(self):
        found = self.driver.execute_cdp_cmd("Network.getAllCookies", {})["cookies"]
        return "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in found)

    @property
    def path(self):
        return self.driver.current_url[len(self.county.origin) :]

    def status(self):
        """Of HTTP, of the page that is shown."""
        return self.driver.execute_script("return performance.getEntriesByType('navigation')[0].responseStatus")

    def text(self):
        return self.driver.execute_script("return document.body.innerText")

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def follow(self, words):
        """Goes where a link of this name leads."""
        return self.click(self.driver.find_element(By.PARTIAL_LINK_TEXT, words))

    def has_link(self, words):
        return bool(self.driver.find_elements(By.PARTIAL_LINK_TEXT, words))

    # Forms

    def form(self, action):
        """The form of the page with this action."""
        for form in self.all("main form.form"):
            target = form.get_attribute("action")[len(self.county.origin) :].split("?")[0].split("#")[0]
            if target == action:
                return form
        raise NoSuchElementException(f"no form {action} on {self.path}")

    def fill(self, action, **values):
        """Fills in a form as a person would. A name is that of the field, with `_` for `-`."""
        form = self.form(action)
        for name, value in values.items():
            field = form.find_element(By.NAME, name.replace("_", "-"))
            kind = field.get_attribute("type")
            if field.tag_name == "select":
                Select(field).select_by_value(str(value))
            elif kind == "checkbox":
                if field.is_selected() != value:
                    field.click()
            elif kind == "file":
                field.send_keys(str(value))
            elif kind in ("date", "month"):
                self.driver.execute_script("arguments[0].value = arguments[1]", field, str(value))
            else:
                field.clear()
                field.send_keys(str(value))
        return form

    def send(self, action, **values):
        """Fills in a form, sends it, and gives the text of the page that comes."""
        return self.press(self.fill(action, **values))

    def press(self, form):
        return self.click(form.find_element(By.CSS_SELECTOR, "button[type=submit]"))

    def click(self, thing):
        """Clicks what leads to another page, and gives its text once it is there."""
        self.driver.execute_script("window.isOld = true")
        thing.click()
        is_there = "return !window.isOld && document.readyState === 'complete'"
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            try:
                if self.driver.execute_script(is_there):
                    return self.text()
            except WebDriverException:
                pass
            time.sleep(0.02)
        raise TimeoutError(f"no page came behind {self.path}")

    def body(self, action, **values):
        """What a form would send, without sending it."""
        form = self.fill(action, **values)
        script = "return new URLSearchParams(new FormData(arguments[0])).toString()"
        return self.driver.execute_script(script, form).encode()

    def facts(self):
        """Names and values of a page's facts."""
        script = """
            return Array.from(document.querySelectorAll(".facts > div")).map(function (one) {
                return Array.from(one.children).map(function (part) { return part.innerText.trim(); });
            });
        """
        return {parts[0]: parts[1] for parts in self.driver.execute_script(script)}

    def rows(self, table):
        """The rows of a table by the id of its frame, each a dictionary by column."""
        script = """
            return Array.from(document.querySelectorAll("#" + arguments[0] + " tr")).map(function (row) {
                return Array.from(row.cells).map(function (cell) { return cell.innerText.trim(); });
            });
        """
        head, *rows = self.driver.execute_script(script, table) or [[]]
        names = [name.rstrip("▲▼") for name in head]
        return [dict(zip(names, row)) for row in rows if len(row) == len(names)]

    def download(self, link):
        """Clicks a link to a file, and gives its name and bytes."""
        for old in self.downloads.iterdir():
            old.unlink()
        link.click()
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            names = os.listdir(self.downloads)
            if names and not any(name.endswith(".crdownload") or name.startswith(".") for name in names):
                return names[0], (self.downloads / names[0]).read_bytes()
            time.sleep(0.05)
        raise TimeoutError(f"no file came of {link.text}")

    # Looking

    def look(self, name, status=200):
        """Looks at the page that is shown, at both widths: no violation of axe-core's default rules, nothing in the
        console, nothing wider than the screen; and keeps pictures of it."""
        wrong = []
        found = self.status()
        if found != status:
            wrong.append(f"status {found}")
        wrong += [f"console: {line}" for line in self.console()]
        self.sources[name] = self.driver.page_source
        # In a short run each kind of page is looked at once, and all of them for what costs nothing.
        parts = [part for part in self.path.split("?")[0].split("/") if part]
        is_named = parts[:1] in (["stations"], ["villages"], ["parcels"], ["accounts"], ["once"], ["reports"])
        kind = ("/".join(parts[:1] + ["*"] + parts[2:]) if is_named and len(parts) > 1 else "/".join(parts[:2]), status)
        if status != 200:
            kind = (status,)
        is_whole = not self.is_short or kind not in self.looked
        self.looked.add(kind)
        for width in WIDTHS:
            if not is_whole:
                break
            self.width(width)
            if self.shots:
                self.picture(f"{name} {width}")
            if width == WIDTHS[0]:
                self.driver.execute_script("document.querySelectorAll('details').forEach(one => { one.open = true; })")
                if self.axe is None:
                    self.checks.skipped += 1
                else:
                    self.driver.execute_script(self.axe)
            wrong += [f"{width} px: {one}" for one in self.driver.execute_script(SHAPE)]
            if self.axe is not None:
                wrong += [f"{width} px: {one}" for one in self.driver.execute_async_script(AXE)]
        self.width(WIDTHS[0])
        wrong += [f"console: {line}" for line in self.console()]
        self.checks.that(f"page {name}", not wrong, " | ".join(wrong))

    def console(self):
        """What the console says, but for the status of pages, which is looked at by itself."""
        lines = [line["message"] for line in self.driver.get_log("browser") if line["level"] in ("SEVERE", "WARNING")]
        said = " - Failed to load resource: the server responded with a status of "
        return [line for line in lines if said not in line or "/static/" in line]

    def picture(self, name):
        size = self.driver.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
        clip = {"x": 0, "y": 0, "scale": 1, "width": size["width"], "height": min(size["height"], PICTURE_HEIGHT)}
        options = {"format": "png", "captureBeyondViewport": True, "clip": clip}
        data = self.driver.execute_cdp_cmd("Page.captureScreenshot", options)["data"]
        self.keep(f"{name}.png", base64.b64decode(data))

    def print(self, name):
        """The page as PDF, as the browser prints it on the paper that its style sheet asks for."""
        options = PrintOptions()
        options.page_width, options.page_height, options.background = 21.0, 29.7, True
        data = base64.b64decode(self.driver.print_page(options))
        self.keep(f"{name}.pdf", data)
        return data

    def keep(self, name, data):
        if self.shots:
            self.shots.mkdir(parents=True, exist_ok=True)
            (self.shots / name.replace("/", "-").replace(" ", "-")).write_bytes(data)
