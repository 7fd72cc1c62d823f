# Two commands: `make study` sets everything up and runs the main job, `make test` sets everything up and tests it.
# uv is used where it is there; otherwise it is installed by pip into .tools, so that there is one locked path.
PYTHON ?= python3
UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
STUDY ?= g5 --against g7

.PHONY: study test check setup bench clean

study: setup
	$(UV) run --frozen --no-sync comity study $(STUDY)

test: setup
	$(UV) run --frozen --no-sync pytest -q

check: setup
	$(UV) run --frozen --no-sync scripts/check

bench: setup
	$(UV) run --frozen --no-sync python benchmarks/doors.py

setup: $(UV)
	$(UV) sync --frozen --quiet

.tools/bin/uv:
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'comity needs Python 3.11 or newer; set PYTHON=python3.12, say.')"
	$(PYTHON) -m venv .tools
	.tools/bin/python -m pip install --quiet --disable-pip-version-check uv

clean:
	rm -rf out dist build
