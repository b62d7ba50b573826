# Thin on purpose: each target is one line of what you could type yourself.
SHELL := /bin/bash
BUILD := .build/release
ROOT ?= $(shell mktemp -d -t villagelocker.XXXXXX)
KEEP ?=
# What make run plays with (not optimised: half the time to build), and what the virtual bench runs.
PLAYED := recorded-day lockerd lockerctl county-server
BENCHED := lockerd lockerctl county-server locker-outputs-off
# Line tables cost time and no package needs them; one set of flags, so that nothing is built twice.
release := release -debug-info-format none
build-each = for program in $(1); do swift build -c $(2) --product $$program || exit 1; done

# What packages are made for: amd64, or arm64, which is built across on another machine.
ARCH ?= $(shell dpkg --print-architecture)

.PHONY: help run test unit oracle soak-trust build hil bench bench-county fuzz fmt lint fresh deb deb-test image board \
	board-test pages fleet calls packages packages-test packages-bench packages-deb packages-install packages-board \
	packages-pages

help:
	@echo "make run    play a recorded day on a simulated station (KEEP=1 leaves it running)"
	@echo "make test   everything: format, what the bench needs, build, unit tests, virtual bench, packages and their installation"
	@echo "make hil    the virtual bench alone: kernel GPIO and USB in QEMU (ARCH=arm64: on an emulated arm64 board)"
	@echo "make deb    Debian packages below .build/deb, checked by lintian (ARCH=arm64 builds across)"
	@echo "make deb-test  install, upgrade, downgrade and purge them in a Debian guest with systemd"
	@echo "make board-test  everything on the virtual board: watchdogs, upgrades under power cuts, memory, the card (root, hours)"
	@echo "make image ARCH=arm64  a card to flash, with the station package in it (root; DEB=FILE takes a package that is built)"
	@echo "make board  boots that card in an emulated arm64 board (BOOT='enrol.toml authorized_keys' CARD=FILE keeps what it writes)"
	@echo "make bench  figures, as ratios against a calibration"
	@echo "make bench-county  those of the county's server with its books (an hour, 10 GiB)"
	@echo "make pages  the county's pages in a browser, at two widths and on paper; pictures stay in a folder (SHOTS=FOLDER)"
	@echo "make fleet  300 simulated stations, a month, the county's figures counted again by a script (half an hour)"
	@echo "make calls  made-up calls to every route of the county's server, as a station and as each of its people"
	@echo "make fuzz   every parser of outside bytes under libFuzzer, for a minute"
	@echo "make unit   unit tests alone, in a debug build (ONLY=StationRulesTests FILTER=HandOut for the daily loop)"
	@echo "make oracle compare what 200 simulated stations decide with the record (RECORD=1 records anew)"
	@echo "make soak-trust  a year of a busy station's journal, and thousands of simulated days on new seeds (half an hour)"
	@echo "make fmt    format the sources;  make lint  check them"
	@echo "make fresh  the two commands above in a minimal Debian root (root, about an hour)"

packages:
	@.ci/ensure-packages .ci/packages.txt

packages-test: packages
	@.ci/ensure-packages .ci/packages-test.txt Tests/Schemathesis/packages.txt

packages-pages: packages
	@.ci/ensure-packages Tests/Pages/packages.txt

packages-bench: packages
	@.ci/ensure-packages Hardware/bench/packages.txt

packages-deb: packages
	@.ci/ensure-packages systemd/packaging/packages.txt $(wildcard Hardware/$(ARCH)/packages.txt)

packages-board: packages-bench
	@.ci/ensure-packages Hardware/bench/packages-arm64.txt Hardware/board/packages.txt Hardware/arm64/packages.txt

build: packages
	@swift build -c $(release)

run: packages
	@$(call build-each,$(PLAYED),debug)
	@.build/debug/recorded-day play --programs "$(CURDIR)/.build/debug" --root "$(ROOT)" $(if $(KEEP),--keep)

test: packages-test packages-install packages-pages
	@.ci/test

# ONLY=StationRulesTests builds what these test targets need and nothing else, FILTER=HandOut runs tests of that name.
unit: packages
	@LOCKER_ONLY='$(ONLY)' swift test $(if $(FILTER),--filter '$(FILTER)')

