#!/bin/sh
# The Lamplighter agent: at every boot it fetches one job, runs it, reports, and powers the machine off.
# The worst fault is a machine left on. So there is no `set -e`, every call has a time limit, and the trap on exit
# powers off whatever happened before. The next worst is a job run twice: a run is recorded before it starts.
set -u
job_umask=$(umask) && umask 077
agent_log=/dev/null work='' power_off=no phase=waiting child='' watch=''
token='' command='' refused='' last_state='' last_run=''

now() { date -u +%Y-%m-%dT%H:%M:%SZ; }
seconds_up() { read -r up _ </proc/uptime && echo "${up%%.*}"; } # the wall clock jumps when a booting machine sets it
pause() { sleep "$1" & child=$!; wait $child; } # `wait` lets a signal through at once, a plain sleep does not
call_aws() { timeout -k 5 "$AWS_SECONDS" aws "$@"; }

log() { # The error texts of others come through here too, and some quote what they were given.
  message=$(printf '%s' "$*" | tr -s '\n' ' ')
  [ -z "$token" ] || case $message in *"$token"*) message='(withheld: it holds the task token)' ;; esac
  printf '%s lamplighter-agent: %s\n' "$(now)" "$message" | tee -a "$agent_log" >&2
}

fail() { # A fault of the set-up. If the machine powers off at all, then late enough to log in and mend it.
  log "$1"
  POWEROFF_DELAY_MINUTES=15
  exit 78
}

configure() {
  conf=${LAMPLIGHTER_CONF:-/etc/lamplighter/agent.conf}
  [ -r "$conf" ] || fail "cannot read $conf: copy agent.conf.example there, or name another file in LAMPLIGHTER_CONF"
  PARAMETER='' LOG_BUCKET='' CLEANUP_COMMAND='' CLEANUP_SECONDS=60 HEARTBEAT_SECONDS=60 AWS_SECONDS=60
  WAIT_FOR_JOB_SECONDS=300 POLL_SECONDS=5 WHEN_NOT_ASKED=run NOT_ASKED_DEADLINE_SECONDS=7200 KILL_AFTER_SECONDS=10
  REPORT_PAUSES='2 5 10 20' POWEROFF_DELAY_MINUTES=1 STATE_DIRECTORY=/var/lib/lamplighter LOG_DIRECTORY=/var/log/lamplighter
  # shellcheck source=/dev/null
  . "$conf"
  [ -n "$PARAMETER" ] || fail "$conf lacks PARAMETER=: write the name of the SSM parameter that holds the job"
  for seconds in "$WAIT_FOR_JOB_SECONDS" "$HEARTBEAT_SECONDS" "$KILL_AFTER_SECONDS" "$NOT_ASKED_DEADLINE_SECONDS"; do
    case $seconds in '' | *[!0-9]*) fail "'$seconds' in $conf: write whole seconds" ;; esac; done
  case $WHEN_NOT_ASKED in run) power_off=yes ;; stay) ;; *) fail "WHEN_NOT_ASKED in $conf: write run or stay" ;; esac
}

# A lock is succeeded, never removed while its boot lasts: of all agents that find the holder of lock N dead, the
# kernel lets one make lock N+1. Removing a stale lock could remove the fresh one of a faster agent.
lock() {
  boot=$STATE_DIRECTORY/lock-$(cat /proc/sys/kernel/random/boot_id) number=1
  until ln -s $$ "$boot.$number" 2>/dev/null; do
    pid=$(readlink "$boot.$number") || fail "cannot write to $STATE_DIRECTORY: free some space, or run as root"
    case $pid:$(tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline") in
      $$:*) ;; # ours, from a dead process that had our number before us
      *lamplighter-agent*) power_off=no; log "another agent (process $pid) is at work: nothing to do"; exit ;;
    esac
    number=$((number + 1))
  done
  for old in "$STATE_DIRECTORY"/lock-*; do case $old in "$boot".*) ;; *) rm -f "$old" ;; esac; done # of earlier boots
}

set_up() {
  configure
  mkdir -p "$STATE_DIRECTORY" "$LOG_DIRECTORY" || fail "cannot make $STATE_DIRECTORY and $LOG_DIRECTORY: run as root"
  lock
  agent_log=$LOG_DIRECTORY/agent.log
  command -v aws >/dev/null || fail "no aws on the PATH ($PATH): install the AWS CLI, version 2"
  work=${RUNTIME_DIRECTORY:-$STATE_DIRECTORY}/work # systemd's runtime directory is memory: no token reaches a disk
  { rm -rf "$work" && mkdir -p "$work"; } || fail "cannot make $work: free some space, or run as root"
  [ ! -r "$STATE_DIRECTORY/last-run" ] || { read -r last_state && IFS= read -r last_run; } <"$STATE_DIRECTORY/last-run"
}

