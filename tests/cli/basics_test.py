"""Help, version, exit codes, and where settings come from."""
import datetime
import json
import pathlib
import subprocess
import unittest

import harness


class Help(unittest.TestCase):
    def test_version_and_help(self):
        version = harness.run("--version")
        self.assertEqual(version.returncode, 0)
        self.assertRegex(version.stdout, r"^rollcall \d+\.\d+\.\d+\n$")
        for command in ([], ["serve"], ["project"], ["project", "create"], ["project", "secret", "revoke"], ["schema", "put"],
                        ["rbac", "set"], ["token-profile", "create"], ["key", "rotate"], ["simulate"], ["demo"]):
            shown = harness.run(*command, "--help")
            self.assertEqual((shown.returncode, shown.stderr), (0, ""))
            self.assertIn("Usage: " + " ".join(["rollcall", *command]), shown.stdout)

    def test_usage_errors_are_two(self):
        for command, words in (([], "rollcall --help"), (["sreve"], "did you mean serve?"),
                               (["serve", "--nonsense"], "--nonsense"), (["project", "create"], "is required"),
                               (["serve", "--threads", "0"], "--threads: must be a whole number from 1 to 256"),
                               (["serve", "--listen", "8080"], "--listen: must be HOST:PORT"),
                               (["serve", "--public-url", "http://x/y"], "--public-url: must be an http"),
                               (["simulate", "--idp", "okta", "--url", "http://127.0.0.1:9"], "bearer token")):
            with self.subTest(command=command):
                result = harness.run(*command)
                self.assertEqual(result.returncode, 2, result.stderr)
                self.assertEqual(result.stdout, "")
                self.assertIn(words, result.stderr)


class Settings(unittest.TestCase):
    def test_unknown_variable_is_named(self):
        result = harness.run("serve", env={"ROLLCALL_LISENT": "127.0.0.1:0"})
        self.assertEqual(result.returncode, 2)
        self.assertEqual(result.stderr, "rollcall: environment variable ROLLCALL_LISENT is not a setting; "
                                        "did you mean ROLLCALL_LISTEN?\n")

    def test_unknown_key_is_named_with_its_line(self):
        with harness.directory() as folder:
            (folder / "c.toml").write_text("threads = 1\nlog_levl = 'info'\n", encoding="utf-8")
            result = harness.run("serve", "--config", folder / "c.toml")
            self.assertEqual(result.returncode, 2)
            self.assertIn("c.toml:2: log_levl is not a setting; did you mean log_level?", result.stderr)

    def test_bearer_tokens_last_as_configured(self):
        with harness.directory() as folder, harness.Server(folder, "--bearer-token-lifetime", "30") as server:
            connection = harness.Project(folder).connect(server)
            end = datetime.datetime.fromisoformat(connection["bearer_token_expires_at"].replace("Z", "+00:00"))
            left = end - datetime.datetime.now(datetime.timezone.utc)
            self.assertAlmostEqual(left / datetime.timedelta(days=1), 30, delta=0.1)

    def test_flag_beats_variable_beats_file(self):
        """Each source names another data directory; the one that exists afterwards was used."""
        with harness.directory() as folder:
            (folder / "c.toml").write_text(f"data = '{folder}/file'\n", encoding="utf-8")
            variables = {"ROLLCALL_CONFIG": str(folder / "c.toml")}
            create = ["project", "create", "--name", "P", "--env", "test"]
            self.assertEqual(harness.run(*create, env=variables).returncode, 0)
            self.assertEqual(self.made(folder), {"file"})
            variables["ROLLCALL_DATA"] = str(folder / "variable")
            self.assertEqual(harness.run(*create, env=variables).returncode, 0)
            self.assertEqual(self.made(folder), {"file", "variable"})
            flag = ["--data", folder / "flag"]
            self.assertEqual(harness.run(*create, *flag, env=variables).returncode, 0)
            self.assertEqual(self.made(folder), {"file", "variable", "flag"})

    @staticmethod
    def made(folder):
        return {path.name for path in folder.iterdir() if path.is_dir()}

    def test_default_data_directory(self):
        with harness.directory() as folder:
            made = harness.run("project", "create", "--name", "P", "--env", "test", cwd=folder)
            self.assertEqual(made.returncode, 0)
            self.assertTrue((folder / "data" / "rollcall.db").exists())
            self.assertEqual((folder / "data").stat().st_mode & 0o077, 0, "others can look into the data directory")

    def test_a_command_makes_no_database(self):
        project = "project-test-0190f3f4-5b4c-7abc-8def-0123456789ab"
        connection = "scim-connection-test-0190f3f4-5b4c-7abc-8def-0123456789ab"
        member = "member-test-0190f3f4-5b4c-7abc-8def-0123456789ab"
        with harness.directory() as folder:
            for data in (folder / "mistyped", folder):
                for command in (["project", "list"], ["project", "secret", "create", project],
                                ["connection", "requests", connection], ["schema", "list", connection],
                                ["rbac", "show", project], ["token-profile", "list", project],
                                ["key", "list", project], ["key", "rotate", project],
                                ["impersonate", member, "--as", "a@b.example"]):
                    result = harness.run(*command, "--data", data)
                    self.assertEqual((result.returncode, result.stdout), (3, ""), command)
                    self.assertEqual(result.stderr, f"rollcall: there is no database in {data}\n")
            self.assertEqual(list(folder.iterdir()), [])


