# make build   the release binary at target/release/lantu, with the pages in it
# make run     builds, prints where Ningbo's plan stands, serves the cockpit at 127.0.0.1:8420
# make test    every test there is, browser included; installs what is missing on Debian as root
# make bless   accepts the current output of snapshot tests (look at the diff before you commit it)
# make bench   times Lantu beside dbt on DuckDB and keeps the figures under benches/runs/
# make bench-network TNTP=<folder> [POA=<folder>] [ORLIB=<folder>]   times the assignment beside AequilibraE, and with these folders
#              public transport and siting, into the same folder
# make bench-appraisal   times grading beside pandas and DuckDB, data envelopment analysis beside HiGHS, into the same folder
# make bench-simulation MODEL=wrld3-03.mdl   times the simulation beside pysimlin, PySD and SALib, into the same folder
# make fuzz    feeds the readers of foreign text with made-up bytes, a minute each (needs cargo-fuzz)

.PHONY: build run test web setup bless lint bench bench-appraisal bench-network bench-simulation fuzz clean-cities

CITY ?= cities/ningbo
LANTU = target/release/lantu

build: web
	cargo build --release --locked -p lantu-cli

# Pages are built when something they are made of is newer: an untouched bundle leaves the binary alone.
WEB_SOURCES = $(shell find web/src web/public web/index.html web/*.ts web/*.js web/package-lock.json -type f)

web: web/dist/index.html

web/dist/index.html: web/node_modules/.package-lock.json $(WEB_SOURCES)
	cd web && npm run --silent build

web/node_modules/.package-lock.json: web/package-lock.json
	cd web && npm ci --no-audit --no-fund

run: build
	$(LANTU) status $(CITY)
	$(LANTU) serve $(CITY)

setup:
	scripts/setup

lint:
	cargo fmt --all --check
	cargo clippy --release --locked --workspace --all-targets -- -D warnings

# The order is from cheap to dear, so that a slip is found early. The binary is built before the browser needs it.
# `blueprint` is tested alone, in the dev profile: its test dependencies would otherwise change the features of a crate
# deep below DataFusion, and build all of that a second time.
test: setup
	$(MAKE) build
	cd web && npm run --silent check
	$(MAKE) lint
	cargo test --locked -p lantu-blueprint
	cargo test --release --locked --workspace --exclude lantu-blueprint
	$(LANTU) check cities/template && $(LANTU) test cities/template
	$(LANTU) check cities/ningbo && $(LANTU) test cities/ningbo
	cd web && npm test

bless:
	LANTU_BLESS=1 INSTA_UPDATE=always cargo test --release --workspace --exclude lantu-blueprint
	INSTA_UPDATE=always cargo test -p lantu-blueprint
	cd web && npm run --silent api && npm run --silent build

bench: build
	benches/run

bench-network:
	benches/network/run $(TNTP) $(if $(POA),--transit $(POA)) $(if $(ORLIB),--siting $(ORLIB))

bench-appraisal:
	benches/appraisal/run

bench-simulation:
	benches/simulation/run $(MODEL)

FUZZ_SECONDS ?= 60

# Coverage of the code is counted by the compiler; no sanitizer, since nothing here is unsafe.
fuzz:
	for target in plan csv xlsx; do \
	    cargo fuzz run --sanitizer none $$target -- -max_total_time=$(FUZZ_SECONDS) -rss_limit_mb=4096 || exit 1; \
	done
	for target in tntp edits gmns curves siting gtfs osm; do \
	    cargo fuzz run --fuzz-dir crates/network/fuzz --sanitizer none $$target -- \
	        -max_total_time=$(FUZZ_SECONDS) -rss_limit_mb=4096 -timeout=20 || exit 1; \
	done
	for target in rules formula units; do \
	    cargo fuzz run --fuzz-dir crates/appraisal/fuzz --sanitizer none $$target -- \
	        -max_total_time=$(FUZZ_SECONDS) -rss_limit_mb=4096 -timeout=20 || exit 1; \
	done
	for target in mdl xmile equation; do \
	    cargo fuzz run --fuzz-dir crates/simulation/fuzz --sanitizer none $$target -- \
	        -max_total_time=$(FUZZ_SECONDS) -rss_limit_mb=4096 -timeout=20 || exit 1; \
	done

clean-cities:
	rm -rf cities/*/.lantu
