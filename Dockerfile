# Two images: the site (web, worker, backups) and the proxy. Neither runs as root, neither holds a secret.

FROM python:3.11-slim-bookworm AS packages
WORKDIR /build
COPY requirements.txt .
RUN python -m venv /packages \
    && /packages/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt

FROM python:3.11-slim-bookworm AS site
# A named volume takes over the owner of the folder that it covers.
RUN groupadd --gid 10001 site \
    && useradd --uid 10001 --gid site --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin site \
    && install -d -o site -g site /data /data/media /erasures /purged /backups
COPY --from=packages /packages /packages
ENV PATH=/packages/bin:$PATH PYTHONUNBUFFERED=1 DJANGO_SETTINGS_MODULE=cachexia_portal.settings
WORKDIR /site
COPY . .
# The key signs nothing here; the running site is given its own.
RUN SECRET_KEY=while-building SITE_URL=http://localhost DATA_DIR=/tmp/building \
        python manage.py collectstatic --no-input --verbosity 0 \
    && rm -r /tmp/building \
    && python -m compileall -q articles cachexia_portal community
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s \
    CMD ["python", "deploy/healthy.py", "http://127.0.0.1:8000/healthz"]
# Threads are fixed: each may hold one connection to the database, and no more are ever opened.
CMD ["sh", "-c", "exec granian --interface wsgi --host 0.0.0.0 --port 8000 --no-ws --workers \"${WEB_WORKERS:-2}\" --blocking-threads \"${WEB_THREADS:-2}\" --backpressure 128 --workers-kill-timeout 10 --respawn-failed-workers --log-level warning cachexia_portal.wsgi:application"]

FROM debian:bookworm-slim AS proxy
# The version is Debian's: it is the one that security updates go to.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends nginx-light \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 10002 proxy-server \
    && useradd --uid 10002 --gid proxy-server --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin proxy-server \
    && install -d -o proxy-server -g proxy-server /logs /run/proxy /cache
COPY deploy/proxy /proxy
USER 10002:10002
EXPOSE 8080 8443
HEALTHCHECK --interval=15s --timeout=5s --start-period=10s CMD ["/proxy/healthy", "8080"]
CMD ["/proxy/start"]
