#!/bin/sh
# Recovers one process by steps: asks it, saves its logs, restarts it, starts it where it is absent, asks again.
# AWS Systems Manager runs it as root, out of the document that resources/recovery-document.ts makes of it. Every value
# is read from a variable, never put into the text. There is no `set -e`: a step that fails is answered by the next,
# and the last line says what came of it. All that tools print goes into the record: of a long output AWS keeps the
# beginning, and would lose that line.
set -u
usual_umask=$(umask) && umask 077
LC_ALL=C.UTF-8 && export LC_ALL
by=${SSM_By-} name=${SSM_Name-} service=${SSM_Service-} act=${SSM_Act:-recover} url=${SSM_Url-} user=${SSM_User-} directory=${SSM_Directory-}
start=${SSM_Start-} bucket=${SSM_Bucket-} search=${SSM_Path-} pm2_home=${SSM_Pm2Home-} within=${SSM_WithinSeconds:-60}
answer=${SSM_AnswerSeconds:-5} folder=${RECOVERY_FOLDER:-/var/log/lamplighter/recovery} locks=${RECOVERY_LOCKS:-/run}
record=/dev/null log=/dev/null saved='' step=check home='' daemon='' limit=30 started=$(date +%s)

end() { # $1: the result, $2: the exit code. The one line that a machine reads.
  trap - TERM INT HUP
  [ -z "$saved" ] || copy_logs
  disk=$(df -P / 2>/dev/null | awk 'NR == 2 { sub("%", "", $5); print $5 }')
  [ -n "$disk" ] || disk=unknown
  [ -n "$saved" ] || saved=none
  printf '::recovery step=%s result=%s seconds=%s disk=%s logs=%s\n' \
    "$step" "$1" "$(($(date +%s) - started))" "$disk" "$saved" | tee -a "$log"
  exit "$2"
}
say() { printf '%s %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$*" | tee -a "$record" "$log"; }
refuse() { say "$1"; end invalid 14; }
is_name() { case $1 in '' | [!A-Za-z0-9]* | *[!A-Za-z0-9_.@:-]*) return 1 ;; esac; }

check_values() {
  case $by in pm2 | systemd | compose) ;; *) refuse "By is '$by': write pm2, systemd or compose" ;; esac
  case $act in recover | restart | check) ;; *) refuse "Act is '$act': write recover, restart or check" ;; esac
  is_name "$name" || refuse "Name is '$name': write a name of letters, digits and _.@:-"
  # PM2 takes `all` for every process, and a number for an id.
  case $by:$name in pm2:all) refuse "Name is 'all': name one process" ;; pm2:*[!0-9]*) ;;
    pm2:*) refuse "Name is '$name': write a name, not a number" ;; esac
  case $service in '') ;; *) is_name "$service" || refuse "Service is '$service': write a name of letters, digits and _.@:-" ;; esac
  case $url in '' | http://* | https://*) ;; *) refuse "Url is '$url': write http://… or https://…" ;; esac
  case $bucket in '' | s3://*) ;; *) refuse "Bucket is '$bucket': write s3://…" ;; esac
  case $start in -*) refuse "Start is '$start': write a file, such as ecosystem.config.js" ;; esac
  for seconds in "$within" "$answer"; do
    case $seconds in '' | *[!0-9]* | ????*) refuse "'$seconds': write whole seconds, below 1000" ;; esac; done
  case $directory in '' | /*) ;; *) refuse "Directory is '$directory': write the whole path" ;; esac
  [ -z "$directory" ] || [ -d "$directory" ] || refuse "Directory is '$directory': there is none"
}

# One recovery of a process at a time. The kernel lets go of the lock however this script ends, which is why nothing
# that it starts may hold the descriptor.
lock() {
  lock_file=$locks/lamplighter-recover-$by-$name.lock
  command -v flock >/dev/null && (: >"$lock_file") 2>/dev/null || return 0 # `exec` would end the shell
  exec 9>"$lock_file"
  flock -n 9 || { say "another recovery of $name is under way"; end busy 13; }
}

run_as_user() { # With the environment of that user alone: PM2 hands on to a process what it is given itself.
  set -- env -i "HOME=$home" "USER=$user" "LOGNAME=$user" "PATH=$PATH" "LC_ALL=$LC_ALL" "PM2_HOME=$pm2_home" "$@"
  [ "$user" = "$(id -un)" ] || set -- runuser -u "$user" -- "$@"
  (umask "$usual_umask" && cd "$directory" && exec timeout -k 5 $limit "$@") </dev/null 9>&-
}
run_as_root() { (umask "$usual_umask" && exec timeout -k 5 $limit "$@") </dev/null 9>&-; }
compose() { # All of a project, or the one service of it that is named.
  set -- docker compose -p "$name" "$@"
  [ -z "$service" ] || set -- "$@" "$service"
  run_as_root "$@"
}

# The God Daemon names its folder in its title; its owner and its Node are what `pm2` has to be called with.
find_daemon() {
  found=''
  # shellcheck disable=SC2013  # numbers
  for pid in $(grep -las '^PM2 v.*God Daemon (' /proc/[0-9]*/cmdline | tr -dc '0-9\n'); do
    # A container's PM2 is seen from outside as well, and is none of ours.
    [ "$(readlink "/proc/$pid/ns/pid")" = "$(readlink /proc/self/ns/pid)" ] || continue
    owner=$(stat -c %U "/proc/$pid" 2>/dev/null) || continue
    its_home=$(tr '\0' ' ' <"/proc/$pid/cmdline" | sed 's/.*God Daemon (\([^)]*\)).*/\1/')
    [ -z "$user" ] || [ "$owner" = "$user" ] || continue
    [ -z "$pm2_home" ] || [ "$its_home" = "$pm2_home" ] || continue
    [ -z "$found" ] || refuse 'there are several PM2 daemons: write User, or Pm2Home'
    found="$pid $owner" found_home=$its_home
  done
  [ -n "$found" ] || return 1
  daemon=${found% *} user=${found#* } pm2_home=$found_home
}

