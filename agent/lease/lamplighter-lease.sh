#!/bin/sh
# The right to run a workload, from a shell: the item that the deployed stage takes itself before each run, so that a
# server, a developer's machine and AWS never run one thing beside each other. Where the table does not answer, nothing
# is run: whoever cannot ask does not know that they are alone.
set -u
HELD=75 UNREACHABLE=69 USAGE=64 # as sysexits.h has them

usage() {
  cat >&2 <<'END'
lamplighter-lease take|renew|give-back|show --workload NAME [--stage STAGE | --table TABLE] [--as HOLDER] [--for 15m] [--wait 10m]
lamplighter-lease run --workload NAME [--stage STAGE | --table TABLE] [--for 15m] [--wait 10m] -- COMMAND...
Exit codes: that of the command; 75 somebody else holds it, or took it; 69 AWS could not be asked; 64 wrong usage.
END
  [ $# = 0 ] || say "$1"
  exit $USAGE
}
say() { printf 'lamplighter-lease: %s\n' "$*" >&2; }
now() { date +%s; }
clock() { date -d "@$1" +%H:%M:%S 2>/dev/null || date -r "$1" +%H:%M:%S; } # GNU, and BSD as on macOS
seconds() { # of 90s, 15m or 2h
  number=${1%[smh]}
  case $number in '' | 0 | *[!0-9]* | ??????*) usage "'$1' is no duration: write 90s, 15m or 2h" ;; esac
  case $1 in *s) echo "$number" ;; *m) echo $((number * 60)) ;; *h) echo $((number * 3600)) ;; *) usage "'$1' lacks its unit: write ${1}s or ${1}m" ;; esac
}
# A name that is part of JSON and of a line for people.
name() { case $1 in '' | *[!A-Za-z0-9_.@:/-]*) usage "'$1' is no name: letters, digits and _.@:/- are" ;; esac; }

read_options() {
  act=${1-} workload='' stage='' table=${LAMPLIGHTER_TABLE-} duration=15m patience='' command=''
  holder=${LAMPLIGHTER_HOLDER-$(printf %s "$(id -un)@$(uname -n)" | tr -c 'A-Za-z0-9_.@:/-' -)}
  case $act in take | renew | give-back | show | run) shift ;; *) usage ;; esac
  while [ $# -gt 0 ]; do
    case $1 in --) command=yes && break ;; --workload | --stage | --table | --as | --for | --wait) ;; *) usage "what is '$1'?" ;; esac
    [ $# -gt 1 ] || usage "$1 lacks its value"
    case $1 in --workload) workload=$2 ;; --stage) stage=$2 ;; --table) table=$2 ;; --as) holder=$2 ;; --for) duration=$2 ;; --wait) patience=$2 ;; esac
    shift 2
  done
  # Two runs on one machine are two.
  [ "$act" != run ] || holder=$holder:$$:$(now)
  name "$workload" && name "$holder" || exit
  duration=$(seconds "$duration") || exit
  [ -z "$patience" ] || { patience=$(seconds "$patience") || exit; }
  [ "$act" != run ] || [ $# -gt 1 ] || usage 'run needs a command, behind --'
  [ "$act" = run ] || [ -z "$command" ] || usage "$act takes no command"
  [ "$duration" -ge 120 ] || say "--for ${duration}s leaves no time for a renewal that fails: write 2m or more"
  [ -n "$table$stage" ] || usage 'say --stage dev, or --table with the name of its table'
  key="\"pk\":{\"S\":\"workload#$workload\"},\"sk\":{\"S\":\"lease\"}"
}

call_aws() { AWS_MAX_ATTEMPTS=${AWS_MAX_ATTEMPTS-3} aws --output text --cli-connect-timeout 5 --cli-read-timeout 10 "$@" </dev/null; }

find_table() {
  [ -z "$table" ] || return 0
  name "$stage"
  table=$(call_aws cloudformation describe-stack-resource --stack-name "lamplighter-$stage" \
    --logical-resource-id StateTable --query StackResourceDetail.PhysicalResourceId) || { say "the table of $stage could not be found"; exit $UNREACHABLE; }
}

# Writes to the item under a condition. 0: done; 1: the condition did not hold; 2: AWS could not be asked.
write() {
  problem=$(call_aws dynamodb "$@" --table-name "$table" 2>&1 >/dev/null) && return
  case $problem in *ConditionalCheckFailed*) return 1 ;; esac
  say "$problem"
  return 2
}
put() { # $1: the condition, $2: further values of it
  until=$(($(now) + duration))
  write put-item --item "{$key,\"holder\":{\"S\":\"$holder\"},\"until\":{\"N\":\"$until\"}}" \
    --condition-expression "$1" --expression-attribute-values "{\":me\":{\"S\":\"$holder\"}$2}" ${3:+--expression-attribute-names "$3"}
}
take() { put 'attribute_not_exists(pk) OR holder = :me OR #until < :now' ",\":now\":{\"N\":\"$(now)\"}" '{"#until":"until"}'; }
renew() { put 'holder = :me' ''; }
give_back() {
  write delete-item --key "{$key}" --condition-expression 'holder = :me' --expression-attribute-values "{\":me\":{\"S\":\"$holder\"}}"
}

