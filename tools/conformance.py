#!/usr/bin/env python3
"""Writes docs/conformance.md: each requirement of the SCIM side and the tests that prove it.

    tools/conformance.py            writes the page; takes what is tested by now from untested.txt
    tools/conformance.py --check    changes nothing; prints what is wrong, and ends with 1 if anything is

The requirements are tests/conformance/checklist.tsv. A test cites an id like P-24 in a comment right above
it or inside it, a C++ test also in its name (P24_what_it_says), a script in its `# ids:` lines, a step of a
replay file in its name. What has no test yet stands in tests/conformance/untested.txt, which only
shrinks. Standard library only.
"""
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
CHECKLIST = "tests/conformance/checklist.tsv"
UNTESTED = "tests/conformance/untested.txt"
JUDGES = "tests/conformance/judges.md"
PAGE = "docs/conformance.md"
SHOWN = 4  # tests named for one requirement; the rest is counted

ID = re.compile(r"\b[A-Z]-[0-9]{2}\b")
SKIPPED = ("node_modules", "__pycache__", "conformance")

# --- Citations ------------------------------------------------------------------------------------------

CPP_TEST = re.compile(r"^(?:TEST|TEST_F|TEST_P)\((.*?)\) \{\n(.*?)^\}", re.MULTILINE | re.DOTALL)
CPP_COMMENT = re.compile(r"//.*")
PYTHON_TEST = re.compile(r"^( *)def test_\w+\(.*\n((?:\1 .*\n|\n)*)", re.MULTILINE)
PYTHON_COMMENT = re.compile(r'#.*|"""(?s:.*?)"""')
NODE_TEST = re.compile(r"^( *)(?:it|test)\(.*\n((?:\1 .*\n|\n)*)", re.MULTILINE)
NODE_COMMENT = re.compile(r"//.*")


def comment_above(text, start, mark):
    """The block of comment lines that ends right above the line at `start`."""
    lines = text[:start].split("\n")[:-1]
    block = []
    while lines and lines[-1].lstrip().startswith(mark):
        block.append(lines.pop())
    return "\n".join(block)


def in_cpp(text):
    for match in CPP_TEST.finditer(text):
        name, body = match.groups()
        if "DISABLED_" in name:
            continue
        yield comment_above(text, match.start(), "//")
        yield from CPP_COMMENT.findall(body)
        # A name cannot have a dash: P24_P36_removing_twice.
        yield " ".join(f"{word[0]}-{word[1:]}" for word in re.split(r"[_,\s]+", name)
                       if re.fullmatch(r"[A-Z][0-9]{2}", word))


def in_python(text):
    for match in PYTHON_TEST.finditer(text):
        yield comment_above(text, match.start(), "#")
        yield from PYTHON_COMMENT.findall(match.group(2))


def in_node(text):
    for match in NODE_TEST.finditer(text):
        yield comment_above(text, match.start(), "//")
        yield match.group(0).split("\n")[0]
        yield from NODE_COMMENT.findall(match.group(2))


def in_script(text):
    yield from re.findall(r"^# ids: (.*)", text, re.MULTILINE)


def in_replay(text):
    for step in json.loads(text):
        yield step["name"]


READERS = (("*_test.cpp", in_cpp), ("*_test.py", in_python), ("*.test.js", in_node), ("*.scimtest", in_script),
           ("replay/*/*.json", in_replay))


def citations(root):
    """Id to the files, relative to the root, that have a test which cites it."""
    cited = {}
    for pattern, reader in READERS:
        for file in sorted((root / "tests").rglob(pattern)):
            path = file.relative_to(root)
            if set(path.parts) & set(SKIPPED):
                continue
            for part in reader(file.read_text(encoding="utf-8")):
                for cited_id in ID.findall(part):
                    files = cited.setdefault(cited_id, [])
                    if path.as_posix() not in files:
                        files.append(path.as_posix())
    return cited


# --- The checklist ----------------------------------------------------------------------------------------


class Requirement:
    def __init__(self, fields):
        self.id, self.force, self.source, self.text = fields

    @property
    def needs_test(self):
        return self.force != "NEWER"


