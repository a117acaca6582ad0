"""The simulator against the real server, twice, in both dialects; and how it fails."""
import re
import unittest

import harness


class Simulate(unittest.TestCase):
    def push(self, connection, *arguments, idp="okta", users=40, groups=6, **more):
        return harness.run("simulate", "--idp", idp, "--url", connection["base_url"], "--users", users,
                           "--groups", groups, *arguments, **more)

    def test_both_dialects_and_again(self):
        for idp, provider in (("okta", "okta"), ("entra", "microsoft-entra")):
            with self.subTest(idp=idp), harness.directory() as folder:
                project = harness.Project(folder)
                with harness.Server(folder) as server:
                    connection = project.connect(server, provider=provider)
                    token = ["--token", connection["bearer_token"]]
                    first = self.push(connection, *token, idp=idp)
                    self.assertEqual((first.returncode, first.stderr), (0, ""))
                    self.assertRegex(first.stdout, r"people +40 created, +0 found")
                    self.assertRegex(first.stdout, r"groups +6 created, +0 found")
                    before = self.state(project, server, connection)
                    self.assertEqual(len(before), 6)
                    self.assertNotIn("\r", first.stdout)
                    self.assertIn("  people: 20/40\n", first.stdout)

                    second = self.push(connection, *token, idp=idp)
                    self.assertEqual((second.returncode, second.stderr), (0, ""))
                    self.assertRegex(second.stdout, r"people +0 created, +40 found")
                    self.assertRegex(second.stdout, r"groups +0 created, +6 found")
                    self.assertEqual(self.state(project, server, connection), before)

                    count = sum(len(members) for _, _, members in before)
                    self.assertRegex(first.stdout, rf"memberships +{count} of +{count} sent")

    def state(self, project, server, connection):
        client = harness.scim(connection)
        return [(group["group_id"], group["group_name"],
                 tuple(member["value"] for member in client.ok("GET", "/Groups/" + group["group_id"]).get("members", [])))
                for group in harness.all_groups(project.management(server), connection)]

    def test_same_seed_same_directory(self):
        with harness.directory() as folder:
            project = harness.Project(folder)
            with harness.Server(folder) as server:
                names = []
                for slug, seed, concurrency in (("first", 5, 1), ("second", 5, 8), ("third", 6, 1)):
                    connection = project.connect(server, slug)
                    result = self.push(connection, "--token", connection["bearer_token"], "--seed", seed,
                                       "--concurrency", concurrency)
                    self.assertEqual(result.returncode, 0, result.stderr)
                    users = harness.scim(connection).ok("GET", "/Users?count=1000")["Resources"]
                    names.append(sorted(user["userName"] for user in users))
                self.assertEqual(names[0], names[1])
                self.assertNotEqual(names[0], names[2])

    def test_token_from_standard_input_or_environment(self):
        with harness.directory() as folder:
            project = harness.Project(folder)
            with harness.Server(folder) as server:
                connection = project.connect(server)
                token = connection["bearer_token"]
                self.assertEqual(self.push(connection, "--token", "-", stdin=f" {token}\n").returncode, 0)
                self.assertEqual(self.push(connection, env={"ROLLCALL_SIMULATE_TOKEN": token}).returncode, 0)
                self.assertEqual(self.push(connection, "--token", "-", stdin="").returncode, 2)

    def test_refused_credentials_end_it_at_once(self):
        with harness.directory() as folder:
            project = harness.Project(folder)
            with harness.Server(folder) as server:
                connection = project.connect(server)
                result = self.push(connection, "--token", "wrong", "--concurrency", "1")
                self.assertEqual(result.returncode, 1)
                self.assertRegex(result.stderr, r"^rollcall: user \S+: 401: .+\n$")
                self.assertRegex(result.stdout, r"requests +1 ")

    def test_nobody_listens(self):
        result = harness.run("simulate", "--idp", "okta", "--url", "http://127.0.0.1:1", "--token", "x", "--users", "3")
        self.assertEqual(result.returncode, 1)
        self.assertIn("127.0.0.1", result.stderr)
        self.assertFalse(re.search("what\\(\\)|terminate", result.stderr))


if __name__ == "__main__":
    harness.main()