show() { # Prints: holder, until when.
  found=$(call_aws dynamodb get-item --table-name "$table" --key "{$key}" --consistent-read --query '[Item.holder.S,Item.until.N]') || exit $UNREACHABLE
  # shellcheck disable=SC2086  # two words
  set -- $found
  case ${2-None} in None | 0) echo "$workload: free" ;; *)
    if [ "$2" -lt "$(now)" ]; then echo "$workload: free, $1 had it until $(clock "$2")"
    else echo "$workload: held by $1 until $(clock "$2")"; fi ;; esac
}

answer() { # $1: what came of a write
  case $1 in
    0) say "$workload is ${2:-held by $holder until $(clock "$until")}" ;;
    1) say "$workload is not held by $holder: $(show)" && exit $HELD ;;
    *) exit $UNREACHABLE ;;
  esac
}

take_patiently() {
  last=$(($(now) + ${patience:-0}))
  until take; do
    came=$?
    # It may have been written all the same, without an answer.
    [ $came = 1 ] || { give_back 2>/dev/null; exit $UNREACHABLE; }
    [ "$(now)" -lt $last ] || answer 1
    sleep "${LAMPLIGHTER_POLL_SECONDS-10}"
  done
}

tree() { # Prints these processes and all that descend from them.
  ps -A -o pid= -o ppid= -o stat= 2>/dev/null | awk -v of="$*" 'BEGIN { n = split(of, a, " "); for (i = 1; i <= n; i++) in_it[a[i]] = 1 }
    $3 !~ /^Z/ { parent[$1] = $2 } END { do { more = 0; for (p in parent) if (!(p in in_it) && (parent[p] in in_it)) { in_it[p] = 1; more = 1 } } while (more)
    for (p in in_it) if (p in parent) print p }'
}
end_command() { # TERM, ten seconds, KILL. What is left of a process group alone would not be all: shells make others.
  processes=$child turn=0
  while [ $turn -le 60 ]; do
    # shellcheck disable=SC2086  # a list
    processes=$(tree $processes)
    [ -n "$processes" ] || { kill -0 "$child" 2>/dev/null || return; processes=$child; }
    # shellcheck disable=SC2086  # a list
    case $turn in 0) kill -s TERM $processes 2>/dev/null ;; [5-6][0-9]) kill -s KILL $processes 2>/dev/null ;; esac
    turn=$((turn + 1))
    sleep 0.2
  done
}

keep() { # Beside the command: renews in time, and ends it when somebody else may begin.
  rm -f "$starting"
  while :; do
    next=$(($(now) + (duration > 3 ? duration / 3 : 1)))
    while [ "$(now)" -lt $next ]; do
      sleep 1 >/dev/null 2>&1 # which outlives us, and must hold no pipe of the caller's open
      kill -0 $$ 2>/dev/null || { end_command; give_back; exit; } # nobody waits for the command any more
    done
    ends=$until
    renew && continue
    [ $? = 1 ] || { until=$ends && [ "$(now)" -lt $((ends - duration / 3)) ] && continue; }
    while kill -s USR1 $$ 2>/dev/null; do sleep 1; done # again and again: `wait` can miss a signal
    exit
  done
}

begin() { # The command, once its keeper is there: were we killed before that, nobody would end it.
  while [ -e "$starting" ]; do
    kill -0 $$ 2>/dev/null || { rm -f "$starting"; exit; }
    sleep 0.05
  done
  exec "$@"
}
end_run() { # $1: what to exit with. Said by a trap, which does it all itself: `wait` can miss a signal that is only noted.
  trap '' USR1 TERM INT HUP
  child=${child:-${!-}}
  [ -z "$child" ] || end_command
  finish "$1"
}
finish() {
  rm -f "$starting"
  [ -z "$keeper" ] || kill "$keeper" 2>/dev/null
  give_back || [ -n "$lost" ] || say "$workload could not be given back: it is free at $(clock $(($(now) + duration))) at the latest"
  exit "$1"
}

run() {
  find_table
  trap 'give_back 2>/dev/null; exit 143' TERM INT HUP # it may just have been taken
  take_patiently
  say "$workload is held by $holder; running: $*"
  child='' keeper='' starting='' lost=''
  trap 'lost=yes; say "$workload is not safely ours any more: the command is ended"; end_run $HELD' USR1
  trap 'end_run 143' TERM
  trap 'end_run 130' INT
  trap 'end_run 129' HUP
  starting=$(mktemp) || finish 73 # EX_CANTCREAT
  exec 3<&0 # a command in the background reads nothing otherwise
  begin "$@" <&3 3<&- &
  child=$!
  exec 3<&-
  keep & keeper=$!
  wait $child
  finish $?
}

read_options "$@"
case $act in
  run) while [ "$1" != -- ]; do shift; done; shift; run "$@" ;;
  take) find_table; take_patiently; answer 0 ;;
  renew) find_table; renew; answer $? ;;
  give-back) find_table; give_back; answer $? 'given back' ;;
  show) find_table; show ;;
esac