def read_checklist(root):
    """[(title, [Requirement])] in the order of the file."""
    sections = []
    for line in (root / CHECKLIST).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            sections.append((line, []))
        elif line and not line.startswith("#"):
            sections[-1][1].append(Requirement(line.split("\t")))
    return sections


def read_untested(root):
    file = root / UNTESTED
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return [line for line in lines if line and not line.startswith("#")]


# --- The page ---------------------------------------------------------------------------------------------

HEAD = """\
# Conformance

What the SCIM side does, requirement by requirement, and the tests that prove it. This page is written by
`tools/conformance.py` from [the checklist](../tests/conformance/checklist.tsv) and from what tests cite; the
test `conformance` fails when it is out of date or when a requirement has no test.

MUST, SHOULD and MAY are the specification's words. POLICY is a decision where it leaves the point open,
TOLERANCE is input outside of it that providers send and that works. NEWER says what applies of other work.
"""


def link(path):
    name = path.removeprefix("tests/").rsplit(".", 1)[0]
    return f"[{name.removesuffix('_test').removesuffix('.test')}](../{path})"


def tested_by(files):
    # Scripts first: they are what a reader who does not know the code can follow.
    ordered = sorted(files, key=lambda path: (not path.endswith(".scimtest"), path))
    shown = ", ".join(link(path) for path in ordered[:SHOWN])
    return shown + (f" and {len(files) - SHOWN} more" if len(files) > SHOWN else "")


def row(requirement, files):
    status = ("tested" if files else "not tested yet") if requirement.needs_test else "–"
    cells = (requirement.id, requirement.force, requirement.source, requirement.text, status, tested_by(files))
    return "| " + " | ".join(cells).rstrip() + " |"


def page(root, sections, cited):
    counted = [r for _, requirements in sections for r in requirements if r.needs_test]
    tested = sum(1 for r in counted if r.id in cited)
    lines = [HEAD, f"Tests prove {tested} of {len(counted)} requirements."]
    for title, requirements in sections:
        lines += ["", f"## {title[1]} · {title[4:]}", "",
                  "| Id | Force | Source | Requirement | Status | Tests |", "|---|---|---|---|---|---|"]
        lines += [row(r, cited.get(r.id, [])) for r in requirements]
    judges = root / JUDGES
    if judges.exists():
        lines += ["", judges.read_text(encoding="utf-8").rstrip()]
    return "\n".join(lines) + "\n"


# --- Checks -------------------------------------------------------------------------------------------------


def findings(root):
    sections, cited, untested = read_checklist(root), citations(root), read_untested(root)
    requirements = {r.id: r for _, section in sections for r in section}
    found = []
    for cited_id in sorted(set(cited) - set(requirements)):
        found.append(f"{cited[cited_id][0]}: cites {cited_id}, which is not in {CHECKLIST}")
    for listed in untested:
        if listed not in requirements:
            found.append(f"{UNTESTED}: {listed} is not in {CHECKLIST}")
        elif listed in cited:
            found.append(f"{UNTESTED}: {listed} has a test by now; run tools/conformance.py")
    for requirement in requirements.values():
        if requirement.needs_test and requirement.id not in cited and requirement.id not in untested:
            found.append(f"{CHECKLIST}: no test cites {requirement.id}: {requirement.text}")
    file = root / PAGE
    if not file.exists() or file.read_text(encoding="utf-8") != page(root, sections, cited):
        found.append(f"{PAGE}: is out of date; run tools/conformance.py")
    return found


def write(root):
    cited = citations(root)
    (root / PAGE).write_text(page(root, read_checklist(root), cited), encoding="utf-8")
    file = root / UNTESTED
    if file.exists():
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        file.write_text("".join(line for line in lines if line.strip() not in cited), encoding="utf-8")


def main():
    if sys.argv[1:] not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 2
    if not sys.argv[1:]:
        write(ROOT)
    found = findings(ROOT)
    print("".join(f"{finding}\n" for finding in found), end="")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