ifeq ($(ARCH),$(shell dpkg --print-architecture))
hil: packages-bench
	@Hardware/bench/prepare.sh >/dev/null
	@$(call build-each,$(BENCHED),$(release))
	@Hardware/bench/hil.sh --programs $(BUILD)
else
hil: packages-bench packages-board
	@Hardware/bench/prepare.sh --arch $(ARCH) >/dev/null
	@built=$$(Hardware/$(ARCH)/build.sh $(BENCHED) | tail -n 1) && \
		Hardware/bench/hil.sh --arch $(ARCH) --programs "$$built/programs" --runtime "$$built/runtime"
endif

# Long: builds for arm64, boots the virtual board, cuts its power; see the head of the script.
board-test: packages-board
	@$(MAKE) --no-print-directory deb-test ARCH=$(shell dpkg --print-architecture)
	@$(call build-each,$(BENCHED),$(release))
	@Hardware/board/board-test.sh

packages-install: packages-bench packages-deb
	@.ci/ensure-packages Hardware/board/install-packages.txt

# Manual pages and completions come from programs that run here, so those are built for any ARCH.
deb: packages-deb
	@$(call build-each,$(BENCHED),$(release))
ifeq ($(ARCH),$(shell dpkg --print-architecture))
	@systemd/packaging/deb.sh --lint
else
	@built=$$(Hardware/$(ARCH)/build.sh | tail -n 1) && systemd/packaging/deb.sh --lint --arch $(ARCH) \
		--programs "$$built/programs" --runtime "$$built/runtime"
endif

# Installs, upgrades and purges them in a guest with systemd as process 1.
deb-test: packages-install deb
	@Hardware/board/install-test.sh --debs .build/deb

# With DEB= nothing is built.
image: packages-board $(if $(DEB),,deb)
	@Hardware/board/image.sh --arch $(ARCH) --deb "$(or $(DEB),$$(ls -t .build/deb/villagelocker-station_*_$(ARCH).deb | head -n 1))"

board: packages-board
	@Hardware/board/board.sh $(if $(IMAGE),--image "$(IMAGE)") $(foreach file,$(BOOT),--boot "$(file)") $(if $(CARD),--card "$(CARD)")

bench: build
	@$(BUILD)/lockerbench all

bench-county: packages
	@$(call build-each,lockerbench county-server,$(release))
	@$(BUILD)/lockerbench county-waiters
	@$(BUILD)/lockerbench county-ingest
	@$(BUILD)/lockerbench county-books
	@$(BUILD)/lockerbench county-start --events 10000000

pages: packages-pages
	@$(call build-each,county-server,$(release))
	@/usr/bin/python3 Tests/Pages/pages.py --program $(BUILD)/county-server \
		--shots "$(or $(SHOTS),$(shell mktemp -d -t villagelocker-pages.XXXXXX))"

fleet: packages
	@$(call build-each,lockerbench county-server,$(release))
	@.ci/fleet

calls: packages-test
	@$(call build-each,county-server,$(release))
	@python3 Tests/Schemathesis/run.py --program $(BUILD)/county-server

oracle: packages
	@swift build -c $(release) --product lockerbench
	@$(BUILD)/lockerbench oracle $(if $(RECORD),--record)

# What proves that nothing is silently wrong after a year, a bad card or a wrong clock, and takes too long for make test.
SOAK_DAYS ?= 20000
soak-trust: packages
	@swift build -c $(release) --product lockerbench
	@$(BUILD)/lockerbench year
	@$(BUILD)/lockerbench year --events 20000 --days 120 --mebibytes 256
	@$(BUILD)/lockerbench simulate --days $(SOAK_DAYS)

SECONDS_OF_FUZZING ?= 60
fuzz: packages
	@LOCKER_FUZZ=1 swift build -c release --scratch-path .build/fuzz --product locker-fuzz -Xswiftc -sanitize=fuzzer-no-link
	@mkdir -p .build/fuzz/corpus
	@.build/fuzz/release/locker-fuzz -max_total_time=$(SECONDS_OF_FUZZING) .build/fuzz/corpus Tests/FuzzTests/Corpus

fmt:
	@swift format --in-place --recursive Package.swift Sources Tests

lint:
	@swift format lint --strict --recursive Package.swift Sources Tests

fresh:
	@.ci/fresh
