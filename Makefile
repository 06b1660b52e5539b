# make demo   a dataset from the sample articles          make test      the tests that need Python alone
# make check  what CI runs: format, lint, types, tests    make test-all  every test; a skip is a failure

UV := .venv/bin/uv
RUN := .venv/bin
PYTHON ?= python3

.PHONY: demo test test-all test-cluster fuzz check lint format measure docs bench bench-resolve site screenshots train clean

.venv/bin/uv:
	$(PYTHON) -m venv .venv
	.venv/bin/python -m pip install --quiet --disable-pip-version-check uv==0.13.9

.venv/.runtime: .venv/bin/uv uv.lock pyproject.toml
	$(UV) sync --quiet --frozen --inexact
	touch $@

.venv/.dev: .venv/bin/uv uv.lock pyproject.toml
	$(UV) sync --quiet --frozen --inexact --group dev
	touch $@ .venv/.runtime

# what every test and the type checker need: ICU's headers, Java and a Chromium are not Python's to install (.ci/run is)
.venv/.all: .venv/bin/uv uv.lock pyproject.toml
	$(UV) sync --quiet --frozen --inexact --group dev --group peers --extra ftm --extra spark
	touch $@ .venv/.dev .venv/.runtime

demo: .venv/.runtime
	$(RUN)/civic-actors run data/articles -o out
	$(RUN)/civic-actors show out

test: .venv/.dev
	@echo "Groups that run: unit, model, install, notebooks. Left out, see make test-all: browser (needs a Chromium), ftm"
	@echo "(ICU's headers), spark (Java)."
	$(RUN)/python -m pytest -m "not browser and not ftm and not spark"

test-all: .venv/.all
	$(RUN)/python -m pytest --no-skips

lint: .venv/.all
	$(RUN)/ruff format --check .
	$(RUN)/ruff check .
	$(RUN)/mypy --strict pipeline

# Spark's own master and worker on this machine, in place of Spark inside the driver
test-cluster: .venv/.all
	$(RUN)/python -m pytest tests/engines/spark_cluster.py

# atheris on one of decode, html, markdown; what breaks it lies in build/fuzz/TARGET-found
fuzz: .venv/.dev
	$(UV) sync --quiet --frozen --inexact --group dev --group fuzz
	$(RUN)/python -W ignore -m tests.fuzz $(or $(TARGET),decode) $(or $(SECONDS),600)

check: lint test-all site

format: .venv/.dev
	$(RUN)/ruff format .
	$(RUN)/ruff check --fix .

clean:
	rm -rf out .venv build dist

# docs that are measured or printed; needs the shipped model
measure: .venv/.dev
	$(RUN)/civic-actors evaluate --split test --json docs/evaluation-test.json

docs: .venv/.dev
	$(RUN)/civic-actors gold data/gold --page docs/gold.md
	$(RUN)/python -m pipeline.training.docs

# the documentation site, in build/site
site: .venv/.dev
	NO_MKDOCS_2_WARNING=1 $(RUN)/mkdocs build --quiet --strict

# whole runs of 1,000 and 10,000 articles, an hour or two; CORPORA=folder of UD Polish-PUD, for the large shape;
# LARGE=1 adds one run of 100,000
bench: .venv/.dev
	$(if $(CORPORA),$(RUN)/python -m pipeline.training.performance beside docs/performance.json --corpora $(CORPORA))
	$(RUN)/python -m pipeline.training.performance measure docs/performance.json --sizes 1000 --sizes 10000
	$(if $(LARGE),$(RUN)/python -m pipeline.training.performance measure docs/performance.json --sizes 100000 --ways "local 2")
	$(RUN)/python -m pipeline.training.performance page docs/performance.json docs/performance.md

# beside splink and rapidfuzz; about ten minutes and 5 GB
bench-resolve: .venv/.all
	$(RUN)/python -m pipeline.training.resolve_bench page docs/resolve.md --sizes 100000 --sizes 1000000

# pictures of the report in both READMEs, and its figures at 10,000 people; needs a Chromium
screenshots: .venv/.dev
	$(RUN)/python -m pipeline.training.screenshots docs/images
	$(RUN)/python -m pipeline.training.report_figures 10000 docs/report.md

# CORPORA=folder of NKJP1M, KPWr and CEN; stages already in WORK are not done again
train: .venv/.dev
	$(RUN)/civic-actors train --corpora $(CORPORA) --work $(or $(WORK),build/train)
