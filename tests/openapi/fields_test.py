#!/usr/bin/env python3
"""The request fields of the OpenAPI document and those that the source reads are the same, name by name."""
import importlib.util
import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
spec = importlib.util.spec_from_file_location("openapi", ROOT / "tools" / "openapi.py")
openapi = importlib.util.module_from_spec(spec)
spec.loader.exec_module(openapi)

READ = re.compile(r'\bread_\w+\(\s*[\w*.>-]+,\s*"(\w+)"')


def sources(pattern):
    return [file.read_text(encoding="utf-8") for file in sorted((ROOT / "src").glob(pattern))]


def fields(document, node, seen):
    """Names of properties under a schema, through all references."""
    if isinstance(node, list):
        return set().union(*(fields(document, one, seen) for one in node))
    if not isinstance(node, dict):
        return set()
    names = set(node.get("properties", {}))
    reference = node.get("$ref")
    if reference is not None and reference not in seen:
        seen.add(reference)
        names |= fields(document, document["components"]["schemas"][reference.split("/")[-1]], seen)
    return names.union(*(fields(document, value, seen) for value in node.values()))


class Fields(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        document = openapi.assemble(ROOT)
        bodies = [operation["requestBody"] for path in document["paths"].values() for operation in path.values()
                  if "requestBody" in operation]
        cls.documented = fields(document, bodies, set())

    def test_what_is_read_is_documented(self):
        read = {name for text in sources("api/management/*.cpp") for name in READ.findall(text)}
        self.assertIn("organization_slug", read)
        self.assertEqual(sorted(read - self.documented), [])

    def test_what_is_documented_is_read(self):
        literals = {name for text in sources("**/*.cpp") for name in re.findall(r'"(\w+)"', text)}
        self.assertEqual(sorted(self.documented - literals), [])


if __name__ == "__main__":
    unittest.main()
