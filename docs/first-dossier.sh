#!/usr/bin/env bash
# Takes one birth registration from the counter to the hand-over, as the officers would, against a running engine:
#   ./run.sh    and in another terminal    docs/first-dossier.sh [URL]
# Needs curl and jq. Exit code 1 when something is missing on the way.
set -euo pipefail

engine=${1:-http://127.0.0.1:5080}
api=$engine/api/v1
password=demo-Quang-Ninh
request=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/tests/Shared/requests/khai-sinh.json
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# ---- what the engine calls things

# The demo officer who holds a role at an office.
officer() {
  local role=$1 office=$2
  case $role in
    TIEP_NHAN) printf 'tiep-nhan.%s' "$office" ;;
    CHUYEN_VIEN) printf 'chuyen-vien.%s' "$office" ;;
    LD_PHONG) printf 'truong-phong.%s' "$office" ;;
    LD_DON_VI) printf 'lanh-dao.%s' "$office" ;;
    PHOI_HOP) printf 'phoi-hop.%s' "$office" ;;
    THU_PHI) printf 'thu-phi.%s' "$office" ;;
    VAN_THU) printf 'van-thu.%s' "$office" ;;
    TRA_KQ) printf 'tra-ket-qua.%s' "$office" ;;
    *) fail "no demo officer has the role $role" ;;
  esac
}

is_returned() { jq -e '.status | IN(10, "10", "Returned")' >/dev/null; }

# The first outcome is the happy one.
first_outcome() { jq -r '.outcomes[0] | if type == "object" then .name else . end'; }