record() { # started | finished: written aside, renamed and flushed, since the power may go at any moment
  last=$STATE_DIRECTORY/last-run
  printf '%s\n%s\n' "$1" "$run" >"$last.new" && mv "$last.new" "$last" && { sync "$last" 2>/dev/null || sync; }
}

field() { # Prints the value of $1 in the handover, raw to the end of its line: read, never evaluated.
  while IFS= read -r line; do
    case $line in "$1="*) printf '%s' "${line#*=}" && break ;; esac
  done <<END
$handover
END
}

fetch_job() {
  set -- --name "$PARAMETER" --with-decryption --query Parameter.Value --output text
  fetched=$(call_aws ssm get-parameter "$@" 2>"$work/error") && handover=$fetched || return
  run=$(field RUN) deadline=$(field DEADLINE) command=$(field COMMAND) token=$(field TASK_TOKEN)
  directory=$(field DIRECTORY) user=$(field USER)
  printf '{"taskToken":"%s"}' "$token" >"$work/token.json" # in a file of ours, since `ps` shows arguments to everybody
}

tell() { # Tells the state machine. Returns 1 if nobody waits for this run any more, 2 if it was not delivered.
  [ -n "$token" ] || return 0
  problem=$(call_aws stepfunctions "$@" --cli-input-json "file://$work/token.json" 2>&1 >/dev/null) && return
  log "$1 failed: $problem"
  case $problem in *\(TaskTimedOut\)* | *\(TaskDoesNotExist\)* | *\(InvalidToken\)*) return 1 ;; *) return 2 ;; esac
}
heartbeat() { tell send-task-heartbeat || [ $? = 2 ]; } # a fault of the network is no reason to kill a job

report() { # $1: the error's name, empty for success; $2: JSON
  if [ -z "$1" ]; then set -- send-task-success --task-output "$2"
  else set -- send-task-failure --error "$1" --cause "$2"; fi
  for seconds in 0 $REPORT_PAUSES; do
    pause "$seconds"
    tell "$@"
    [ $? = 2 ] || return
  done
}

was_broken_off() { [ "$last_state:$last_run" = "started:$run" ]; }
# The parameter is put after the machine was started, so at first it may still hold an earlier run: one that is done,
# or one that nobody waits for any more. Neither is a request.
is_asked() {
  if [ "$last_state:$last_run" = "finished:$run" ] || [ "$run" = "$refused" ]; then return 1; fi
  refused=$run
  if [ -n "$command" ] && [ "$deadline" -gt "$(date +%s)" ] 2>/dev/null || was_broken_off; then heartbeat && return; fi
  log "$run: not run, since it has no COMMAND, its DEADLINE is over, or nobody waits for it"
  return 1
}

wait_for_job() {
  until=$(($(seconds_up) + WAIT_FOR_JOB_SECONDS))
  until fetch_job && is_asked; do
    [ "$(seconds_up)" -lt $until ] || return
    pause "$POLL_SECONDS"
  done
}

log_of() { printf '%s/%s.log' "$LOG_DIRECTORY" "$(printf '%s' "$1" | tr -c 'A-Za-z0-9._-' '-')"; }
copy_log() { # Prints where the log is in the end.
  [ -n "$LOG_BUCKET" ] || { echo "$log_file" && return; }
  copy=${LOG_BUCKET%/}/${log_file##*/}
  problem=$(call_aws s3 cp --only-show-errors "$log_file" "$copy" 2>&1) && echo "$copy" && return
  echo "$log_file"
  log "cannot copy the log: $problem"
}

# Becomes the command $1 under the wrapper $2…; for subshells. The command line is complete before the job's variables
# are set, so that one called PATH or `user` cannot change what is run.
become() {
  command_line=$1
  shift
  [ "${user:-$(id -un)}" = "$(id -un)" ] || set -- "$@" "$(command -v runuser || echo runuser)" -u "$user" --
  set -- "$@" /bin/sh -c "$command_line"
  umask "$job_umask"
  [ -z "$directory" ] || cd "$directory" || exit 1
  while IFS= read -r lamplighter_line; do
    case ${lamplighter_line%%=*} in ENV_ | ENV_[0-9]* | *[!A-Za-z0-9_]*) continue ;; ENV_*) ;; *) continue ;; esac
    command export "${lamplighter_line#ENV_}" # `command`, so that a name that is read-only in this shell does not end it
  done <<END
$handover
END
  exec "$@"
}

