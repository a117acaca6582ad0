#!/usr/bin/env python3
"""Writes what providers send, from tests/replay, as seeds for the fuzz targets.

    fuzz/seeds.py DIRECTORY TARGET…    one folder for each target: DIRECTORY/TARGET

A target that no request is for gets an empty folder. Standard library only.
"""
import hashlib
import json
import pathlib
import re
import sys
import urllib.parse

REPLAYS = pathlib.Path(__file__).resolve().parent.parent / "tests" / "replay"
# Stands for what a conversation would have captured.
AN_ID = "member-test-00000000-0000-7000-8000-000000000001"


def steps():
    for path in sorted(REPLAYS.glob("*/*.json")):
        yield from json.loads(re.sub(r"\{\{\w+\}\}", AN_ID, path.read_text(encoding="utf-8")))


def member(value, name):
    """A member of a JSON object in any spelling of its name."""
    if isinstance(value, dict):
        return next((found for key, found in value.items() if key.lower() == name), None)
    return None


def of_patch(body):
    yield "scim_patch", body
    operations = member(body, "operations")
    for operation in operations if isinstance(operations, list) else []:
        path, value = member(operation, "path"), member(operation, "value")
        if isinstance(path, str):
            yield "scim_path", path
        elif isinstance(value, dict):
            yield from (("scim_path", name) for name in value)


def seeds():
    """Target and content of each seed."""
    for step in steps():
        target, body = urllib.parse.urlsplit(step["path"]), step.get("body")
        for name, value in urllib.parse.parse_qsl(target.query):
            if name.lower() in ("filter", "cursor"):
                yield {"filter": "scim_filter", "cursor": "cursor"}[name.lower()], value
        if body is None:
            continue
        place = target.path.rstrip("/").lower()
        if place.endswith("/.search"):
            yield from [("scim_filter", member(body, "filter"))] if member(body, "filter") else []
        elif place.endswith("/bulk"):
            yield "scim_bulk", body
        elif step["method"] == "PATCH":
            yield from of_patch(body)
        else:
            yield "scim_resource", body


def main(directory, *targets):
    for target in targets:
        (pathlib.Path(directory) / target).mkdir(parents=True, exist_ok=True)
    for target, content in seeds():
        if target in targets:
            data = (content if isinstance(content, str) else json.dumps(content)).encode("utf-8", "surrogatepass")
            (pathlib.Path(directory) / target / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)


if __name__ == "__main__":
    main(*sys.argv[1:])
