"""A county server of its own on the loopback interface, with a root of its own."""

import pathlib, re, shutil, signal, subprocess, tempfile, time, urllib.error, urllib.request

SECONDS = 30


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


OPENER = urllib.request.build_opener(NoRedirect)


class County:
    def __init__(self, program, name="阳城县", code="999900", more=""):
        self.program, self.name = str(program), name
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="county-pages."))
        (self.root / "etc/county-server").mkdir(parents=True)
        text = f'name = "{name}"\ncode = "{code}"\nport = 0\nhost = "127.0.0.1"\n{more}'
        (self.root / "etc/county-server/county.toml").write_text(text, encoding="utf-8")
        self.process, self.origin, self.log = None, None, self.root / "log"

    def start(self, port=0):
        with open(self.log, "ab") as log:
            command = [self.program, "serve", "--root", str(self.root), "--port", str(port)]
            self.process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        end = time.monotonic() + SECONDS
        while time.monotonic() < end and self.process.poll() is None:
            found = re.findall(r"listening on (http://127\.0\.0\.1:[0-9]+)", self.log.read_text("utf-8", "replace"))
            if found:
                self.origin = found[-1]
                return
            time.sleep(0.05)
        raise RuntimeError(f"county-server does not listen: {self.log.read_text('utf-8', 'replace')[-2000:]}")

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process = None

    def close(self):
        self.stop()
        shutil.rmtree(self.root, ignore_errors=True)

    def command(self, *arguments):
        """What a command of the server prints; it has to end well."""
        done = subprocess.run(
            [self.program, *arguments, "--root", str(self.root)],
            capture_output=True, text=True, timeout=SECONDS, encoding="utf-8",
        )
        if done.returncode != 0:
            raise RuntimeError(f"county-server {' '.join(arguments)}: {done.stdout}{done.stderr}")
        return done.stdout

    def ask(self, path, cookies="", body=None, kind="application/x-www-form-urlencoded"):
        """One exchange without a browser: status, headers, bytes. It goes to no other page by itself."""
        headers = {"cookie": cookies, **({"content-type": kind} if body is not None else {})}
        request = urllib.request.Request(self.origin + path, data=body, headers=headers)
        try:
            answer = OPENER.open(request, timeout=SECONDS)
        except urllib.error.HTTPError as error:
            answer = error
        return answer.status, {name.lower(): value for name, value in answer.headers.items()}, answer.read()

    def faults(self):
        """What the server's log says of errors of its own."""
        text = self.log.read_text("utf-8", "replace")
        return [line for line in text.splitlines() if re.search(r": fault [0-9a-f]{8}:|Fatal|Illegal|crash", line)]