job_processes() { # Those of its session: its process group is not enough, since `timeout`, for one, makes its own.
  for stat in /proc/[0-9]*/stat; do
    read -r line 2>/dev/null <"$stat" || continue
    # shellcheck disable=SC2086  # pid, state, parent, group, session
    set -- ${line%% *} ${line##*) }
    case " $1 $3 $5 " in *" $job "*) [ "$2" = Z ] || echo "$1" ;; esac
  done
}

stop_job() { # Whatever is left of it: TERM, some time, KILL. Bounded: one stuck in the kernel must not keep us on.
  signal=TERM
  for turn in $(seq $((KILL_AFTER_SECONDS * 5 + 20))); do
    processes=$(job_processes)
    [ -n "$processes" ] || return
    [ "$turn" -le $((KILL_AFTER_SECONDS * 5)) ] || signal=KILL
    # shellcheck disable=SC2086  # a list
    kill -s $signal $processes 2>/dev/null
    signal=0
    sleep 0.2
  done
}

end_job() { # The first reason counts. The signal ends the agent's `wait`, and the agent then ends the job.
  [ -s "$work/reason" ] || echo "$1" >"$work/reason"
  kill -USR1 $$
}

keep_watch() { # Beside the job and until the report: heartbeats and the deadline. A dead agent must not look alive.
  trap 'kill $child 2>/dev/null; exit' TERM
  while kill -0 $$ 2>/dev/null; do
    left=$((deadline - $(date +%s)))
    { [ $left -gt 0 ] && [ ! -s "$work/reason" ]; } || end_job DeadlineExceeded # or again: `wait` can miss a signal
    pause $((left > 0 && left < HEARTBEAT_SECONDS ? left : HEARTBEAT_SECONDS))
    heartbeat || { end_job JobAbandoned && token=''; }
  done
}

run_job() {
  started_at=$(now) error='' cleanup='' phase=job
  log "$run: started, output in $log_file"
  # shellcheck disable=SC2046  # nothing where there is no setsid
  become "$command" $(command -v setsid) >"$log_file" 2>&1 </dev/null &
  job=$!
  keep_watch & watch=$!
  wait $job
  code=$? phase=closing
  [ $code = 0 ] || error=JobFailed
  [ ! -s "$work/reason" ] || { read -r error <"$work/reason" && code=null; }
  stop_job
  log "$run: ended, exit code $code $error"
  times="\"startedAt\":\"$started_at\",\"endedAt\":\"$(now)\""
  [ -z "$CLEANUP_COMMAND" ] || clean_up
  report "$error" "{\"exitCode\":$code,$times,\"log\":\"$(copy_log)\"$cleanup}"
}

clean_up() {
  (become "$CLEANUP_COMMAND" "$(command -v timeout)" -k 5 "$CLEANUP_SECONDS") >>"$log_file" 2>&1 </dev/null
  cleanup=",\"cleanupExitCode\":$?"
  case $cleanup in *:0) ;; *) log "the clean-up failed: $cleanup" ;; esac
}

on_signal() { # Somebody stops the agent or the machine. A job in progress is ended and reported first.
  [ $phase != job ] || end_job JobInterrupted
  [ $phase != waiting ] || { power_off=no && exit 143; }
}

leave() {
  trap '' TERM INT HUP
  kill $child $watch 2>/dev/null
  rm -rf "$work"
  [ $power_off = yes ] || exit
  log "powering off in $POWEROFF_DELAY_MINUTES min (shutdown -c keeps the machine on)"
  shutdown -h "+$POWEROFF_DELAY_MINUTES" || shutdown -h now || log 'cannot power off'
}

main() {
  trap leave EXIT && trap on_signal TERM INT HUP && trap : USR1 PIPE
  set_up
  if wait_for_job; then
    power_off=yes phase=closing log_file=$(log_of "$run")
    if was_broken_off; then
      log "$run was broken off by a restart: it is not run again"
      report JobInterrupted "{\"exitCode\":null,\"reason\":\"the machine restarted\",\"log\":\"$(copy_log)\"}"
    elif record started; then run_job
    else report JobNotStarted '{"exitCode":null,"reason":"the start could not be recorded: is the disk full?"}'
    fi
    record finished
  elif [ "$WHEN_NOT_ASKED" = stay ] || [ -z "$command" ]; then
    power_off=no
    log "nobody asked for a job by $PARAMETER: the machine stays on. $(cat "$work/error")"
  elif ! was_broken_off; then
    log 'nobody asked for a job: running the last one, without a report'
    token='' deadline=$(($(date +%s) + NOT_ASKED_DEADLINE_SECONDS)) log_file=$(log_of "not-asked-$(now)")
    run_job
  fi
}

main
