#!/bin/sh
# Makes the certificates of the tests anew: an authority, and what a county behind https can show. The keys are for
# loopback alone.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT

cat > "$work/ca.cnf" <<END
[ca]
default_ca = test
[test]
new_certs_dir = $work
database = $work/index
rand_serial = yes
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
[authority]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
[localhost]
subjectAltName = DNS:localhost
extendedKeyUsage = serverAuth
[other]
subjectAltName = DNS:other.example
extendedKeyUsage = serverAuth
END
: > "$work/index"

key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1"; }
request() { openssl req -new -key "$1" -subj "/CN=$2" -out "$work/request"; }

# sign NAME EXTENSIONS FROM TO: by the authority
sign() {
  request "$work/county.key" "$1"
  openssl ca -batch -notext -config "$work/ca.cnf" -cert authority.pem -keyfile "$work/authority.key" -extensions "$2" \
    -startdate "$3" -enddate "$4" -in "$work/request" -out "$1.pem" 2> "$work/log" || { cat "$work/log"; exit 1; }
}

# own NAME EXTENSIONS KEY: signed by itself, from 1970 to 2200
own() {
  request "$3" "$1"
  openssl ca -batch -notext -config "$work/ca.cnf" -selfsign -keyfile "$3" -extensions "$2" \
    -startdate 19700101000000Z -enddate 22000101000000Z -in "$work/request" -out "$1.pem" 2> "$work/log" ||
    { cat "$work/log"; exit 1; }
}

key "$work/authority.key"
key "$work/county.key"
openssl ec -in "$work/county.key" -outform DER -out county-key.der 2> "$work/log"
own authority authority "$work/authority.key"
own self localhost "$work/county.key"
sign good localhost 20000101000000Z 21000101000000Z
sign other other 20000101000000Z 21000101000000Z
sign expired localhost 19700102000000Z 19710101000000Z
sign future localhost 21000101000000Z 21200101000000Z
