#!/usr/bin/python3
"""Runs ArgumentParser's generate-manual, and corrects what it leaves undone: manual.py GENERATOR PROGRAM SECTION DATE END.

It drops every character that is not ASCII: those travel through it as marks. It leaves .Ex without its argument, and
sentences on one line, of which mandoc complains. END is a file with the sections that no option of a program tells.
"""
import json
import os
import re
import subprocess
import sys
import tempfile

MARK = re.compile(r"@@([0-9a-f]+)@@")


def marked(text):
    return "".join(c if ord(c) < 128 else f"@@{ord(c):x}@@" for c in text)


def described(program):
    """What a program tells of its commands, without `help`, which every command has and lockerd has as its only one."""
    told = subprocess.run([program, "--experimental-dump-help"], check=True, stdout=subprocess.PIPE).stdout
    help_of = json.loads(told)
    waiting = [help_of["command"]]
    while waiting:
        command = waiting.pop()
        kept = [one for one in command.get("subcommands", []) if one["commandName"] != "help"]
        command["subcommands"] = kept
        if not kept:
            del command["subcommands"]
        waiting += kept
    return json.dumps(help_of, ensure_ascii=False)


def generate(generator, program, section, date):
    with tempfile.TemporaryDirectory() as folder:
        # The generator asks a program: this one answers with the marked text.
        answer, tool = os.path.join(folder, "answer"), os.path.join(folder, os.path.basename(program))
        with open(answer, "w", encoding="ascii") as file:
            file.write(marked(described(program)))
        with open(tool, "w", encoding="utf-8") as file:
            file.write(f"#!/bin/sh\nexec cat '{answer}'\n")
        os.chmod(tool, 0o700)
        subprocess.run(
            [generator, tool, "--section", section, "--date", date, "--output-directory", folder],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        with open(f"{tool}.{section}", encoding="ascii") as file:
            return MARK.sub(lambda match: chr(int(match.group(1), 16)), file.read())


def correct(page):
    lines = []
    for line in page.splitlines():
        if line.startswith('.Sh "EXIT STATUS"') or line.startswith(".Ex -std"):
            continue
        if not line.strip():
            line = ".Pp"
        if line.startswith("."):
            # A paragraph in front of the next item is none.
            if line.startswith((".It ", ".El")) and lines[-1] == ".Pp":
                lines.pop()
            lines.append(line)
            continue
        lines += re.sub(r"([.!?。]\)?) +(?=[^a-z ])", r"\1\n", line.rstrip()).split("\n")
    return "\n".join(lines) + "\n"


def main():
    generator, program, section, date, end = sys.argv[1:]
    page = correct(generate(generator, program, section, date))
    with open(end, encoding="utf-8") as file:
        sys.stdout.write(page + file.read())


main()
