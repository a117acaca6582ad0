#!/usr/bin/env python3
"""Checks the house rules that no compiler sees. Run as the ctest case `tidy`; standard library only.

    tools/tidy.py [ROOT]    prints one line for each finding, and ends with 1 if there are any
"""
import pathlib
import re
import sys

# --- Which headers of libraries a layer may include -------------------------------------------------
# The machine-readable form of "Who may include whom" in docs/architecture.md, as far as libraries go;
# which layers see each other is enforced by cmake/Layers.cmake and proved by tests/tidy/layers.py.
# An entry ending in '/' is a folder. Standard headers are allowed unless BANNED_STANDARD names them.

BOOST_JSON = ("boost/json/",)
ASIO = ("boost/asio/", "boost/asio.hpp", "boost/system/")
BEAST = ("boost/beast/",)
OPENSSL = ("openssl/",)
FMT = ("fmt/",)
LIBRARIES = {
    "base": FMT + ("utf8proc.h",),
    "crypto": FMT + BOOST_JSON + OPENSSL + ("boost/system/", "sodium.h", "crypt.h"),
    "scim": FMT + BOOST_JSON + ("boost/system/",),
    "directory": FMT + BOOST_JSON,
    "runtime": FMT + ASIO + ("spdlog/",),
    "storage": FMT + BOOST_JSON,
    "storage/memory": FMT + BOOST_JSON,
    "storage/sqlite": FMT + BOOST_JSON + ASIO + ("sqlite3.h", "boost/container/", "boost/unordered/"),
    "service": FMT,
    "http": FMT + ASIO + BEAST + OPENSSL + ("boost/url/", "boost/core/", "boost/intrusive/"),
    # asio/error.hpp names the cancellation that the exception wall must let through.
    "api": FMT + BOOST_JSON + ("boost/system/", "boost/asio/error.hpp"),
    "cli": FMT + BOOST_JSON + ("boost/url/", "boost/system/", "CLI/", "toml++/"),
    "server": FMT + BOOST_JSON + ASIO + ("sqlite3.h", "boost/url/"),
}

# The compiler lets a layer see into its own folder, and these lie in it.
NESTED = {"storage": ("storage/memory", "storage/sqlite")}

# Headers of the standard and the system that only some layers may include, each with its reason.
BANNED_STANDARD = {
    "regex": ((), "grammars are parsed, not matched by regular expressions"),
    "random": (("crypto",), "randomness comes from crypto/"),
    "ctime": ((), "time enters through Clock"),
    "time.h": ((), "time enters through Clock"),
    "sys/time.h": ((), "time enters through Clock"),
    "iostream": ((), "it adds static initialisers; use fmt or the log"),
    "thread": (("runtime", "storage/sqlite", "http", "cli", "server"), "pure layers have no threads"),
    "sys/socket.h": (("http",), "sockets live in http/"),
}

# --- Words that must not appear in code ---------------------------------------------------------------
# pattern, layers that may, what to say. Comments and texts in quotes are not looked at.

WORDS = [
    (re.compile(r"\b(?:system|steady|high_resolution|utc|file)_clock\s*::\s*now\b"
                r"|\b(?:clock_gettime|gettimeofday|timespec_get|localtime|gmtime)\b|\bstd::time\s*\("),
     ("runtime",), "reads a clock; take a Timestamp or a Clock&"),
    (re.compile(r"\b(?:s?rand|drand48|getrandom|getentropy|arc4random)\s*\("
                r"|\brandom_device\b|\bRAND_(?:priv_)?bytes\b"),
     ("crypto",), "draws randomness; use crypto::IdSource or crypto/random.hpp"),
    (re.compile(r"\b(?:sleep_for|sleep_until|usleep|nanosleep)\b|\bsleep\s*\("),
     ("runtime",), "sleeps; wait for what you wait for"),
    (re.compile(r"\bco_spawn\s*\([^;]*\bdetached\b"), (), "spawns a task nobody owns; use TaskGroup"),
]

# Findings that are right as they are: (path, part of the message): reason.
EXCEPTIONS = {
    ("src/http/worker.cpp", "clock"): "the Date header, once a second; no decision depends on it",
    ("src/http/worker.cpp", "<ctime>"): "the same",
    ("src/cli/simulate.cpp", "sleeps"): "a client that is told Retry-After has to wait that long",
}

