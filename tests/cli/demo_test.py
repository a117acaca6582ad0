"""`rollcall demo` shows the whole job, ends with 0, and leaves nothing behind."""
import json
import re
import signal
import subprocess
import unittest

import harness


class Demo(unittest.TestCase):
    def test_whole_job(self):
        with harness.directory() as folder:
            result = harness.run("demo", env={"TMPDIR": str(folder)}, cwd=folder)
            self.assertEqual((result.returncode, result.stderr), (0, ""))
            self.assertRegex(result.stdout, r"people +1000 created, +0 found")
            self.assertRegex(result.stdout, r"groups +50 created")
            self.assertRegex(result.stdout, r"groups +50 in 3 pages")
            self.assertIn("What was read is what was pushed.", result.stdout)
            page = json.loads(re.search(r"^\{$.*?^\}$", result.stdout, re.DOTALL | re.MULTILINE).group(0))
            self.assertEqual(len(page["scim_groups"]), 20)
            self.assertEqual(page["status_code"], 200)
            self.assertEqual(list(folder.iterdir()), [])

    def test_interrupted_leaves_nothing_behind(self):
        with harness.directory() as folder:
            with subprocess.Popen([harness.BINARY, "demo", "--users", "200000"], cwd=folder,
                                  env=harness.environment({"TMPDIR": str(folder)}), stdout=subprocess.PIPE, text=True) as demo:
                for line in demo.stdout:
                    if "Okta pushes" in line:
                        break
                demo.send_signal(signal.SIGINT)
                self.assertEqual(demo.wait(timeout=harness.PATIENCE), 128 + signal.SIGINT)
            self.assertEqual(list(folder.iterdir()), [])


if __name__ == "__main__":
    harness.main()
