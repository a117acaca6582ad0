"""`serve --welcome`: the printed commands, pasted into a shell, do the whole job."""
import json
import shutil
import subprocess
import unittest

import harness


class Welcome(unittest.TestCase):
    def test_printed_commands_work_as_printed(self):
        self.assertTrue(shutil.which("curl"), "this test runs the printed commands and needs curl")
        with harness.directory() as folder:
            with harness.Server(folder, "--welcome") as server:
                shown = server.read_until("CONNECTION_ID?limit=100")
                commands = shown[shown.index("BASE="):]
                for shell in ("sh", "bash"):
                    if shell == "bash":
                        commands = commands.replace("acme", "acme2")
                    result = subprocess.run([shell, "-eu", "-c", commands], capture_output=True, text=True,
                                            timeout=harness.PATIENCE, check=False)
                    self.assertEqual((result.returncode, result.stderr), (0, ""), shell)
                    answers = [json.loads(line) for line in result.stdout.splitlines()]
                    self.assertEqual([group["group_name"] for group in answers[-1]["scim_groups"]], ["Engineering"])
                    self.assertEqual(len(answers[-2]["members"]), 1)
                self.assertEqual(server.stop(), 0)
            with harness.Server(folder, "--welcome") as server:
                self.assertIn("The database has 1 project;", server.read_line())
                self.assertEqual(server.stop(), 0)
                self.assertIsNone(server.read_line())

    def test_without_it_nothing_is_made(self):
        with harness.directory() as folder:
            with harness.Server(folder) as server:
                self.assertEqual(server.stop(), 0)
                self.assertIsNone(server.read_line())
            self.assertEqual(harness.run("project", "list", "--data", folder, "--json").stdout, "[]\n")


if __name__ == "__main__":
    harness.main()
