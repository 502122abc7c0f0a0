# One image for every role: `docker run fanzha run citizens`, and so on (compose.yaml shows them together).
FROM python:3.13-slim-bookworm AS build
WORKDIR /build
# requirements-evidence.txt adds what reads the words on pictures and in PDFs, 325 MB; without it people read them.
ARG LOCK=requirements.txt
COPY ${LOCK} .
RUN python -m venv /opt/fanzha \
 && /opt/fanzha/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes --no-deps -r "${LOCK}"
COPY pyproject.toml README.md LICENSE ./
COPY knowledge knowledge
COPY storage storage
COPY bot bot
RUN /opt/fanzha/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation .
# Here, because whoever runs the image can write nothing beside the program: else every start would learn anew.
RUN /opt/fanzha/bin/fanzha patterns learn

FROM python:3.13-slim-bookworm
# For `fanzha backup` and `restore` of a PostgreSQL database.
RUN apt-get update -q \
 && apt-get install -y -q --no-install-recommends postgresql-client-15 \
 && rm -rf /var/lib/apt/lists/*
# The same uid in every container, so that they can share the home's volume; no shell, no home folder of its own.
RUN groupadd --gid 10001 fanzha \
 && useradd --uid 10001 --gid fanzha --no-create-home --home-dir /var/lib/fanzha --shell /usr/sbin/nologin fanzha \
 && install -d -o fanzha -g fanzha -m 0700 /var/lib/fanzha /var/lib/fanzha-staff /var/lib/fanzha-desk
COPY --from=build /opt/fanzha /opt/fanzha
ENV PATH=/opt/fanzha/bin:$PATH LANG=C.UTF-8 PYTHONDONTWRITEBYTECODE=1 \
    FANZHA_HOME=/var/lib/fanzha FANZHA_STAFF_KEYS=/var/lib/fanzha-staff \
    FANZHA_DESK_KEYS=/var/lib/fanzha-desk
USER fanzha
WORKDIR /var/lib/fanzha
VOLUME ["/var/lib/fanzha"]
EXPOSE 8080 8081
STOPSIGNAL SIGTERM
ENTRYPOINT ["fanzha"]
CMD ["run"]