# A plausible answer for every field that the JSON Schema of a task's form demands.
filled_form() {
  jq -c '(.form // {} | if type == "string" then fromjson else . end) as $schema
    | [$schema.required[]? | . as $name | {key: $name, value: ($schema.properties[$name] |
        if .enum then .enum[0]
        elif .type == "boolean" then true
        elif .type == "number" or .type == "integer" then .minimum // 1
        elif .format == "date" then (now | strftime("%Y-%m-%d"))
        else {receiver: "Nguyễn Văn Mẫu", resultNumber: "01/2026"}[$name] // "Theo hồ sơ" end)}]
    | from_entries'
}

# ---- talking to the engine

fail() {
  printf 'FAILED: %s\n' "$*" >&2
  exit 1
}

# call METHOD PATH [curl arguments]: prints the body; anything but 2xx ends the script.
call() {
  local method=$1 path=$2 status
  shift 2
  status=$(curl -sS -o "$folder/answer" -w '%{http_code}' -X "$method" "$api$path" -H "Authorization: Bearer $token" "$@") ||
    fail "$engine does not answer"
  [[ $status == 2* ]] || fail "$method $path gave $status: $(cat "$folder/answer")"
  cat "$folder/answer"
}

send() { call "$1" "$2" -H 'Content-Type: application/json' -d "$3" "${@:4}"; }

sign_in() {
  token=none
  local answer
  answer=$(send POST /sign-in "$(jq -nc --arg user "$1" --arg password "$password" '{userName: $user, password: $password}')")
  token=$(jq -er .accessToken <<<"$answer") || fail "$1 got no token"
}

new_key() { printf '%s-%s-%s' "$(date +%s)" "$$" "$RANDOM"; }

# One empty A4 page.
write_pdf() {
  local text=$'%PDF-1.4\n' offsets="" number=0 object
  for object in '<< /Type /Catalog /Pages 2 0 R >>' '<< /Type /Pages /Kids [3 0 R] /Count 1 >>' \
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>'; do
    number=$((number + 1))
    offsets+=$(printf '%010d 00000 n ' "${#text}")$'\n'
    text+="$number 0 obj"$'\n'"$object"$'\nendobj\n'
  done
  printf '%sxref\n0 4\n0000000000 65535 f \n%strailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n' \
    "$text" "$offsets" "${#text}" >"$1"
}

# ---- the counter

body=$(<"$request")
sign_in "$(officer TIEP_NHAN "$(jq -r .receivingOfficeId <<<"$body")")"
key=$(new_key)
dossier=$(send POST /dossiers "$body" -H "Idempotency-Key: $key")
id=$(jq -er .id <<<"$dossier") || fail "the new dossier has no id"
code=$(jq -er .code <<<"$dossier") || fail "the new dossier has no code"
jq -e .trackingSecret <<<"$dossier" >/dev/null || fail "the receipt has no tracking secret"
again=$(send POST /dossiers "$body" -H "Idempotency-Key: $key")
[ "$(jq -r .id <<<"$again")" = "$id" ] || fail "the same key started a second dossier"
printf 'Dossier %s\n' "$code"

write_pdf "$folder/giay-chung-sinh.pdf"
call POST "/dossiers/$id/papers" -H "Idempotency-Key: $(new_key)" -F 'name=Giấy chứng sinh' \
  -F "file=@$folder/giay-chung-sinh.pdf;type=application/pdf" >/dev/null
printf 'Paper    Giấy chứng sinh\n\n'

# ---- every officer whose turn it is

for _ in {1..60}; do
  dossier=$(call GET "/dossiers/$id")
  ! is_returned <<<"$dossier" || break
  step=$(jq -c '.tasks[0] // empty' <<<"$dossier")
  # Nobody's turn: the engine waits for another system.
  [ -n "$step" ] || { sleep 1; continue; }
  task_id=$(jq -r .id <<<"$step")
  sign_in "$(officer "$(jq -r .role <<<"$step")" "$(jq -r .officeId <<<"$step")")"
  jq -e --arg id "$task_id" 'any(.items[]; .id == $id)' >/dev/null <<<"$(call GET "/tasks?dossierId=$id")" || fail "the task is not on its officer's list"
  task=$(call GET "/tasks/$task_id")
  outcome=$(first_outcome <<<"$task")
  call POST "/tasks/$task_id/claim" >/dev/null
  send POST "/tasks/$task_id/completions" "$(jq -nc --arg outcome "$outcome" --argjson form "$(filled_form <<<"$task")" \
    '{outcome: $outcome, form: $form, note: "Hồ sơ đúng quy định"}')" >/dev/null
  printf 'Task     %s: %s\n' "$(jq -r .title <<<"$task")" "$outcome"
done
is_returned <<<"$dossier" || fail "the dossier stays at $(jq -r .status <<<"$dossier")"

# ---- what is left of it

printf '\nResult\n'
results=$(call GET "/dossiers/$id/results" | jq -c '.items? // .')
jq -e 'length > 0' <<<"$results" >/dev/null || fail "there is no result"
jq -r '.[] | "  \(.number // "-")  \(.name // .title // "")"' <<<"$results"

printf '\nLedger\n'
ledger=$(call GET "/dossiers/$id/ledger" | jq -c '.items? // .')
jq -r '.[] | "  \(.at)  \(.actorName)  \(.act)"' <<<"$ledger"
jq -e 'length > 0 and all(.actorName and .at and .act)' <<<"$ledger" >/dev/null || fail "a line of the ledger lacks actor, time or act"
for act in Submitted Received Finished ResultReturned; do
  jq -e --arg act "$act" 'any(.act == $act)' <<<"$ledger" >/dev/null || fail "the ledger lacks $act"
done

printf '\nLegal clock\n'
clock=$(call GET "/dossiers/$id/clocks" | jq -c .legal)
jq -r '"  started \(.startedAt)\n  due     \(.dueAt)\n  ended   \(.endedAt)\n  used    \(.usedMinutes) working minutes, paused \(.pausedMinutes)\n  says    \(.bandWord)"' <<<"$clock"
jq -e '.startedAt and .dueAt and .endedAt and (.isPaused | not)' <<<"$clock" >/dev/null || fail "the legal clock did not start and end"
jq -e '.bandWord | ascii_downcase | test("đúng hạn|trước hạn")' <<<"$clock" >/dev/null || fail "the legal clock says it was late"

printf '\n%s was received, decided and handed over.\n' "$code"
