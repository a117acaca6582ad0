#!/usr/bin/env python3
"""tools/conformance.py counts the citations that a test stands behind, and finds what is missing."""
import importlib.util
import pathlib
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
spec = importlib.util.spec_from_file_location("conformance", ROOT / "tools" / "conformance.py")
conformance = importlib.util.module_from_spec(spec)
spec.loader.exec_module(conformance)

CHECKLIST = "[P] PATCH\nP-01\tMUST\tRFC 7644 §3.5.2\tOne.\nP-02\tPOLICY\t–\tTwo.\n\n[Z] Newer\nZ-01\tNEWER\tRFC 1\tSays.\n"


class Tree:
    """A project made of these files; paths to contents."""

    def __init__(self, files):
        self.folder = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.folder.name)
        for path, content in files.items():
            file = self.root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, encoding="utf-8")

    def __enter__(self):
        return self.root

    def __exit__(self, *_):
        self.folder.cleanup()


def cited(path, content):
    with Tree({path: content}) as root:
        return sorted(conformance.citations(root))


class Citations(unittest.TestCase):
    def test_cpp(self):
        source = ("// File: P-01.\n// P-02\n\nint helper() {\n    return 1;  // P-03\n}\n\n"
                  "// P-04: above.\nTEST(Patch, P05_P06_name) {\n    f();  // P-07\n    g(\"P-08\");\n}\n\n"
                  "TEST_F(Long,\n       P09_name) {\n}\n\nTEST(Patch, DISABLED_P10) {\n    // P-11\n}\n")
        self.assertEqual(cited("tests/unit/x_test.cpp", source), ["P-04", "P-05", "P-06", "P-07", "P-09"])
        self.assertEqual(cited("tests/unit/x.cpp", source), [])

    def test_python_and_node(self):
        self.assertEqual(cited("tests/cli/x_test.py",
                               '"""P-01."""\n\nclass T:\n    # P-02\n    def test_a(self):\n        """P-03"""\n'
                               "        f()  # P-04\n\n    def helper(self):\n        pass  # P-05\n"),
                         ["P-02", "P-03", "P-04"])
        self.assertEqual(cited("tests/interop/x.test.js",
                               "// P-01\n\n// P-02\nit(\"P-03 holds\", () => {\n  f(); // P-04\n});\n\n// P-05\nlet a;\n"),
                         ["P-02", "P-03", "P-04"])

    def test_scripts_and_replays(self):
        self.assertEqual(cited("tests/scripts/a/x.scimtest", "# name: P-01\n# ids: P-02 P-03\n"), ["P-02", "P-03"])
        self.assertEqual(cited("tests/replay/okta/x.json", '[{"name": "P-01 holds", "path": "/P-02"}]'), ["P-01"])


class Checks(unittest.TestCase):
    def findings(self, untested, test, written=True):
        with Tree({conformance.CHECKLIST: CHECKLIST, conformance.UNTESTED: untested,
                   "tests/scripts/x.scimtest": test, "docs/x": ""}) as root:
            if written:
                page = conformance.page(root, conformance.read_checklist(root), conformance.citations(root))
                (root / conformance.PAGE).write_text(page, encoding="utf-8")
            return conformance.findings(root)

    def test_good(self):
        self.assertEqual(self.findings("# remark\nP-02\n", "# ids: P-01\n"), [])
        self.assertEqual(self.findings("", "# ids: P-01 P-02 Z-01\n"), [])

    def bad(self, part, *arguments, **named):
        found = self.findings(*arguments, **named)
        self.assertEqual(len(found), 1, found)
        self.assertIn(part, found[0])

    def test_bad(self):
        self.bad("no test cites P-02: Two.", "", "# ids: P-01\n")
        self.bad("P-02 has a test by now", "P-02\n", "# ids: P-01 P-02\n")
        self.bad("P-09 is not in", "P-09\n", "# ids: P-01 P-02\n")
        self.bad("cites P-09, which is not in", "", "# ids: P-01 P-02 P-09\n")
        self.bad("is out of date", "", "# ids: P-01 P-02\n", written=False)

    def test_write_makes_it_good(self):
        with Tree({conformance.CHECKLIST: CHECKLIST, conformance.UNTESTED: "# remark\nP-01\nP-02\n",
                   "tests/scripts/x.scimtest": "# ids: P-01\n", "docs/x": "",
                   conformance.JUDGES: "## Outside judges\n"}) as root:
            conformance.write(root)
            self.assertEqual(conformance.findings(root), [])
            self.assertEqual((root / conformance.UNTESTED).read_text(encoding="utf-8"), "# remark\nP-02\n")
            page = (root / conformance.PAGE).read_text(encoding="utf-8")
        self.assertIn("Tests prove 1 of 2 requirements.", page)
        self.assertIn("| P-01 | MUST | RFC 7644 §3.5.2 | One. | tested | [scripts/x](../tests/scripts/x.scimtest) |", page)
        self.assertIn("| P-02 | POLICY | – | Two. | not tested yet |", page)
        self.assertIn("\n## Outside judges\n", page)


if __name__ == "__main__":
    unittest.main()