# Tests may use a seeded generator, and these may look at real time, since real time is their subject.
REAL_TIME_TESTS = ("tests/unit/http/", "tests/unit/runtime/")

# --- The rest ------------------------------------------------------------------------------------------

KEY_ISSUER_USERS = ("src/storage/", "tests/storage/")
CODE = (".cpp", ".hpp")
SCRIPTS = (".py", ".sh", ".mjs", ".js", ".sql")
FOLDERS = ("src", "tests", "bench", "fuzz", "tools", "cmake")
SKIPPED = ("node_modules", "__pycache__")
TO_DO = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b(?!\(#\d+\))")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)
SQL_HEADER = re.compile(r"src/storage/sqlite/\w+_sql\.hpp")
SQL_STATEMENT = re.compile(r"^inline constexpr Sql (\w+)", re.MULTILINE)
SQL_LIST = re.compile(r"^inline constexpr std::array (\w+_statements)\s*\{([^}]*)\}", re.MULTILINE)
NAMED_HEADER = re.compile(r"`([\w./-]+\.hpp)`")


def blank_out(text):
    """C++ without comments and without the inside of literals; line numbers stay."""
    pattern = re.compile(
        r'//[^\n]*|/\*.*?\*/|R"(?P<d>[^()\\\s]{0,16})\(.*?\)(?P=d)"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'',
        re.DOTALL)

    def replace(match):
        found = match.group(0)
        # A digit separator (1'000'000) is not a literal; the match then starts after a digit.
        if found[0] == "'" and match.start() > 0 and match.string[match.start() - 1].isalnum():
            return found
        return re.sub(r"[^\n]", " ", found)

    return pattern.sub(replace, text)


def layer_of(path):
    """"storage/sqlite" for src/storage/sqlite/x.cpp; None outside src/."""
    parts = path.split("/")
    if parts[0] != "src" or len(parts) < 3:
        return None
    nested = "/".join(parts[1:3])
    return nested if nested in LIBRARIES else parts[1]


class Tidy:
    def __init__(self, root):
        self.root = root
        self.findings = []

    def find(self, path, line, message):
        excused = any(path == place and part in message for place, part in EXCEPTIONS)
        if not excused:
            self.findings.append(f"{path}:{line}: {message}")

    def run(self):
        for path in self.files():
            text = (self.root / path).read_text(encoding="utf-8", errors="replace")
            self.check_opening(path, text)
            self.check_to_do(path, text)
            if path.endswith(CODE):
                self.check_includes(path, text)
                self.check_words(path, text)
            if SQL_HEADER.fullmatch(path):
                self.check_statements(path, text)
            if path.endswith(".hpp") and not re.search(r"^#pragma once$", text, re.MULTILINE):
                self.find(path, 1, "has no #pragma once")
        self.check_documents()
        self.check_readmes()
        return self.findings

    def files(self):
        for folder in FOLDERS:
            for path in sorted((self.root / folder).rglob("*")):
                if path.is_file() and path.suffix in CODE + SCRIPTS and not set(path.parts) & set(SKIPPED):
                    yield path.relative_to(self.root).as_posix()

    def check_opening(self, path, text):
        lines = text.split("\n")
        if lines[0].startswith("#!"):
            lines = lines[1:]
        mark = {".cpp": "//", ".hpp": "//", ".mjs": "//", ".js": "//", ".sql": "--", ".sh": "#"}
        opening = mark.get(pathlib.PurePosixPath(path).suffix, ('"""', "#"))
        if not lines or not lines[0].startswith(opening):
            self.find(path, 1, "does not open with a comment that says what it is for")

    def check_to_do(self, path, text):
        if path in ("tools/tidy.py", "tests/tidy/tidy_test.py"):
            return  # they speak about the words
        for match in TO_DO.finditer(text):
            self.find(path, line_of(text, match), "to-do note without an issue number, as in WORD(#12)")

    def check_includes(self, path, text):
        layer = layer_of(path)
        for match in INCLUDE.finditer(text):
            kind, header = match.groups()
            line = line_of(text, match)
            if header.startswith("../") or "/../" in header:
                self.find(path, line, f'includes "{header}" by a relative path; use the full path')
            if header == "storage/key_issuer.hpp" and not path.startswith(KEY_ISSUER_USERS):
                self.find(path, line, "includes storage/key_issuer.hpp, which only stores may")
            if layer is not None and "/" not in layer and layer_of("src/" + header) in NESTED.get(layer, ()):
                self.find(path, line, f'includes "{header}" of a layer nested in {layer}')
            if layer is None or kind == '"':
                continue
            if header in BANNED_STANDARD:
                layers, reason = BANNED_STANDARD[header]
                if layer not in layers:
                    self.find(path, line, f"includes <{header}>: {reason}")
            elif "/" in header or header.endswith(".h"):
                if not self.is_allowed(layer, header):
                    self.find(path, line, f"includes <{header}>, which {layer} must not see")

    @staticmethod
    def is_allowed(layer, header):
        if layer not in LIBRARIES:
            return False
        allowed = LIBRARIES[layer]
        if any(header.startswith(a) if a.endswith("/") else header == a for a in allowed):
            return True
        # The system's own headers, where a layer has to talk to it.
        system = re.fullmatch(r"(?:sys|netinet|arpa)/\w+\.h|\w+\.h", header)
        return bool(system) and header not in ("sqlite3.h", "utf8proc.h") and layer in (
            "runtime", "http", "storage/sqlite", "cli", "server")

    def check_words(self, path, text):
        layer = layer_of(path)
        if path.startswith("bench/"):
            return  # measuring reads clocks
        code = blank_out(text)
        for pattern, layers, message in WORDS:
            if layer is not None and layer in layers:
                continue
            if "runtime" in layers and path.startswith(REAL_TIME_TESTS):
                continue
            for match in pattern.finditer(code):
                self.find(path, line_of(code, match), message)

    def check_statements(self, path, text):
        """A statement is in a list, a list says why its plans are good, and a test looks at it."""
        code = blank_out(text)
        lines = text.split("\n")
        plans = self.read("tests/storage/query_plan_test.cpp")
        listed = set()
        for match in SQL_LIST.finditer(code):
            name, statements = match.groups()
            line = line_of(code, match)
            listed.update(re.findall(r"\w+", statements))
            if not lines[line - 2].startswith("///"):
                self.find(path, line, f"{name} has no comment that says what plans its statements have")
            if f"sql::{name}" not in plans:
                self.find(path, line, f"{name} is not looked at by query_plan_test.cpp")
        for match in SQL_STATEMENT.finditer(code):
            if match.group(1) not in listed:
                self.find(path, line_of(code, match),
                          f"{match.group(1)} is in no list of statements, so nothing looks at its query plan")

    def check_documents(self):
        architecture = self.read("docs/architecture.md")
        for cmake in sorted((self.root / "src").glob("*/CMakeLists.txt")):
            name = cmake.parent.name
            if f"| {name} |" not in architecture and f"| {name}/" not in architecture:
                self.find("docs/architecture.md", 1, f"does not say what the layer {name} sees")

    def check_readmes(self):
        for readme in sorted((self.root / "src").rglob("README.md")):
            headers = [f"/{path.relative_to(self.root).as_posix()}" for path in readme.parent.rglob("*.hpp")]
            text = readme.read_text(encoding="utf-8")
            for match in NAMED_HEADER.finditer(text):
                name = match.group(1)
                is_below = any(header.endswith(f"/{name}") for header in headers)
                if not is_below and not (self.root / "src" / name).exists():
                    place = readme.relative_to(self.root).as_posix()
                    self.find(place, line_of(text, match), f"names {name}, which does not exist")

    def read(self, path):
        file = self.root / path
        return file.read_text(encoding="utf-8") if file.exists() else ""


def line_of(text, match):
    return text.count("\n", 0, match.start()) + 1


def main():
    root = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parent.parent
    findings = Tidy(root).run()
    for finding in findings:
        print(finding)
    if findings:
        print(f"tidy: {len(findings)} findings", file=sys.stderr)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
