"""axe-core's script, which looks for what keeps people from using a page. It comes inside a wheel of PyPI and is kept
outside of the tree; only the one file is used."""

import os, pathlib, subprocess, sys, tempfile, zipfile

WHEEL = "axe-playwright-python==0.1.8"
SHA256 = "fdd263c998388f1a8e67cad02677e612d946248bd44d163be5e8650ea31f95f8"
SCRIPT = "axe_playwright_python/axe.min.js"
SECONDS = 120


def script():
    """Its text, fetched once."""
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "villagelocker"
    kept = cache / f"axe-{SHA256[:16]}.min.js"
    if kept.exists():
        return kept.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        wanted = pathlib.Path(folder) / "wanted.txt"
        wanted.write_text(f"{WHEEL} --hash=sha256:{SHA256}\n")
        arguments = ["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes"]
        arguments += ["--only-binary", ":all:", "--dest", folder, "--requirement", str(wanted)]
        subprocess.run([sys.executable, *arguments], check=True, timeout=SECONDS)
        (wheel,) = pathlib.Path(folder).glob("*.whl")
        text = zipfile.ZipFile(wheel).read(SCRIPT)
        cache.mkdir(parents=True, exist_ok=True)
        whole = kept.with_suffix(f".{os.getpid()}")
        whole.write_bytes(text)
        whole.rename(kept)
    return text.decode("utf-8")
