"""Keys that sign session JWTs: listed, rotated beside a running server, sealed with a key that must be the right one."""
import json
import secrets
import unittest

import harness


class Keys(unittest.TestCase):
    def key(self, *arguments, env=None):
        return harness.run("key", *arguments, env=env)

    def ids(self, folder, project):
        shown = self.key("list", project, "--json", "--data", folder)
        self.assertEqual((shown.returncode, shown.stderr), (0, ""))
        return [key["key_id"] for key in json.loads(shown.stdout)]

    def rotate(self, folder, project, *options, env=None):
        done = self.key("rotate", project, "--data", folder, *options, env=env)
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def published(self, server, project):
        """The ids of the keys that the server publishes; it makes the first one."""
        answer = project.management(server).ok("GET", f"/v1/b2b/sessions/jwks/{project.id}")
        return [key["kid"] for key in answer["keys"]]

    def project_with_key(self, folder, *options, env=None):
        """A new project with a signing key that a server has made."""
        project = harness.Project(folder)
        with harness.Server(folder, *options, env=env) as server:
            self.assertEqual(len(self.published(server, project)), 1)
            self.assertEqual(server.stop(), 0)
        return project

    def test_they_follow_each_other(self):
        with harness.directory() as folder:
            project = harness.Project(folder).id
            self.assertIn("no key yet", self.key("list", project, "--data", folder).stdout)
            project = self.project_with_key(folder).id
            self.rotate(folder, project)
            shown = self.key("list", project, "--data", folder).stdout
            self.assertRegex(shown, r"^jwk-test-\S+  created \S+  current\njwk-test-\S+  created \S+  retired \S+\n$")
            listed = json.loads(self.key("list", project, "--json", "--data", folder).stdout)
            self.assertEqual([key["retired_at"] is None for key in listed], [True, False])
            unknown = "project-test-0190f3f4-5b4c-7abc-8def-0123456789ab"
            for command in ("list", "rotate"):
                self.assertEqual(self.key(command, unknown, "--data", folder).returncode, 1)

    def test_a_running_server_publishes_the_new_key(self):
        with harness.directory() as folder, harness.Server(folder) as server:
            project = harness.Project(folder)
            self.assertEqual(len(self.published(server, project)), 1)
            self.rotate(folder, project.id)
            self.assertTrue(harness.eventually(lambda: len(self.published(server, project)) == 2))
            self.assertEqual(self.published(server, project), self.ids(folder, project.id))
            self.assertEqual(server.stop(), 0)

    def test_the_encryption_key_is_made_once(self):
        with harness.directory() as folder:
            with harness.Server(folder) as server:
                self.assertEqual(server.stop(), 0)
            file = folder / "encryption.key"
            made = file.read_text()
            self.assertEqual(file.stat().st_mode & 0o777, 0o600)
            project = self.project_with_key(folder).id
            self.rotate(folder, project)
            with harness.Server(folder) as server:
                self.assertEqual(server.stop(), 0)
                self.assertNotIn(made.strip(), "".join(server.errors + server.lines))
            self.assertEqual(file.read_text(), made)

    def test_another_encryption_key_is_refused(self):
        with harness.directory() as folder:
            variable = {"ROLLCALL_ENCRYPTION_KEY": secrets.token_hex(32)}
            project = self.project_with_key(folder, env=variable).id
            self.rotate(folder, project, env=variable)
            self.assertFalse((folder / "encryption.key").exists())
            before = self.ids(folder, project)

            # Neither made anew, nor taken for the right one.
            serve = ["serve", "--data", folder, "--listen", "127.0.0.1:0"]
            missing = harness.run(*serve)
            self.assertEqual((missing.returncode, missing.stdout), (2, ""))
            self.assertIn("encryption.key: this file is missing", missing.stderr)
            (folder / "encryption.key").touch(mode=0o600)
            (folder / "encryption.key").write_text(secrets.token_hex(32))
            for command in (serve, ["key", "rotate", project, "--data", folder]):
                other = harness.run(*command)
                self.assertEqual((other.returncode, other.stdout), (1, ""))
                self.assertIn("stored under another encryption key", other.stderr)
            self.assertEqual(self.ids(folder, project), before)

            with harness.Server(folder, env=variable) as server:
                self.assertEqual(server.stop(), 0)

    def test_a_command_without_the_key_of_the_server_changes_nothing(self):
        variable = {"ROLLCALL_ENCRYPTION_KEY": secrets.token_hex(32)}
        with harness.directory() as folder, harness.Server(folder, env=variable) as server:
            project = harness.Project(folder)
            without = self.key("rotate", project.id, "--data", folder)
            self.assertEqual((without.returncode, without.stdout), (1, ""))
            self.assertIn("no encryption key at", without.stderr)
            self.assertFalse((folder / "encryption.key").exists())
            # As long as nothing is stored, no key can be told from the server's: it makes the first.
            other = {"ROLLCALL_ENCRYPTION_KEY": secrets.token_hex(32)}
            first = self.key("rotate", project.id, "--data", folder, env=other)
            self.assertEqual((first.returncode, first.stdout), (1, ""))
            self.assertIn("no key yet", first.stderr)
            self.assertEqual(len(self.published(server, project)), 1)
            second = self.key("rotate", project.id, "--data", folder, env=other)
            self.assertEqual((second.returncode, second.stdout), (1, ""))
            self.assertIn("another encryption key", second.stderr)
            self.assertEqual(len(self.ids(folder, project.id)), 1)
            self.assertEqual(server.stop(), 0)
            with harness.Server(folder, env=variable) as again:
                self.assertEqual(len(self.published(again, project)), 1)
                self.assertEqual(again.stop(), 0)

    def test_a_running_server_says_that_it_needs_another_key(self):
        with harness.directory() as folder, harness.Server(folder) as server:
            project = harness.Project(folder)
            self.assertEqual(len(self.published(server, project)), 1)
            self.rotate(folder, project.id, "--force", env={"ROLLCALL_ENCRYPTION_KEY": secrets.token_hex(32)})
            backend = project.management(server)
            jwks = lambda: backend.call("GET", f"/v1/b2b/sessions/jwks/{project.id}")
            self.assertTrue(harness.eventually(lambda: jwks()[0] != 200))
            status, answer = jwks()
            self.assertEqual((status, answer["error_type"]), (503, "server_unavailable"))
            self.assertNotIn("encryption", answer["error_message"])
            self.assertEqual(server.stop(), 0)
            self.assertIn("were stored under another encryption key; start the server with that one",
                          "".join(server.errors))

    def test_a_lost_encryption_key_is_not_the_end(self):
        with harness.directory() as folder:
            project = self.project_with_key(folder).id
            file = folder / "mine.key"
            file.touch(mode=0o600)
            file.write_text(secrets.token_hex(32))
            mine = ["--encryption-key-file", str(file)]
            self.rotate(folder, project, *mine, "--force")
            with harness.Server(folder, *mine) as server:
                self.assertEqual(server.stop(), 0)
            self.assertEqual(len(self.ids(folder, project)), 2)


if __name__ == "__main__":
    harness.main()
