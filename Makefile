# Two commands: `make run` and `make test`. Both may be repeated.

SHELL := /bin/bash
PORT ?= 8000
export PORT

.PHONY: help run test browser lint

help:
	@echo "make run      the site with demonstration people, on http://localhost:$(PORT)"
	@echo "make test     the whole suite of tests"
	@echo "make browser  install the browser that the browser tests use"
	@echo "make lint     style, types, import directions, forgotten migrations"

run:
	@deploy/environment run
	@exec deploy/run

test:
	@deploy/environment test
	@deploy/test

browser:
	@deploy/browser --install

lint:
	@deploy/environment test
	@deploy/lint
