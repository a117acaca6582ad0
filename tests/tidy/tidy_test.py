#!/usr/bin/env python3
"""Every rule of tools/tidy.py finds what it is for, and leaves the right form alone."""
import importlib.util
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
spec = importlib.util.spec_from_file_location("tidy", ROOT / "tools" / "tidy.py")
tidy = importlib.util.module_from_spec(spec)
spec.loader.exec_module(tidy)


def findings(files):
    """What tidy says about a tree of these files; paths to contents."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for path, content in files.items():
            file = root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, encoding="utf-8")
        return tidy.Tidy(root).run()


def source(body, path="src/scim/x.cpp"):
    return findings({path: "// A file of a test.\n" + body})


class Rules(unittest.TestCase):
    def bad(self, found, *parts):
        self.assertEqual(len(found), 1, found)
        for part in parts:
            self.assertIn(part, found[0])

    def good(self, found):
        self.assertEqual(found, [])

    def test_opening_comment(self):
        self.bad(findings({"src/scim/x.cpp": "int x;\n"}), "src/scim/x.cpp:1", "open with a comment")
        self.bad(findings({"tools/x.py": "#!/usr/bin/env python3\nimport os\n"}), "open with a comment")
        self.bad(findings({"src/storage/sqlite/m.sql": "SELECT 1;\n"}), "open with a comment")
        self.good(findings({"tools/x.py": '#!/usr/bin/env python3\n"""Says."""\n'}))
        self.good(source("int x;\n"))

    def test_pragma_once(self):
        self.bad(source("int x;\n", "src/scim/x.hpp"), "#pragma once")
        self.bad(source("// #pragma once\n", "src/scim/x.hpp"), "#pragma once")
        self.good(source("#pragma once\n", "src/scim/x.hpp"))

    def test_relative_includes(self):
        self.bad(source('#include "../base/id.hpp"\n'), ":2:", "relative path")
        self.bad(source('#include "base/../base/id.hpp"\n'), "relative path")
        self.bad(source('#include "../x.hpp"\n', "tests/unit/scim/x_test.cpp"), "relative path")
        self.good(source('#include "base/id.hpp"\n'))

    def test_libraries_by_layer(self):
        self.bad(source("#include <boost/asio/post.hpp>\n"), "<boost/asio/post.hpp>", "scim")
        self.bad(source("#include <sqlite3.h>\n", "src/service/x.cpp"), "<sqlite3.h>", "service")
        self.bad(source("#include <sqlite3.h>\n", "src/storage/memory/x.cpp"), "storage/memory")
        self.bad(source("#include <boost/json/value.hpp>\n", "src/service/x.cpp"), "boost/json")
        self.bad(source("#include <boost/beast/http.hpp>\n", "src/runtime/x.cpp"), "boost/beast")
        self.bad(source("#include <boost/json.hpp>\n", "src/nowhere/x.cpp"), "nowhere")
        self.bad(source("#include <unistd.h>\n"), "<unistd.h>")
        self.good(source("#include <boost/json/value.hpp>\n#include <vector>\n"))
        self.good(source("#include <sqlite3.h>\n", "src/storage/sqlite/x.cpp"))
        self.good(source("#include <unistd.h>\n", "src/http/x.cpp"))

    def test_standard_headers(self):
        self.bad(source("#include <regex>\n"), "<regex>")
        self.bad(source("#include <regex>\n", "src/server/x.cpp"), "<regex>")
        self.bad(source("#include <random>\n", "src/service/x.cpp"), "<random>")
        self.bad(source("#include <thread>\n", "src/directory/x.cpp"), "<thread>")
        self.good(source("#include <thread>\n", "src/runtime/x.cpp"))

    def test_clocks(self):
        for call in ("std::chrono::system_clock::now()", "std::chrono::steady_clock :: now()",
                     "std::time(nullptr)", "gettimeofday(&t, nullptr)"):
            self.bad(source(f"auto t = {call};\n"), ":2:", "clock")
            self.bad(source(f"auto t = {call};\n", "tests/unit/scim/x_test.cpp"), "clock")
        self.good(source("auto t = std::chrono::system_clock::now();\n", "src/runtime/x.cpp"))
        self.good(source("auto t = clock.now(); std::chrono::system_clock::time_point x;\n"))

    def test_randomness(self):
        for call in ("rand()", "std::random_device{}()", "RAND_bytes(p, 1)"):
            self.bad(source(f"auto r = {call};\n", "src/service/x.cpp"), "randomness")
            self.bad(source(f"auto r = {call};\n", "tests/unit/http/x_test.cpp"), "randomness")
        self.good(source("RAND_bytes(p, 1);\n", "src/crypto/x.cpp"))
        self.good(source("auto r = operand(1); brand(2);\n"))

    def test_sleeps(self):
        for call in ("std::this_thread::sleep_for(1s)", "sleep(1)", "usleep(1)"):
            self.bad(source(call + ";\n", "tests/unit/service/x_test.cpp"), "sleeps")
            self.good(source(call + ";\n", "tests/unit/http/x_test.cpp"))
        self.good(source("do_not_sleep_here();\n"))

    def test_detached_tasks(self):
        self.bad(source("co_spawn(e, f(),\n         asio::detached);\n", "src/http/x.cpp"), "nobody owns")
        self.good(source("co_spawn(e, f(), handler);\nauto detached = 1;\n", "src/http/x.cpp"))

    def test_comments_and_literals_are_not_code(self):
        self.good(source('// rand() and sleep(1)\n/* system_clock::now() */\nauto s = "rand()";\n'
                         "auto r = R\"(sleep(1))\";\nauto n = 1'000'000; auto c = '\"';\n"))
        self.bad(source("auto n = 1'000'000; rand(); auto m = 1'0;\n"), "randomness")
        self.bad(source('auto s = "\\""; rand();\n'), "randomness")

    def test_key_issuer(self):
        include = '#include "storage/key_issuer.hpp"\n'
        self.bad(source(include, "src/service/x.cpp"), "only stores may")
        self.bad(source(include, "tests/unit/service/x_test.cpp"), "only stores may")
        self.good(source(include, "src/storage/sqlite/x.cpp"))

    def test_nested_layers(self):
        include = '#include "storage/sqlite/open.hpp"\n'
        self.bad(source(include, "src/storage/x.cpp"), "nested in storage")
        self.good(source(include, "src/storage/sqlite/x.cpp"))
        self.good(source('#include "storage/store.hpp"\n', "src/storage/x.cpp"))
        self.good(source(include, "src/server/x.cpp"))

    def test_to_do_notes(self):
        self.bad(source("// TO" "DO: later\n"), "without an issue number")
        self.bad(findings({"tools/x.sh": "# FIX" "ME\n"}), "without an issue number")
        self.good(source("// TO" "DO(#12): when nested groups come\n"))

    def test_statements_are_listed(self):
        def header(statements, comment="/// Searches.\n"):
            return {"src/storage/sqlite/x_sql.hpp":
                    "// Statements.\n#pragma once\n"
                    'inline constexpr Sql find_a = "SELECT 1";\ninline constexpr Sql find_b =\n    "SELECT 2";\n'
                    f"{comment}inline constexpr std::array x_statements{{{statements}}};\n"}

        looked_at = {"tests/storage/query_plan_test.cpp": "// A test.\nfor (auto s : sql::x_statements) {}\n"}
        self.bad(findings(header("find_b") | looked_at), "x_sql.hpp:3:", "find_a", "query plan")
        self.bad(findings(header("find_a,  // find_b\n") | looked_at), ":4:", "find_b")
        self.bad(findings(header("find_a, find_b", "") | looked_at), ":6:", "x_statements", "no comment")
        self.bad(findings(header("find_a,\n find_b")), ":7:", "x_statements", "query_plan_test.cpp")
        self.good(findings(header("find_a,\n find_b") | looked_at))

    def test_layers_are_documented(self):
        files = {"src/scim/CMakeLists.txt": "add_layer(scim)\n", "docs/architecture.md": "| base | fmt |\n"}
        self.bad(findings(files), "layer scim")
        files["docs/architecture.md"] += "| scim | base |\n"
        self.good(findings(files))

    def test_headers_in_readmes_exist(self):
        here = {"src/scim/sub/here.hpp": "// A file of a test.\n#pragma once\n"}
        self.bad(findings({**here, "src/scim/README.md": "# scim\n\n`gone.hpp` and `here.hpp`\n"}),
                 "src/scim/README.md:3", "gone.hpp, which does not exist")
        self.good(findings({**here, "src/scim/README.md": "`here.hpp`, `sub/here.hpp`, `*_sql.hpp`\n"}))
        self.good(findings({**here, "src/base/README.md": "`scim/sub/here.hpp`\n"}))

    def test_exceptions_are_still_needed(self):
        for (path, part), reason in tidy.EXCEPTIONS.items():
            self.assertTrue(reason)
            tree = tidy.Tidy(ROOT)
            text = (ROOT / path).read_text(encoding="utf-8")
            saved, tidy.EXCEPTIONS = tidy.EXCEPTIONS, {}
            try:
                tree.check_includes(path, text)
                tree.check_words(path, text)
            finally:
                tidy.EXCEPTIONS = saved
            self.assertTrue(any(part in finding for finding in tree.findings), (path, part))

    def test_findings_end_with_one(self):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            (root / "src" / "scim").mkdir(parents=True)
            (root / "src" / "scim" / "x.cpp").write_text("int x;\n", encoding="utf-8")
            result = subprocess.run([sys.executable, ROOT / "tools" / "tidy.py", folder],
                                    capture_output=True, text=True, check=False)
            self.assertEqual(result.returncode, 1)
            self.assertIn("src/scim/x.cpp:1:", result.stdout)


if __name__ == "__main__":
    unittest.main()
