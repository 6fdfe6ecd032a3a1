# Stable Regions Explorer as an image: `docker compose up`, or see docs/docker.md.
# Torch is the CPU build; `--build-arg TORCH_INDEX=` takes PyPI's, which is the CUDA build.

ARG PYTHON=3.11-slim-bookworm

# The page is built inside the wheel's build, with Node from PyPI, so that this stage needs Python alone.
FROM python:${PYTHON} AS build
WORKDIR /src
COPY pyproject.toml hatch_build.py README.md CHANGELOG.md LICENSE ./
COPY frontend frontend
COPY backend backend
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheels .

FROM python:${PYTHON}
ARG TORCH_INDEX=https://download.pytorch.org/whl/cpu
COPY requirements.lock /requirements.lock
RUN --mount=type=bind,from=build,source=/wheels,target=/wheels \
    pip install --no-cache-dir ${TORCH_INDEX:+--extra-index-url "$TORCH_INDEX"} \
        --constraint /requirements.lock /wheels/*.whl \
    && useradd --uid 10001 --home-dir /data --create-home --shell /usr/sbin/nologin app \
    && mkdir -p /data/cache /data/models /data/hub \
    && chown -R 10001:10001 /data

ENV PYTHONUNBUFFERED=1 \
    HOME=/data \
    HF_HOME=/data/hub \
    STABLE_REGIONS_CACHE_FOLDER=/data/cache \
    STABLE_REGIONS_MODEL_FOLDERS='["/data/models"]'

USER 10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
CMD ["stable-regions", "serve", "--host", "0.0.0.0", "--port", "8000"]
