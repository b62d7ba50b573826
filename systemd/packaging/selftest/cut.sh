# shellcheck shell=bash
# bash reads this file (BASH_ENV) in front of a maintainer script: every command counts, and at number $CUT_AT the script
# and all that it started are killed, as if the power had gone.
cut_here() {
    local count
    count=$(($(</cut-count) + 1))
    echo "$count" >/cut-count
    [[ $count -lt $CUT_AT ]] || kill -KILL 0
}
set -T
trap cut_here DEBUG
