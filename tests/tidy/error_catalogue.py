"""Every error type of the management API is expected by a test: one without is named."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "src" / "api" / "management" / "error_kinds.cpp"
TESTS = ("*.cpp", "*.hpp", "*.js", "*.py", "*.java")


def main():
    kinds = re.findall(r'ErrorKind\{"(\w+)"', CATALOGUE.read_text())
    texts = [path.read_text() for pattern in TESTS for path in (ROOT / "tests").rglob(pattern)
             if "node_modules" not in path.parts and path != pathlib.Path(__file__)]
    words = set(re.findall(r"\w+", "\n".join(texts)))
    missing = [kind for kind in kinds if kind not in words]
    for kind in missing:
        print(f"no test expects the error type {kind}")
    print(f"{len(kinds)} error types, {len(missing)} without a test")
    return 1 if missing or not kinds else 0


if __name__ == "__main__":
    sys.exit(main())
