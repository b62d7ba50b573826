# Thin on purpose: each target is one line of what you could type yourself.
SHELL := /bin/bash
BUILD := .build/release
ROOT ?= $(shell mktemp -d -t villagelocker.XXXXXX)
KEEP ?=
# What make run plays with (not optimised: half the time to build), and what the virtual bench runs.
PLAYED := recorded-day lockerd lockerctl county-server
BENCHED := lockerd lockerctl county-server locker-outputs-off
build-each = for program in $(1); do swift build -c $(2) --product $$program || exit 1; done

# What packages are made for: amd64, or arm64, which is built across on another machine.
ARCH ?= $(shell dpkg --print-architecture)

.PHONY: help run test unit oracle soak-trust build hil bench fuzz fmt lint fresh deb packages packages-test packages-bench \
	packages-deb

help:
	@echo "make run    play a recorded day on a simulated station (KEEP=1 leaves it running)"
	@echo "make test   everything: format, what the bench needs, build, unit tests, virtual bench"
	@echo "make hil    the virtual bench alone: kernel GPIO and USB in QEMU"
	@echo "make deb    Debian packages below .build/deb, checked by lintian (ARCH=arm64 builds across)"
	@echo "make bench  figures, as ratios against a calibration"
	@echo "make fuzz   every parser of outside bytes under libFuzzer, for a minute"
	@echo "make unit   unit tests alone, in a debug build (ONLY=LockerDomainTests FILTER=HandOut for the daily loop)"
	@echo "make oracle compare what 200 simulated stations decide with the record (RECORD=1 records anew)"
	@echo "make soak-trust  a year of a busy station's journal, and thousands of simulated days on new seeds (half an hour)"
	@echo "make fmt    format the sources;  make lint  check them"
	@echo "make fresh  the two commands above in a minimal Debian root (root, about an hour)"

packages:
	@.ci/ensure-packages .ci/packages.txt

packages-test: packages
	@.ci/ensure-packages .ci/packages-test.txt

packages-bench: packages
	@.ci/ensure-packages Hardware/bench/packages.txt

packages-deb: packages
	@.ci/ensure-packages systemd/packaging/packages.txt

build: packages
	@swift build -c release

run: packages
	@$(call build-each,$(PLAYED),debug)
	@.build/debug/recorded-day play --programs "$(CURDIR)/.build/debug" --root "$(ROOT)" $(if $(KEEP),--keep)

test: packages-test packages-bench
	@.ci/test

# ONLY=LockerDomainTests builds what these test targets need and nothing else, FILTER=HandOut runs tests of that name.
unit: packages
	@LOCKER_ONLY='$(ONLY)' swift test $(if $(FILTER),--filter '$(FILTER)')

hil: packages-bench
	@Hardware/bench/prepare.sh >/dev/null
	@$(call build-each,$(BENCHED),release)
	@Hardware/bench/hil.sh --programs $(BUILD)

# Manual pages and completions come from programs that run here, so those are built for any ARCH.
deb: packages-deb
	@$(call build-each,$(BENCHED),release)
ifeq ($(ARCH),$(shell dpkg --print-architecture))
	@systemd/packaging/deb.sh --lint
else
	@built=$$(Hardware/$(ARCH)/build.sh | tail -n 1) && systemd/packaging/deb.sh --lint --arch $(ARCH) \
		--programs "$$built/programs" --runtime "$$built/runtime"
endif

bench: build
	@$(BUILD)/lockerbench all

oracle: packages
	@swift build -c release --product lockerbench
	@$(BUILD)/lockerbench oracle $(if $(RECORD),--record)

# What proves that nothing is silently wrong after a year, a bad card or a wrong clock, and takes too long for make test.
SOAK_DAYS ?= 20000
soak-trust: packages
	@swift build -c release --product lockerbench
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
