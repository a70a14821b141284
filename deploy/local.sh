#!/usr/bin/env bash
# The same processes as in docker-compose.yml, without containers: for tests, and for machines that have none.
#
#   deploy/local.sh up [NAME…]      start what is not running (all, or what is named) and wait until it answers
#   deploy/local.sh down [NAME…]    end it in order         deploy/local.sh kill NAME…   end it at once (-9)
#   deploy/local.sh status          a line for each: name, running or not, process, address; ends with 1 if one is missing
#   deploy/local.sh manage COMMAND…     a command of manage.py in the same environment
#   deploy/local.sh environment     that environment, as NAME=VALUE lines
#
# Names: database redis mail web worker proxy
#
#   LOCAL_DIR        folder of everything, made where it is missing           /tmp/alongside-local
#   LOCAL_PORT       of the proxy; the others follow it                       8080
#     LOCAL_WEB_PORT +1   LOCAL_DATABASE_PORT +2   LOCAL_REDIS_PORT +3   LOCAL_MAIL_PORT +4
#   LOCAL_DATABASE   sqlite, or postgres for a cluster of its own             sqlite
#   LOCAL_WITHOUT    names that are not wanted, e.g. "redis proxy"            (redis, where there is no redis-server)
#   LOCAL_MODE       live or demo                                             live
#   LOCAL_SITE_URL   address of the site                                      http://localhost:LOCAL_PORT
#   LOCAL_CERTIFICATE   folder with fullchain.pem and privkey.pem, for an https address; TLS is on LOCAL_PORT + 5
#   LOCAL_WORKERS    web processes                                            2
#   LOCAL_PYTHON     with requirements-dev.txt installed (deploy/environment test)   .venv/bin/python
# Any setting of .env.example that is set in the environment reaches the site as well.
set -euo pipefail
cd "$(dirname "$0")/.."
repository=$PWD
LOCAL_DIR=${LOCAL_DIR:-/tmp/alongside-local}
LOCAL_PORT=${LOCAL_PORT:-8080}
web_port=${LOCAL_WEB_PORT:-$((LOCAL_PORT + 1))}
database_port=${LOCAL_DATABASE_PORT:-$((LOCAL_PORT + 2))}
redis_port=${LOCAL_REDIS_PORT:-$((LOCAL_PORT + 3))}
mail_port=${LOCAL_MAIL_PORT:-$((LOCAL_PORT + 4))}
tls_port=$((LOCAL_PORT + 5))
python=${LOCAL_PYTHON:-$repository/.venv/bin/python}
without=" ${LOCAL_WITHOUT:-} "
export PATH=$PATH:/usr/sbin  # where Debian keeps nginx