find_pm2() {
  find_daemon
  [ -n "$user" ] || user=$(id -un)
  home=$(getent passwd "$user" | cut -d: -f6)
  [ -n "$home" ] || refuse "User is '$user': there is none"
  [ -n "$directory" ] || directory=$home
  [ -n "$pm2_home" ] || pm2_home=$home/.pm2
  [ -z "$daemon" ] || PATH=$(dirname "$(readlink "/proc/$daemon/exe" || echo /usr/bin/node)"):$PATH
  [ -z "$search" ] || PATH=$search:$PATH
  for bin in "$home"/.nvm/versions/node/*/bin "$home/.volta/bin" "$home/.npm-global/bin" "$home/.local/bin" /usr/local/bin; do
    [ ! -d "$bin" ] || PATH=$PATH:$bin; done
}

set_up() {
  check_values
  if mkdir -p "$folder" 2>/dev/null && (: >>"$folder/recovery.log") 2>/dev/null; then log=$folder/recovery.log; fi
  case $by in pm2) find_pm2 && tool=pm2 ;; systemd) tool=systemctl ;; compose) tool=docker ;; esac
  command -v "$tool" >/dev/null || { say "there is no $tool on the PATH ($PATH)"; end unavailable 12; }
  lock
}

answers() { # Asks once. A redirect is an answer; a certificate for another name is no fault of the process.
  code=$(curl -qsgk -o /dev/null -m "$answer" --noproxy '*' -w '%{http_code}' --url "$url" 2>/dev/null)
  case $code in [23]??) ;; *) return 1 ;; esac
}
is_up() { # Twice in a row: of a process that crashes again and again one answer may be had.
  if [ -n "$url" ]; then answers && sleep 1 && answers
  else one=$(pids) && [ -n "$one" ] && sleep 3 && [ "$(pids)" = "$one" ]
  fi
}
pids() { # Nothing, where it does not run.
  case $by in
    pm2) find_daemon && run_as_user pm2 pid "$name" 2>/dev/null | grep -x '[1-9][0-9]*' ;;
    systemd) run_as_root systemctl show -p MainPID -p ActiveState -- "$name" | grep -q '^ActiveState=active' && run_as_root systemctl show -p MainPID -- "$name" ;;
    compose) compose ps -q --status running ;;
  esac
}
is_present() {
  case $by in
    pm2) find_daemon && run_as_user pm2 id "$name" 2>/dev/null | grep -q '^\[ .*[0-9]' ;;
    systemd) run_as_root systemctl show -p LoadState -- "$name" | grep -qx LoadState=loaded ;;
    compose) [ -n "$(compose ps -qa)" ] ;;
  esac
}
comes_up() {
  until_time=$(($(date +%s) + within))
  until is_up; do
    [ "$(date +%s)" -lt $until_time ] || return 1
    sleep 1
  done
}

# What is lost by a restart. PM2's own lists are not among it: they hold the variables of the processes, which may be secrets.
save_logs() {
  saved=$folder/$(date -u +%Y%m%dT%H%M%SZ)-$by-$name
  if mkdir -p "$saved" 2>/dev/null && (: >"$saved/recovery.txt") 2>/dev/null; then record=$saved/recovery.txt
  else
    saved='' record=/dev/null
    say 'the logs cannot be saved: is the disk full?'
    return
  fi
  { uptime; df -P; free; ps -eo pid,ppid,user,stat,etime,pcpu,pmem,comm --sort=-pmem | head -n 50; } >"$saved/machine.txt" 2>&1
  case $by in
    pm2)
      for file in "$pm2_home/logs/$name"-*.log "$pm2_home/pm2.log"; do
        [ ! -f "$file" ] || tail -c 1000000 "$file" >"$saved/${file##*/}"; done ;;
    systemd) timeout 20 journalctl -n 2000 --no-pager -u "$name" 2>&1 | tail -c 1000000 >"$saved/journal.txt" ;;
    compose) (limit=20 && compose logs --no-color -t -n 2000) 2>&1 | tail -c 1000000 >"$saved/compose.txt" ;;
  esac
  # Of many recoveries the oldest go, so that they cannot fill the disk themselves. The names are ours.
  # shellcheck disable=SC2012
  ls -1d "$folder"/*-*-* 2>/dev/null | sort -r | tail -n +21 | while IFS= read -r old; do rm -rf "$old"; done
}
copy_logs() { # After the restart: it does not wait for a network.
  [ -n "$bucket" ] || return 0
  copy=${bucket%/}/$(uname -n)/${saved##*/}
  if timeout -k 5 60 aws s3 cp --recursive --only-show-errors "$saved" "$copy" >>"$record" 2>&1; then saved=$copy
  else say 'the logs could not be copied: they are on the machine'
  fi
}

