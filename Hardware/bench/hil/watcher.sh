#!/bin/bash
# Runs a command and, whatever its end, locker-outputs-off afterwards, as systemd does by ExecStopPost=:
# watcher.sh PIDFILE HELPER FILE COMMAND...
set -u
pidfile=$1 helper=$2 file=$3
shift 3
"$@" &
child=$!
echo "$child" >"$pidfile"
wait "$child"
exec "$helper" "$file"
