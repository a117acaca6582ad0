#!/usr/bin/env python3
"""Proves the layering with the real compiler and the real include paths of each layer.

    layers.py BUILD_DIR

For every layer: each header of the project is visible exactly if "Who may include whom" of
docs/architecture.md says so. For some layers: the forbidden include really fails to compile, at its
line, and an allowed one compiles.
"""
import json
import pathlib
import shlex
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(sys.argv.pop()) if len(sys.argv) > 1 else ROOT / "build" / "release"

# Which layers' public headers a layer may see, all that is reachable written out.
INNER = {"base", "scim", "directory", "runtime", "crypto"}
MAY_SEE = {
    "base": set(),
    "crypto": {"base"},
    "scim": {"base"},
    "directory": {"base", "scim"},
    "runtime": {"base"},
    "storage": INNER,
    "storage/memory": INNER | {"storage"},
    "storage/sqlite": INNER | {"storage"},
    "service": INNER | {"storage"},
    "http": {"base", "runtime"},
    "api": INNER | {"http", "service"},
    "cli": {"base", "runtime", "http"},
    "server": INNER | {"storage", "storage/memory", "storage/sqlite", "service", "http", "api", "cli"},
}


def layers():
    """Every layer that the build knows, by folder, with the command that compiles its sources."""
    commands = {}
    for entry in json.loads((BUILD / "compile_commands.json").read_text(encoding="utf-8")):
        path = pathlib.Path(entry["file"]).relative_to(ROOT).parts
        if path[0] != "src":
            continue
        nested = "/".join(path[1:3])
        layer = nested if nested in MAY_SEE else path[1]
        if f"/{layer.replace('/', '_')}.dir/" not in entry["command"]:
            continue  # a program beside the layer, such as src/server/main.cpp
        commands[layer] = [
            word for word in shlex.split(entry["command"]) if word.startswith(("-I", "-isystem", "-D", "-std"))]
    return commands


COMMANDS = layers()


def headers_of(layer):
    """All headers in a layer's folder, listed or not, as others would have to write them."""
    nested = [other for other in MAY_SEE if other.startswith(layer + "/")]
    for path in sorted((ROOT / "src" / layer).rglob("*.hpp")):
        name = path.relative_to(ROOT / "src").as_posix()
        if not any(name.startswith(other + "/") for other in nested):
            yield name


def is_listed(layer, header):
    return (BUILD / "include" / layer.replace("/", "_") / "public" / header).exists()


def compile_in(layer, body, mode):
    """Compiles `body` as if it were a source of the layer; the compiler's verdict and words."""
    with tempfile.NamedTemporaryFile("w", suffix=".cpp", encoding="utf-8") as file:
        file.write(body)
        file.flush()
        command = ["clang++-19", *COMMANDS[layer], mode, file.name]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        return result.returncode == 0, result.stdout + result.stderr


def visible_headers(layer, headers):
    probes = "".join(f'#if __has_include("{header}")\nvisible {header}\n#endif\n' for header in headers)
    compiled, output = compile_in(layer, probes, "-E")
    assert compiled, output
    return {line.split()[1] for line in output.splitlines() if line.startswith("visible ")}


class Layers(unittest.TestCase):
    def test_every_layer_is_judged(self):
        folders = {path.parent.relative_to(ROOT / "src").as_posix()
                   for path in (ROOT / "src").rglob("CMakeLists.txt")} - {"."}
        self.assertEqual(folders, set(MAY_SEE))
        self.assertEqual(set(COMMANDS), set(MAY_SEE))

    def test_visibility_is_exactly_the_table(self):
        owner = {header: layer for layer in MAY_SEE for header in headers_of(layer)}
        self.assertGreater(len(owner), 50)
        for layer, may_see in MAY_SEE.items():
            seen = visible_headers(layer, owner)
            for header, other in owner.items():
                if other.startswith(layer + "/"):
                    continue  # a layer's folder holds its nested layers; tools/tidy.py looks at these
                allowed = other == layer or (other in may_see and is_listed(other, header))
                with self.subTest(layer=layer, header=header):
                    self.assertTrue(allowed or header not in seen, "is visible and must not be")
                    needed = other == layer or (other == "base" and layer != "base")
                    self.assertTrue(header in seen or not needed, "is not visible and should be")

    def refused(self, layer, header):
        self.assertTrue((ROOT / "src" / header).exists(), header)
        compiled, output = compile_in(layer, f'#include "{header}"\n', "-fsyntax-only")
        self.assertFalse(compiled, f"{layer} can include {header}")
        self.assertIn(f"'{header}' file not found", output)
        self.assertIn(":1:10:", output)

    def test_forbidden_includes_do_not_compile(self):
        self.refused("scim", "storage/store.hpp")
        self.refused("scim", "runtime/task.hpp")
        self.refused("scim", "directory/keys.hpp")
        self.refused("directory", "storage/store.hpp")
        self.refused("directory", "http/message.hpp")
        self.refused("api", "storage/store.hpp")
        self.refused("http", "scim/filter.hpp")
        self.refused("http", "storage/store.hpp")
        self.refused("service", "http/message.hpp")
        self.refused("service", "storage/sqlite/open.hpp")
        self.refused("storage/sqlite", "http/server.hpp")
        self.refused("storage/sqlite", "storage/memory/open.hpp")
        self.refused("storage/memory", "storage/sqlite/open.hpp")
        self.refused("cli", "storage/store.hpp")
        self.refused("cli", "service/projects.hpp")

    def test_private_headers_do_not_compile_elsewhere(self):
        self.refused("directory", "scim/names.hpp")
        self.refused("server", "cli/help.hpp")

    def test_allowed_includes_compile(self):
        for layer, header in (("scim", "base/result.hpp"), ("directory", "scim/resource.hpp"),
                              ("storage/sqlite", "storage/store.hpp"), ("service", "storage/store.hpp"),
                              ("api", "service/groups.hpp"), ("cli", "http/message.hpp"),
                              ("server", "storage/sqlite/open.hpp")):
            compiled, output = compile_in(layer, f'#include "{header}"\n', "-fsyntax-only")
            self.assertTrue(compiled, f"{layer} cannot include {header}:\n{output}")

    def test_nothing_inward_makes_its_own_key(self):
        """A key outside the stores does not compile: its constructor is closed."""
        body = ('#include "directory/keys.hpp"\n'
                "rollcall::directory::ProjectKey forge() { return {rollcall::ProjectId{}, 1}; }\n")
        compiled, output = compile_in("api", body, "-fsyntax-only")
        self.assertFalse(compiled)
        self.assertIn("private", output)


if __name__ == "__main__":
    unittest.main()
