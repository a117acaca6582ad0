#!/usr/bin/env python3
"""Every member of Limits has a row in docs/limits.md with its value, and is named by a test."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEADER = "src/base/limits.hpp"
PAGE = "docs/limits.md"
# What a test is written in. This folder judges the source and proves no limit.
TESTS = (".cpp", ".hpp", ".py", ".js", ".scimtest")
SKIPPED = ("node_modules", "tidy")

COMMENT = re.compile(r"//[^\n]*")
STRUCT = re.compile(r"struct Limits \{(.*?)\n\};", re.DOTALL)
MEMBER = re.compile(r"(?:static constexpr )?(?:std::size_t|int|std::chrono::(\w+)) (\w+)\s*(?:= *|\{)([^}]+)\}?")
ROW = re.compile(r"^\| `(\w+)` \| ([\d,]+) ?(\w*)", re.MULTILINE)
UNITS = {"": 1, "KiB": 1024, "MiB": 1024 ** 2,
         "s": 1, "seconds": 1, "minutes": 60, "h": 3600, "hours": 3600, "days": 86400}


def product(expression):
    """366 * 24 * 60 as a number."""
    result = 1
    for factor in expression.split("*"):
        result *= int(factor.strip().replace("'", ""))
    return result


def members(header):
    """Names to values, times in seconds. Raises ValueError for what it cannot read."""
    found = {}
    for body in STRUCT.findall(COMMENT.sub("", header)):
        for statement in filter(None, map(str.strip, body.split(";"))):
            match = MEMBER.fullmatch(statement)
            if match is None:
                raise ValueError(f"{HEADER}: not a limit: {statement}")
            unit, name, value = match.groups(default="")
            found[name] = product(value) * UNITS[unit]
    return found


def rows(page):
    """Names to the values that their rows give; None for a unit that is not known."""
    found = {}
    for name, number, unit in ROW.findall(page):
        value = int(number.replace(",", "")) * UNITS[unit] if unit in UNITS else None
        found.setdefault(name, []).append(value)
    return found


def findings(header, page, words):
    """@param words  all that tests name."""
    limits = members(header)
    listed = rows(page)
    if not limits:
        yield f"{HEADER}: has no limits"
    for name, value in limits.items():
        values = listed.get(name, [])
        if not values:
            yield f"{PAGE}: has no row for {name}"
        for wrong in values:
            if wrong != value:
                yield f"{PAGE}: {name} is {value}, not {wrong}"
        if name not in words:
            yield f"{HEADER}: no test names {name}"


def words_of_tests(root):
    words = set()
    for path in (root / "tests").rglob("*"):
        if path.suffix in TESTS and path.is_file() and not set(path.relative_to(root).parts) & set(SKIPPED):
            words.update(re.findall(r"\w+", path.read_text(encoding="utf-8", errors="replace")))
    return words


def main():
    found = list(findings((ROOT / HEADER).read_text(encoding="utf-8"), (ROOT / PAGE).read_text(encoding="utf-8"),
                          words_of_tests(ROOT)))
    for finding in found:
        print(finding)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
