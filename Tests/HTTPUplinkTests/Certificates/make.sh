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
[client]
subjectAltName = DNS:localhost
extendedKeyUsage = clientAuth
[other]
subjectAltName = DNS:other.example
extendedKeyUsage = serverAuth
END
: > "$work/index"

key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1"; }
request() { openssl req -new -key "$1" -subj "/CN=$2" -out "$work/request"; }

# by ISSUER KEY OUT EXTENSIONS FROM TO: signs the request
by() {
  openssl ca -batch -notext -config "$work/ca.cnf" -cert "$1" -keyfile "$2" -extensions "$4" \
    -startdate "$5" -enddate "$6" -in "$work/request" -out "$3" 2> "$work/log" || { cat "$work/log"; exit 1; }
}

# sign NAME EXTENSIONS FROM TO: by the authority
sign() {
  request "$work/county.key" "$1"
  by authority.pem "$work/authority.key" "$1.pem" "$2" "$3" "$4"
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
sign client client 20000101000000Z 21000101000000Z

# A certificate and the younger authority in between, which ends before it.
key "$work/between.key"
request "$work/between.key" between
by authority.pem "$work/authority.key" "$work/between.pem" authority 20050101000000Z 20900101000000Z
request "$work/county.key" chain
by "$work/between.pem" "$work/between.key" "$work/leaf.pem" localhost 20000101000000Z 21000101000000Z
cat "$work/leaf.pem" "$work/between.pem" > chain.pem
