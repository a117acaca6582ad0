"""Project commands beside a running server: safe, and effective in it within a second."""
import json
import threading
import time
import unittest

import harness


class Projects(unittest.TestCase):
    def status(self, server, project, secret):
        return harness.Client(server.url, harness.basic(project, secret)).call("GET", "/v1/b2b/organizations/none")[0]

    def test_everything_works_while_the_server_runs(self):
        with harness.directory() as folder, harness.Server(folder) as server:
            project = harness.Project(folder)
            self.assertEqual(self.status(server, project.id, project.secret), 404)

            made = harness.run("project", "secret", "create", project.id, "--data", folder, "--json")
            second = json.loads(made.stdout)
            self.assertEqual(self.status(server, project.id, second["secret"]), 404)

            # The server has just accepted the first secret, and may remember that for a second.
            self.assertEqual(self.status(server, project.id, project.secret), 404)
            revoked = harness.run("project", "secret", "revoke", project.id, project.fields["secret_id"], "--data", folder)
            since = time.monotonic()
            self.assertEqual(revoked.returncode, 0, revoked.stderr)
            self.assertTrue(harness.eventually(
                lambda: self.status(server, project.id, project.secret) == 401), "the secret still works")
            self.assertLess(time.monotonic() - since, 5)
            self.assertEqual(self.status(server, project.id, second["secret"]), 404)

            listed = json.loads(harness.run("project", "list", "--data", folder, "--json").stdout)
            self.assertEqual([entry["project_id"] for entry in listed], [project.id])

    def test_secrets_are_shown_once(self):
        with harness.directory() as folder:
            project = harness.Project(folder)
            for command in (["list"], ["list", "--json"], ["secret", "list", project.id], ["secret", "list", project.id, "--json"]):
                shown = harness.run("project", *command, "--data", folder)
                self.assertEqual(shown.returncode, 0, shown.stderr)
                self.assertNotIn(project.secret, shown.stdout)
            for file in folder.iterdir():
                self.assertNotIn(project.secret.encode(), file.read_bytes(), file)

    def test_many_at_once_beside_writes_of_the_server(self):
        with harness.directory() as folder, harness.Server(folder) as server:
            connection = harness.Project(folder).connect(server)
            stop = threading.Event()
            statuses = []

            def push():
                client = harness.scim(connection)
                while not stop.is_set():
                    statuses.append(client.call("POST", "/Groups", {
                        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"],
                        "displayName": f"group {len(statuses)}"})[0])

            pusher = threading.Thread(target=push)
            pusher.start()
            results = []
            makers = [threading.Thread(target=lambda: results.append(harness.Project(folder))) for _ in range(6)]
            for maker in makers:
                maker.start()
            for maker in makers:
                maker.join()
            stop.set()
            pusher.join()
            self.assertEqual(len(results), 6)
            self.assertEqual(set(statuses), {201})
            for project in results:
                self.assertEqual(self.status(server, project.id, project.secret), 404)

    def test_a_secret_that_cannot_be_printed_is_a_failure(self):
        with harness.directory() as folder, open("/dev/full", "w", encoding="ascii") as full:
            for command in (["project", "create", "--name", "P", "--env", "test", "--data", folder],
                            ["serve", "--data", folder, "--listen", "127.0.0.1:0", "--welcome"],
                            ["project", "list", "--data", folder], ["--help"]):
                result = harness.run(*command, stdout=full)
                self.assertEqual(result.returncode, 1, command)
                self.assertIn("cannot write standard output: No space left on device", result.stderr)

    def test_failures(self):
        with harness.directory() as folder:
            harness.Project(folder)
            unknown = "project-test-0190f3f4-5b4c-7abc-8def-0123456789ab"
            result = harness.run("project", "secret", "create", unknown, "--data", folder)
            self.assertEqual((result.returncode, result.stdout), (1, ""))
            result = harness.run("project", "create", "--name", "", "--env", "test", "--data", folder)
            self.assertEqual(result.returncode, 2, result)
            self.assertIn("--name: must have 1 to 128 characters", result.stderr)


if __name__ == "__main__":
    harness.main()