newest() { ls -d /usr/lib/postgresql/*/bin/"$1" 2>/dev/null | sort -V | tail -n 1; }
as_postgres() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
postgres() { as_postgres "$(newest pg_ctl)" -D "$LOCAL_DIR/database/data" "$@" > /dev/null; }
missing() { echo "$1 is not installed. On Debian or Ubuntu: apt-get install $2" >&2; exit 1; }

names() {
    local name
    for name in database redis mail web worker proxy; do
        [[ $without != *" $name "* ]] || continue
        [ "$name" != database ] || [ "${LOCAL_DATABASE:-sqlite}" = postgres ] || continue
        [ "$name" != redis ] || command -v redis-server > /dev/null || continue
        echo "$name"
    done
}
has() { names | grep -qx "$1"; }

port_of() {
    case $1 in
        database) echo "$database_port" ;; redis) echo "$redis_port" ;; mail) echo "$mail_port" ;;
        web) echo "$web_port" ;; proxy) echo "$LOCAL_PORT" ;;
    esac
}

secret() {
    [ -s "$LOCAL_DIR/secrets/$1" ] || (umask 077; printf '%s' "$2" > "$LOCAL_DIR/secrets/$1")
    export "$(tr '[:lower:]' '[:upper:]' <<< "$1")_FILE=$LOCAL_DIR/secrets/$1"
}

# Secrets from files, as in the containers. What a local .env says of them does not count here.
environment() {
    mkdir -p "$LOCAL_DIR"/{secrets,run,logs,data/media,purged,mail,proxy-logs,proxy-run,proxy-cache}
    chmod 755 "$LOCAL_DIR"
    unset SECRET_KEY_FILE DATABASE_URL_FILE REDIS_URL_FILE EMAIL_URL_FILE
    export SECRET_KEY= DATABASE_URL= REDIS_URL= EMAIL_URL=
    secret secret_key "$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')"
    if [ "${LOCAL_DATABASE:-sqlite}" = postgres ]; then
        secret database_url "postgres://postgres@127.0.0.1:$database_port/portal"
    else
        secret database_url "sqlite:///$LOCAL_DIR/data/db.sqlite3"
    fi
    if has redis; then secret redis_url "redis://127.0.0.1:$redis_port/0"; fi
    if has mail; then secret email_url "smtp://127.0.0.1:$mail_port"; else export EMAIL_URL=consolemail://; fi
    export PYTHONUNBUFFERED=1 DJANGO_SETTINGS_MODULE=cachexia_portal.settings
    export DATA_DIR=$LOCAL_DIR/data ERASURE_LOG=$LOCAL_DIR/erasures.log SITE_MODE=${LOCAL_MODE:-live}
    export SITE_URL=${LOCAL_SITE_URL:-http://localhost:$LOCAL_PORT}
    if has proxy; then
        export TRUSTED_PROXY_COUNT=1 ACCEL_MEDIA_PREFIX=/kept-media PROXY_PURGE_DIR=$LOCAL_DIR/purged MICRO_CACHE=0
    fi
}

# In a session of its own, so that ending it ends what it has started, and nothing else.
start() {
    local name=$1
    shift
    setsid "$@" >> "$LOCAL_DIR/logs/$name.log" 2>&1 < /dev/null &
    echo $! > "$LOCAL_DIR/run/$name.pid"
}

process_of() {
    local file=$LOCAL_DIR/run/$1.pid pid
    [ "$1" != database ] || file=$LOCAL_DIR/database/data/postmaster.pid
    pid=$(head -n 1 "$file" 2>/dev/null) || return 1
    # A number that another process has since been given is not ours.
    [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null && grep -qz "$(mark_of "$1")" "/proc/$pid/cmdline" && echo "$pid"
}
mark_of() {
    case $1 in
        database) echo postgres ;; redis) echo redis-server ;; mail) echo mail_catcher ;;
        web) echo granian ;; worker) echo worker ;; proxy) echo proxy/start ;;
    esac
}

start_database() {
    [ -n "$(newest initdb)" ] || missing PostgreSQL postgresql
    if [ ! -e "$LOCAL_DIR/database/data" ]; then
        mkdir -p "$LOCAL_DIR/database"
        [ "$(id -u)" != 0 ] || chown postgres "$LOCAL_DIR/database"
        as_postgres "$(newest initdb)" --encoding=UTF8 --auth=trust --username=postgres -D "$LOCAL_DIR/database/data" > /dev/null
    fi
    # Of a statement that fails nothing is written down: people's words stand in it.
    postgres -w -l "$LOCAL_DIR/database/log" -o "-p $database_port -k $LOCAL_DIR/database -c listen_addresses=127.0.0.1 \
        -c log_min_messages=fatal -c log_min_error_statement=panic -c log_error_verbosity=terse ${LOCAL_POSTGRES_OPTIONS:-}" start
    as_postgres "$(newest psql)" -qtA -h "$LOCAL_DIR/database" -p "$database_port" -U postgres -c \
        "SELECT 'CREATE DATABASE portal' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'portal')" |
        as_postgres "$(newest psql)" -q -h "$LOCAL_DIR/database" -p "$database_port" -U postgres
}
start_redis() {
    start redis redis-server --port "$redis_port" --bind 127.0.0.1 --save '' --appendonly no --dir "$LOCAL_DIR/run"
}
start_mail() {
    "$python" -c 'import aiosmtpd' 2> /dev/null || { echo "Run deploy/environment test first: it installs what this needs." >&2; exit 1; }
    start mail "$python" deploy/mail_catcher.py "$mail_port" "$LOCAL_DIR/mail"
}
start_web() {
    prepare || { cat "$LOCAL_DIR/logs/prepare.log" >&2; return 1; }
    start web "$python" -m granian --interface wsgi --host 127.0.0.1 --port "$web_port" --no-ws \
        --workers "${LOCAL_WORKERS:-2}" --blocking-threads "${WEB_THREADS:-2}" --backpressure 128 \
        --workers-kill-timeout 10 --respawn-failed-workers --log-level warning cachexia_portal.wsgi:application
}
start_worker() { start worker "$python" manage.py worker; }
start_proxy() {
    command -v nginx > /dev/null || missing nginx nginx-light
    start proxy env PROXY_WEB="127.0.0.1:$web_port" PROXY_HTTP="127.0.0.1:$LOCAL_PORT" \
        PROXY_HTTPS="127.0.0.1:$tls_port" PROXY_CERTIFICATE="${LOCAL_CERTIFICATE:-/nowhere}" \
        PROXY_LOGS="$LOCAL_DIR/proxy-logs" PROXY_RUN="$LOCAL_DIR/proxy-run" PROXY_CACHE="$LOCAL_DIR/proxy-cache" \
        PROXY_MEDIA="$LOCAL_DIR/data/media" deploy/proxy/start
}

# Once for each folder: `up web` after a kill comes back as quickly as a container does.
prepare() {
    [ ! -e "$LOCAL_DIR/run/prepared" ] || return 0
    "$python" manage.py migrate --verbosity 0 && deploy/collect-static "$python" || return 1
    if [ "$SITE_MODE" = demo ]; then "$python" manage.py bootstrap --demo; else "$python" manage.py bootstrap; fi || return 1
    touch "$LOCAL_DIR/run/prepared"
} > "$LOCAL_DIR/logs/prepare.log" 2>&1

answers() { (exec 3<> "/dev/tcp/127.0.0.1/$(port_of "$1")") 2>/dev/null; }
wait_for() {
    [ "$1" != worker ] || return 0
    for _ in $(seq 300); do
        if answers "$1"; then return; fi
        process_of "$1" > /dev/null || break
        sleep 0.1
    done
    echo "$1 does not answer; see $LOCAL_DIR/logs/$1.log" >&2
    return 1
}

up() {
    local name
    for name in "$@"; do
        if process_of "$name" > /dev/null; then continue; fi
        "start_$name" && wait_for "$name" || return 1
    done
}

end() { # SIGNAL NAME
    local pid
    pid=$(process_of "$2") || return 0
    if [ "$2" = database ]; then
        if [ "$1" = KILL ]; then as_postgres pkill -KILL -s "$(ps -o sess= -p "$pid" | tr -d ' ')"; else postgres -m fast stop; fi
        return
    fi
    kill "-$1" -- "-$pid" 2>/dev/null || kill "-$1" "$pid" 2>/dev/null || true
    for _ in $(seq 150); do
        kill -0 -- "-$pid" 2>/dev/null || break
        sleep 0.1
    done
    kill -KILL -- "-$pid" 2>/dev/null || true
    rm -f "$LOCAL_DIR/run/$2.pid"
}

status() {
    local name pid all=0
    for name in $(names); do
        if pid=$(process_of "$name"); then
            printf '%-9s running  %-8s %s\n' "$name" "$pid" "$(port_of "$name" | sed 's/^/127.0.0.1:/')"
        else
            printf '%-9s missing\n' "$name"
            all=1
        fi
    done
    return "$all"
}

# Read whole before it runs, so that a change of this file does not meet a run of it.
{
act=${1:-status}
[ $# = 0 ] || shift
environment
mapfile -t wanted < <(if [ $# -gt 0 ]; then printf '%s\n' "$@"; else names; fi)
case $act in
    up) up "${wanted[@]}" && status ;;
    down) mapfile -t wanted < <(printf '%s\n' "${wanted[@]}" | tac); for name in "${wanted[@]}"; do end TERM "$name"; done ;;
    kill) for name in "$@"; do end KILL "$name"; done ;;
    status) status ;;
    manage) exec "$python" manage.py "$@" ;;
    environment) export -p | sed -n 's/^declare -x //p' ;;
    *) sed -n '2,12s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
exit
}
