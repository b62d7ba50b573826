#!/usr/bin/env python3
"""Checks the golden event lines against their JSON Schemas, and that the schemas refuse what they should.

Usage: validate_schemas.py [file …]
Each file is lines of events or a batch; every line is checked too. Needs python3-jsonschema (Debian) or jsonschema.
"""

import copy
import json
import sys
import warnings
from pathlib import Path

from jsonschema import Draft202012Validator

HERE = Path(__file__).resolve().parent
GOLDEN = HERE / "Golden"
SCHEMAS = HERE.parent.parent / "Sources" / "SyncWire" / "Schemas"
PREFIX, SUFFIX = "dev.villagelocker.", ".v1"


def load_validators():
    """One validator a type; `envelope.json` is found by its `$id`."""
    schemas = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(SCHEMAS.glob("*.json"))}
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
    try:
        from referencing import Registry, Resource

        registry = Registry().with_resources((s["$id"], Resource.from_contents(s)) for s in schemas.values())
        make = lambda schema: Draft202012Validator(schema, registry=registry)
    except ImportError:  # python3-jsonschema before 4.18
        from jsonschema import RefResolver

        store = {schema["$id"]: schema for schema in schemas.values()}
        make = lambda schema: Draft202012Validator(schema, resolver=RefResolver.from_schema(schema, store=store))
    return {name: make(schema) for name, schema in schemas.items() if name != "envelope"}, schemas["envelope"]


class Tally:
    """Counts checks and prints those that failed."""

    def __init__(self):
        self.passed = self.failed = 0

    def check(self, holds, text):
        if holds:
            self.passed += 1
        else:
            self.failed += 1
            print("FAILED", text)

    def accepts(self, validator, event, text):
        errors = sorted(validator.iter_errors(event), key=lambda error: list(map(str, error.path)))
        detail = "; ".join(f"{'/'.join(map(str, e.path))}: {e.message}" for e in errors[:3])
        self.check(not errors, f"{text}: {detail}")

    def refuses(self, validator, event, text):
        self.check(not validator.is_valid(event), f"{text}: accepted")


def changed(event, change):
    copied = copy.deepcopy(event)
    change(copied)
    return copied


def check_envelope(tally, validator, envelope, event, name):
    for field in envelope["required"]:
        tally.refuses(validator, changed(event, lambda e: e.pop(field)), f"{name} without {field}")
    tally.refuses(validator, changed(event, lambda e: e.update(surprise=1)), f"{name} with an unknown attribute")
    bad = {
        "specversion": "0.3", "id": "1", "source": "yc", "time": "2026-05-12T00:31:07Z", "sequence": "1",
        "clock": "sundial", "uptimems": "-1", "bootid": "", "type": "dev.villagelocker.door.danced.v1", "data": [],
    }
    for field, value in bad.items():
        tally.refuses(validator, changed(event, lambda e: e.update({field: value})), f"{name} with {field} {value!r}")


def fields(rule, envelope, path=("data",)):
    """The rule itself and all below it, each with its path; shared shapes are looked up in the envelope."""
    while "$ref" in rule:
        rule = envelope["$defs"][rule["$ref"].rsplit("/", 1)[1]]
    yield path, rule
    for field, inner in rule.get("properties", {}).items():
        yield from fields(inner, envelope, path + (field,))


def at(event, path):
    for field in path:
        event = event[field]
    return event


def check_data(tally, validator, envelope, event, name):
    for path, rule in fields(validator.schema["properties"]["data"], envelope):
        if "properties" in rule:
            check_object(tally, validator, event, name, path, rule)


def check_object(tally, validator, event, name, path, rule):
    """Every field is known and has a type; what is required is missed, what is optional is not."""
    where, properties = "/".join(path), rule["properties"]
    required = rule.get("required", [])
    tally.refuses(validator, changed(event, lambda e: at(e, path).update(surprise=1)), f"{name} with unknown {where}")
    for field in required:
        without = changed(event, lambda e: at(e, path).pop(field))
        tally.refuses(validator, without, f"{name} without {where}.{field}")
    for field in properties:
        for value in (None, [[]], 1.5):
            wrong = changed(event, lambda e: at(e, path).update({field: value}))
            tally.refuses(validator, wrong, f"{name} with {where}.{field} {value!r}")
    if "maxProperties" in rule:  # one of several
        tally.refuses(validator, changed(event, lambda e: at(e, path).clear()), f"{name} with empty {where}")
        return
    optional = set(properties) - set(required)
    tally.check(set(at(event, path)) == set(properties), f"{name}: the golden line has not every field of {where}")
    tally.check(bool(required) or not properties, f"{name}: the schema requires nothing of {where}")
    needed = {other for others in rule.get("dependentRequired", {}).values() for other in others}
    for field in optional:
        expect = tally.refuses if field in needed else tally.accepts
        expect(validator, changed(event, lambda e: at(e, path).pop(field)), f"{name} without {where}.{field}")
    bare = changed(event, lambda e: [at(e, path).pop(field) for field in optional])
    tally.accepts(validator, bare, f"{name} with required {where} only")


def check_ranges(tally, validator, envelope, event, name):
    """Every bound of a number and every list of values is sharp."""
    for path, rule in fields(validator.schema["properties"]["data"], envelope):
        where, put = "/".join(path), lambda value: changed(event, lambda e: at(e, path[:-1]).update({path[-1]: value}))
        if "maximum" in rule:
            for value in (rule["minimum"], rule["maximum"]):
                tally.accepts(validator, put(value), f"{name} with {where} {value}")
            for value in (rule["minimum"] - 1, rule["maximum"] + 1):
                tally.refuses(validator, put(value), f"{name} with {where} {value}")
        for value in rule.get("enum", []):
            tally.accepts(validator, put(value), f"{name} with {where} {value}")
        if "enum" in rule:
            tally.refuses(validator, put("surprise"), f"{name} with {where} surprise")


def check_golden(tally, validators, envelope):
    golden = {path.stem: path for path in sorted(GOLDEN.glob("*.json"))}
    tally.check(set(golden) == set(validators), f"without a pair: {sorted(set(golden) ^ set(validators))}")
    for name, validator in validators.items():
        if name not in golden:
            continue
        event = json.loads(golden[name].read_bytes())
        tally.check(validator.schema["$id"].endswith(f"/{name}.json"), f"{name}: $id names another file")
        tally.accepts(validator, event, name)
        check_envelope(tally, validator, envelope, event, name)
        check_data(tally, validator, envelope, event, name)
        check_ranges(tally, validator, envelope, event, name)


def check_file(tally, validators, path):
    for number, line in enumerate(Path(path).read_text("utf-8").split("\n"), 1):
        line = line.rstrip(",")
        if line in ("", "[", "]"):
            continue
        event = json.loads(line)
        name = event["type"].removeprefix(PREFIX).removesuffix(SUFFIX)
        if name in validators:
            tally.accepts(validators[name], event, f"{path}:{number} {name}")
        else:
            tally.check(False, f"{path}:{number}: no schema for {event['type']}")


def main():
    warnings.simplefilter("ignore", DeprecationWarning)
    tally = Tally()
    validators, envelope = load_validators()
    check_golden(tally, validators, envelope)
    for path in sys.argv[1:]:
        check_file(tally, validators, path)
    print(f"{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
