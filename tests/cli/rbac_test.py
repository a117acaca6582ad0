"""Policy commands: what they print and refuse, and that a running server follows."""
import json
import unittest

import harness

POLICY = {
    "stytch_member": {"permissions": [{"resource_id": "document", "actions": ["read"]}]},
    "stytch_admin": {"permissions": []},
    "custom_roles": [
        {"role_id": "editor", "description": "", "permissions": [{"resource_id": "document", "actions": ["*"]}]}],
    "custom_resources": [{"resource_id": "document", "description": "", "available_actions": ["read", "write"]}],
    "custom_scopes": [],
}


class Rbac(unittest.TestCase):
    def set(self, folder, project, policy, *options):
        file = folder / "policy.json"
        file.write_text(policy if isinstance(policy, str) else json.dumps(policy))
        return harness.run("rbac", "set", project, str(file), "--data", folder, *options)

    def show(self, folder, project, *options):
        return harness.run("rbac", "show", project, "--data", folder, *options)

    def test_a_running_server_follows(self):
        with harness.directory() as folder, harness.Server(folder) as server:
            project = harness.Project(folder)
            backend = project.management(server)
            roles = lambda: [role["role_id"] for role in backend.ok("GET", "/v1/b2b/rbac/policy")["policy"]["roles"]]
            self.assertEqual(roles(), ["stytch_member", "stytch_admin"])
            done = self.set(folder, project.id, POLICY)
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            self.assertEqual(done.stdout, "The project has 1 custom role(s) and 1 custom resource(s).\n")
            harness.eventually(lambda: roles() == ["stytch_member", "stytch_admin", "editor"])
            self.assertEqual(backend.ok("GET", "/v1/rollcall/rbac/policy")["policy"], POLICY)

            backend.ok("PUT", "/v1/rollcall/rbac/policy", {"policy": {**POLICY, "custom_roles": []}})
            shown = self.show(folder, project.id, "--json")
            self.assertEqual(json.loads(shown.stdout), {**POLICY, "custom_roles": []})

    def test_they_work_without_a_server(self):
        with harness.directory() as folder:
            project = harness.Project(folder).id
            piped = harness.run("rbac", "set", project, "-", "--data", folder, stdin=json.dumps(POLICY))
            self.assertEqual((piped.returncode, piped.stderr), (0, ""))
            self.assertEqual(json.loads(self.show(folder, project, "--json").stdout), POLICY)
            shown = self.show(folder, project).stdout
            self.assertIn("role stytch_member\n    stytch.self: *\n    document: read\n", shown)
            self.assertIn("role editor\n    document: *\n", shown)
            self.assertIn("\nresource document: read, write\n", shown)

    def test_failures_change_nothing(self):
        with harness.directory() as folder:
            project = harness.Project(folder).id
            self.set(folder, project, POLICY)
            for policy, words in (
                    ("{", "The JSON ends before it is complete"), ("[]", "must hold a JSON object"),
                    ({"policy": POLICY}, "not policy"),
                    ({"custom_roles": [{"role_id": "a", "permissions": []}]}, "custom_roles[0].permissions must have"),
                    ({"custom_roles": 7}, "custom_roles must be an array of objects")):
                result = self.set(folder, project, policy)
                self.assertEqual((result.returncode, result.stdout), (1, ""), result)
                self.assertIn(words, result.stderr)
            unknown = "project-test-0190f3f4-5b4c-7abc-8def-0123456789ab"
            for command in (["show", unknown], ["set", project, str(folder / "missing.json")]):
                result = harness.run("rbac", *command, "--data", folder)
                self.assertEqual((result.returncode, result.stdout), (1, ""), result)
            self.assertEqual(json.loads(self.show(folder, project, "--json").stdout), POLICY)


if __name__ == "__main__":
    harness.main()