restart() {
  step=restart limit=150
  case $by in
    pm2) run_as_user pm2 restart "$name" ;;
    systemd)
      run_as_root systemctl reset-failed -- "$name"
      run_as_root systemctl restart -- "$name" ;;
    compose) compose restart -t 10 ;;
  esac >>"$record" 2>&1
}

start() { # Returns 1 where nothing says what is to be started.
  step=start limit=150
  case $by in
    pm2)
      # After the daemon died, with all that it kept running: as after a boot.
      if [ -z "$daemon" ] && [ -s "$pm2_home/dump.pm2" ]; then run_as_user pm2 resurrect; fi
      is_present && return
      [ -n "$start" ] || return 1
      case $start in
        *.config.js | *.config.cjs | *.json | *.yml | *.yaml) run_as_user pm2 start "$start" --only "$name" ;;
        *) run_as_user pm2 start "$start" --name "$name" ;;
      esac ;;
    compose) # Never a newer image or another configuration: that would be a deployment.
      [ -n "$directory" ] || return 1
      compose --project-directory "$directory" up -d --no-recreate --no-build ;;
    *) return 1 ;;
  esac >>"$record" 2>&1
}

main() {
  trap 'say "it is broken off"; end interrupted 15' TERM INT HUP
  set_up
  if [ "$act" = check ]; then
    is_up && end healthy 0
    end down 10
  fi
  if [ "$act" = recover ] && [ -n "$url" ] && is_up; then end healthy 0; fi
  save_logs
  if is_present; then
    say "$name is restarted by $by" && restart
  else
    say "$name is absent: it is started by $by"
    start || { say "$name is absent, and nothing says how it is started"; end absent 11; }
  fi
  limit=30
  comes_up && end recovered 0
  say "$name is not up $within s after the $step"
  end failed 10
}

main