class Serve(unittest.TestCase):
    def test_port_zero_prints_the_port_and_answers_there(self):
        with harness.directory() as folder, harness.Server(folder) as server:
            self.assertGreater(server.port, 0)
            status, body = harness.Client(server.url, "").call("GET", "/v1/nothing")
            self.assertEqual((status, body["error_type"]), (404, "route_not_found"))

    # K-01
    def test_base_url_follows_the_public_url(self):
        with harness.directory() as folder:
            project = harness.Project(folder)
            with harness.Server(folder) as server:
                self.assertTrue(project.connect(server)["base_url"].startswith(server.url + "/v1/b2b/scim/"))
            with harness.Server(folder, "--public-url", "https://directory.example.com/") as server:
                connection = project.connect(server, "other")
                self.assertTrue(connection["base_url"].startswith("https://directory.example.com/v1/b2b/scim/"))
                user = harness.scim(connection, server).ok("POST", "/Users", {
                    "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "a@b.example"})
                self.assertEqual(user["meta"]["location"], f"{connection['base_url']}/Users/{user['id']}")

    def test_second_server_on_the_same_data_is_refused(self):
        with harness.directory() as folder, harness.Server(folder):
            result = harness.run("serve", "--data", folder, "--listen", "127.0.0.1:0")
            self.assertEqual((result.returncode, result.stdout), (3, ""))
            self.assertRegex(result.stderr, r"^rollcall: [^\n]*" + str(folder))

    def test_address_in_use_is_refused(self):
        with harness.directory() as folder, harness.Server(folder / "a") as server:
            result = harness.run("serve", "--data", folder / "b", "--listen", f"127.0.0.1:{server.port}")
            self.assertEqual((result.returncode, result.stdout), (4, ""))
            self.assertIn(str(server.port), result.stderr)

    def test_data_that_is_no_directory_or_no_database(self):
        with harness.directory() as folder:
            (folder / "file").write_text("x", encoding="utf-8")
            result = harness.run("serve", "--data", folder / "file", "--listen", "127.0.0.1:0")
            self.assertEqual((result.returncode, result.stdout), (3, ""))
            self.assertIn("file", result.stderr)
            (folder / "bad").mkdir()
            (folder / "bad" / "rollcall.db").write_bytes(b"this is no database " * 500)
            before = (folder / "bad" / "rollcall.db").read_bytes()
            result = harness.run("serve", "--data", folder / "bad", "--listen", "127.0.0.1:0")
            self.assertEqual((result.returncode, result.stdout), (3, ""))
            self.assertEqual((folder / "bad" / "rollcall.db").read_bytes(), before)

    def test_logs_are_json_when_asked(self):
        with harness.directory() as folder:
            with harness.Server(folder, "--log-format", "json") as server:
                client = harness.Client(server.url, "Basic secret-test-not-to-be-seen")
                client.call("GET", "/v1/b2b/organizations/x?token=t0ken")
                self.assertEqual(server.stop(), 0)
            logged = harness.eventually(lambda: [line for line in server.errors if line.strip()])
            self.assertTrue(logged)
            for line in logged:
                json.loads(line)
            self.assertNotIn("not-to-be-seen", "".join(logged))
            self.assertNotIn("t0ken", "".join(logged))


class Scripts(unittest.TestCase):
    root = pathlib.Path(__file__).resolve().parents[2]

    def test_scripts_explain_themselves(self):
        for script in ("run", "test"):
            shown = subprocess.run([self.root / script, "--help"], capture_output=True, text=True, check=True)
            self.assertIn(f"./{script}", shown.stdout)


if __name__ == "__main__":
    harness.main()
