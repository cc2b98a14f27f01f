#!/usr/bin/env bash
# Other people's clients against the sandbox: each call that they make has to be answered as by the
# real gateway. No part of `cargo test`: it installs the clients from PyPI and npm.
#
#   tests/sdks/run.sh [PROGRAM]      PROGRAM is target/debug/wacompose where it is left out
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
program=${1:-$here/../../target/debug/wacompose}
work=$(mktemp -d)
trap 'kill "${sandbox:-}" 2>/dev/null || true; rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet whatsapp-api-client-python pywa heyoo
(cd "$work" && npm init --yes >/dev/null && npm install --silent --no-audit --no-fund \
    @green-api/whatsapp-api-client-js-v2 whatsapp-api-js whatsapp-cloud-api @kapso/whatsapp-cloud-api)
cp "$here"/calls.py "$here"/calls.mjs "$work"

HOME=$work "$program" sandbox --listen 127.0.0.1:0 >"$work/sandbox.txt" &
sandbox=$!
until grep -qs phone_number_id "$work/sandbox.txt"; do
    kill -0 "$sandbox"
    sleep 0.05
done
value() {
    sed -n "s/^$1 = \"\(.*\)\"$/\1/p" "$work/sandbox.txt"
}
export BASE_URL ID_INSTANCE PHONE_NUMBER_ID TOKEN
BASE_URL=$(value base_url)
ID_INSTANCE=$(value id_instance)
PHONE_NUMBER_ID=$(value phone_number_id)
TOKEN=$(value token)
cd "$work"
failed=0
venv/bin/python calls.py || failed=1
node calls.mjs || failed=1
exit $failed
