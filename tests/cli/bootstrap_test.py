"""ROLLCALL_BOOTSTRAP_…: the project exists at every start, or the start ends with a reason."""
import unittest

import harness

ID = "project-live-0190f3f4-5b4c-7abc-8def-0123456789ab"
SECRET = "secret-live-0123456789abcdefghijklmnopqrstuv"


def variables(project, secret):
    return {"ROLLCALL_BOOTSTRAP_PROJECT_ID": project, "ROLLCALL_BOOTSTRAP_SECRET": secret}


class Bootstrap(unittest.TestCase):
    def test_works_at_every_start(self):
        with harness.directory() as folder:
            for _ in range(2):
                with harness.Server(folder, env=variables(ID, SECRET)) as server:
                    status, _ = harness.Client(server.url, harness.basic(ID, SECRET)).call(
                        "GET", "/v1/b2b/organizations/none")
                    self.assertEqual(status, 404)
                    self.assertEqual(server.stop(), 0)
            listed = harness.run("project", "list", "--data", folder)
            self.assertEqual(listed.stdout.count("project-live-"), 1)

    def test_a_new_secret_is_added_and_a_revoked_one_stays_revoked(self):
        other = SECRET.replace("0123", "9876")
        with harness.directory() as folder:
            for secret in (SECRET, other):
                with harness.Server(folder, env=variables(ID, secret)) as server:
                    self.assertEqual(server.stop(), 0)
            listed = harness.run("project", "secret", "list", ID, "--data", folder).stdout.splitlines()
            self.assertEqual(len(listed), 2)
            first = listed[0].split()[0]
            self.assertEqual(harness.run("project", "secret", "revoke", ID, first, "--data", folder).returncode, 0)
            with harness.Server(folder, env=variables(ID, SECRET)) as server:
                for secret, expected in ((SECRET, 401), (other, 404)):
                    status, _ = harness.Client(server.url, harness.basic(ID, secret)).call(
                        "GET", "/v1/b2b/organizations/none")
                    self.assertEqual(status, expected)

    def test_mistakes_end_the_start_and_show_no_secret(self):
        for project, secret in ((ID, ""), ("", SECRET), ("project-live-1", SECRET), (ID, "secret-live-short"),
                                (ID, SECRET.replace("live", "test")), (ID, SECRET + "!"), (SECRET, ID)):
            with self.subTest(project=project, secret=secret), harness.directory() as folder:
                result = harness.run("serve", "--data", folder / "d", "--listen", "127.0.0.1:0",
                                     env=variables(project, secret))
                self.assertEqual((result.returncode, result.stdout), (2, ""))
                self.assertIn("ROLLCALL_BOOTSTRAP_", result.stderr)
                self.assertNotIn("0123456789abcdefghij", result.stderr)
                self.assertFalse((folder / "d").exists())


if __name__ == "__main__":
    harness.main()
