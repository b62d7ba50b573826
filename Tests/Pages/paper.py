"""What a printed page holds."""

import re, subprocess

SECONDS = 20


def pdf_text(data):
    done = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, timeout=SECONDS, check=True)
    return done.stdout.decode("utf-8")


def pdf_pages(data):
    """Width and height of each page of a PDF, in points."""
    command = ["pdfinfo", "-l", "999", "-"]
    done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=True)
    sizes = re.findall(r"Page +[0-9]+ size: +([0-9.]+) x ([0-9.]+)", done.stdout.decode("utf-8"))
    return [(round(float(width)), round(float(height))) for width, height in sizes]


def squeezed(text):
    return "".join(text.split())
