"""What the parts of the tests share: the county, the browser, who may log in, the stations, and the days."""

import datetime, pathlib, shutil, tempfile, time

from county import County
from made_up import CHINA, moment

# Log-in name: role, the person's name, more of the form.
PEOPLE = {
    "wang": ("clerk", "王文员", {}),
    "chen": ("clerk", "陈文员", {}),
    "zhao": ("dispatcher", "赵调度", {}),
    "sun": ("inspector", "孙检查", {}),
    "qian": ("carrier", "钱顺丰", {"brands": "SF"}),
    "feng": ("operatorFirm", "冯共配", {"firm": "阳城县共配中心"}),
}
ADMIN = "li"


class Stage:
    def __init__(self, program, checks, is_short):
        self.checks, self.is_short = checks, is_short
        self.county = County(program)
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="county-sheets."))
        self.browser = None
        self.passwords, self.sheets, self.tokens, self.stations = {}, {}, {}, {}
        self.now = int(time.time() * 1000)
        self.today = datetime.datetime.fromtimestamp(self.now / 1000, CHINA).date()
        self.last = self.today.replace(day=1) - datetime.timedelta(days=1)
        self.first = self.last.replace(day=1)
        self.month = f"{self.last:%Y-%m}"

    @property
    def days(self):
        """The days of the month that is over."""
        return [self.first + datetime.timedelta(days=number) for number in range(self.last.day)]

    @property
    def days_since(self):
        """The days of this month that are over."""
        return [self.today.replace(day=number) for number in range(1, self.today.day)]

    def of_today(self, share):
        """A moment of today that has passed, by its share of the time since midnight."""
        start = moment(self.today, 0)
        return start + int((self.now - start) * share)

    def sheet(self, name, data):
        path = self.folder / name
        path.write_bytes(data)
        return path

    def log_in(self, person, password=None):
        browser = self.browser
        browser.become(person)
        browser.open("/login")
        return browser.send("/login", name=person, password=password or self.passwords[person])

    def as_(self, person, path=None):
        """Goes on as somebody who is logged in already."""
        self.browser.become(person)
        return self.browser.open(path) if path else None

    def close(self):
        try:
            if self.browser:
                self.browser.close()
        finally:
            self.county.close()
            shutil.rmtree(self.folder, ignore_errors=True)
