"""Connection commands beside a running server: options in force at once, notes within a second."""
import json
import unittest

import harness

UNKNOWN = "scim-connection-test-0190f3f4-5b4c-7abc-8def-0123456789ab"


class Connections(unittest.TestCase):
    def test_options_are_in_force_for_the_next_request(self):
        with harness.directory() as folder, harness.Server(folder) as server:
            project = harness.Project(folder)
            connection = project.connect(server, provider="generic")
            identity = connection["connection_id"]
            provider = harness.scim(connection)
            user = provider.ok("POST", "/Users", {"userName": "ann", "title": "Dr"})
            self.assertEqual(provider.call("PUT", f"/Users/{user['id']}", {"nickName": "A"})[0], 400)

            changed = harness.run("connection", "options", "set", identity, "put=merge", "user_groups=false",
                                  "--data", folder, "--json")
            self.assertEqual(changed.returncode, 0, changed.stderr)
            options = json.loads(changed.stdout)["options"]
            self.assertEqual(options["put"], {"value": "merge", "source": "connection"})
            self.assertEqual(options["basic_auth"], {"value": False, "source": "provider"})
            merged = provider.ok("PUT", f"/Users/{user['id']}", {"nickName": "A"})
            self.assertEqual((merged["userName"], merged["title"]), ("ann", "Dr"))

            path = f"/v1/rollcall/scim/acme/connection/{identity}/options"
            self.assertEqual(project.management(server).ok("GET", path)["options"], options)

            reset = harness.run("connection", "options", "set", identity, "put=default", "--data", folder)
            self.assertEqual(reset.returncode, 0, reset.stderr)
            shown = harness.run("connection", "options", "get", identity, "--data", folder).stdout
            self.assertRegex(shown, r"(?m)^put +replace +provider$")
            self.assertRegex(shown, r"(?m)^user_groups +false +connection$")
            self.assertEqual(provider.call("PUT", f"/Users/{user['id']}", {"nickName": "B"})[0], 400)

    # K-04, K-09
    def test_tokens_and_passwords_are_nowhere_on_disk(self):
        with harness.directory() as folder:
            with harness.Server(folder) as server:
                connection = harness.Project(folder).connect(server)
                harness.scim(connection).ok("POST", "/Users", {"userName": "ann", "password": "Tr0ub4dor-on-disk"})
                self.assertEqual(server.stop(), 0)
            files = [file.read_bytes() for file in folder.iterdir() if file.is_file()]
            self.assertTrue(any(b"ann" in content for content in files))
            for secret in (connection["bearer_token"], "Tr0ub4dor-on-disk"):
                self.assertFalse(any(secret.encode() in content for content in files), "a secret is on the disk")

    def test_requests_are_shown_beside_the_server_and_after_it(self):
        with harness.directory() as folder, harness.Server(folder) as server:
            connection = harness.Project(folder).connect(server)
            identity = connection["connection_id"]

            def shown(*arguments):
                result = harness.run("connection", "requests", identity, "--data", folder, *arguments)
                self.assertEqual(result.returncode, 0, result.stderr)
                return result.stdout

            self.assertEqual(shown(), "There is no such request.\n")
            self.assertEqual(json.loads(shown("--json")), [])
            provider = harness.scim(connection)
            provider.ok("POST", "/Users", {"userName": "ann", "active": "True"})
            self.assertEqual(provider.call("POST", "/Users", {"userName": "ANN"})[0], 409)
            self.assertTrue(harness.eventually(lambda: len(json.loads(shown("--json"))) == 2))
            failed = json.loads(shown("--json", "--only", "failed"))
            self.assertEqual([(note["method"], note["path"], note["status"], note["scim_type"]) for note in failed],
                             [("POST", "/Users", 409, "uniqueness")])
            self.assertIn("active: a string was read as a boolean", shown("--only", "noted"))
            self.assertEqual(len(json.loads(shown("--json", "--limit", "1"))), 1)

            # An orderly stop loses none.
            self.assertEqual(provider.call("GET", "/Users/unknown")[0], 404)
            self.assertEqual(server.stop(), 0)
            self.assertEqual(len(json.loads(shown("--json"))), 3)

    def test_failures(self):
        with harness.directory() as folder:
            harness.Project(folder)
            for command in (["options", "get", UNKNOWN], ["options", "set", UNKNOWN, "put=merge"],
                            ["requests", UNKNOWN]):
                result = harness.run("connection", *command, "--data", folder)
                self.assertEqual((result.returncode, result.stdout), (1, ""))
                self.assertIn(UNKNOWN, result.stderr)
        with harness.directory() as folder, harness.Server(folder) as server:
            identity = harness.Project(folder).connect(server)["connection_id"]
            for setting, words in (("puts=merge", "puts"), ("put=patch", "replace or merge")):
                result = harness.run("connection", "options", "set", identity, "basic_auth=true", setting,
                                     "--data", folder)
                self.assertEqual((result.returncode, result.stdout), (1, ""))
                self.assertIn(words, result.stderr)
            shown = harness.run("connection", "options", "get", identity, "--data", folder).stdout
            self.assertNotIn("connection\n", shown)


if __name__ == "__main__":
    harness.main()
