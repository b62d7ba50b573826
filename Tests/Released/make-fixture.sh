#!/bin/bash
# Keeps the books of a day that the real programs of one version have played, for the tests of every later version:
#
#   Tests/Released/make-fixture.sh .build/release
#
# Run it once for each release, with the programs of that release, and commit the folder that it makes. A folder is never
# made anew: what was released is as it is. The tests find every folder by themselves.
set -euo pipefail

programs=$(realpath "${1:?folder with lockerd, lockerctl, county-server and recorded-day}")
for program in lockerd lockerctl county-server recorded-day; do
    if [[ ! -x $programs/$program ]]; then
        echo "$programs/$program is missing: build it first (swift build -c release --product $program)" >&2
        exit 1
    fi
done
version=$("$programs/lockerd" --version)
folder=$(dirname "$(realpath "$0")")/$version
if [[ -e $folder ]]; then
    echo "$folder is there already: what was released stays as it is" >&2
    exit 1
fi
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
"$programs/recorded-day" play --speed 1500 --outage 5 --programs "$programs" --root "$root" >"$root/play.log" ||
    { tail -5 "$root/play.log" >&2; exit 1; }
mkdir "$folder"
trap 'rm -rf "$root" "$folder"' ERR
python3 - "$root/var/lib" "$folder" "$version" <<'PYTHON'
import gzip, json, pathlib, sqlite3, sys

root, folder, version = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
BYTES_MAX = 60_000

def keep(path):
    """Packs a database, with what its WAL held, without a date."""
    database = sqlite3.connect(path)
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    packed = gzip.compress(path.read_bytes(), 9, mtime=0)
    assert len(packed) <= BYTES_MAX, f"{path}: {len(packed)} bytes"
    (folder / f"{path.name}.gz").write_bytes(packed)
    return database

def hexed(*names):
    return {name: (root.joinpath(*place) / name).read_bytes().hex() for *place, name in names}

journal = keep(root / "lockerd/journal.sqlite")
inside, types = {}, {}
for (line,) in journal.execute("SELECT bytes FROM event ORDER BY position"):
    event = json.loads(line)
    kind = event["type"].removeprefix("dev.villagelocker.").removesuffix(".v1")
    types[kind] = types.get(kind, 0) + 1
    if kind == "parcel.stored":
        place = event["data"]["place"]
        inside[event["data"]["waybill"]] = place.get("door") or place["shelf"]
    if kind in ("parcel.collected", "parcel.returned"):
        del inside[event["data"]["waybill"]]
position, line_hash = journal.execute("SELECT position, hash FROM event ORDER BY position DESC LIMIT 1").fetchone()
county = keep(root / "county-server/county.sqlite")
one = lambda sql: county.execute(sql).fetchone()[0]
facts = {
    "version": version,
    "station": one("SELECT id FROM station"),
    "journal": {
        "generation": position >> 40, "sequence": position & ((1 << 40) - 1), "hash": line_hash.hex(),
        "events": sum(types.values()), "types": types, "inside": inside,
        "key": (root / "lockerd/keys/journal").read_bytes().hex(),
    },
    "county": {
        "events": one("SELECT count(*) FROM event"), "hash": one("SELECT hex(hash) FROM incarnation").lower(),
        "stored": one("SELECT count(*) FROM parcel WHERE state = 'stored'"),
        "closed": one("SELECT count(*) FROM parcel WHERE state = 'closed'"),
        "keys": hexed(*[("county-server", "keys", name) for name in ("signing", "exchange", "secret")]),
    },
}
(folder / "facts.json").write_text(json.dumps(facts, indent=1, sort_keys=True) + "\n")
PYTHON
ls -l "$folder"
