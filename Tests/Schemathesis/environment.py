"""An environment of Python with the wheels of requirements.txt, below .build and so outside of what is committed."""

import hashlib, os, pathlib, shutil, subprocess, sys

HERE = pathlib.Path(__file__).resolve().parent
FOLDER = HERE.parent.parent / ".build/schemathesis-venv"
SECONDS = 420


def python():
    """Its interpreter. The environment is made anew when what has to be in it is another."""
    wanted = (HERE / "requirements.txt").read_bytes() + sys.version.encode() + str(FOLDER).encode()
    mark, name = FOLDER / "made-for", hashlib.sha256(wanted).hexdigest()
    found = FOLDER / "bin/python3"
    if mark.exists() and mark.read_text() == name:
        return found
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.parent.mkdir(parents=True, exist_ok=True)
    base = getattr(sys, "_base_executable", sys.executable)
    run([base, "-m", "venv", str(FOLDER)])
    options = ["--quiet", "--disable-pip-version-check", "--only-binary", ":all:"]
    run([str(found), "-m", "pip", "install", *options, "--requirement", str(HERE / "requirements.txt")])
    mark.write_text(name)
    return found


def run(command):
    """Runs it, and says what it said when it fails."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")


def enter():
    """Goes on in the environment with the same arguments, unless that is where this runs."""
    if pathlib.Path(sys.prefix).resolve() != FOLDER.resolve():
        wanted = str(python())
        os.execv(wanted, [wanted, *sys.argv])
