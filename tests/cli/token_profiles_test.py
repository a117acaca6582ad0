"""Trusted-token profile commands: what they print and refuse, and that a running server follows."""
import json
import unittest

import harness

JWK = {"kty": "OKP", "crv": "Ed25519", "kid": "k1", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
PROFILE = {
    "name": "Backend",
    "issuer": "https://issuer.example.com",
    "audience": "rollcall",
    "public_key_type": "JWK",
    "jwks": {"keys": [JWK]},
    "attribute_mapping": {"email": "email", "token_id": "jti", "organization_id": "org"},
}
PATH = "/v1/rollcall/trusted_token_profiles"


class TokenProfiles(unittest.TestCase):
    def create(self, folder, project, profile, *options):
        file = folder / "profile.json"
        file.write_text(profile if isinstance(profile, str) else json.dumps(profile))
        return harness.run("token-profile", "create", project, str(file), "--data", folder, *options)

    def list(self, folder, project, *options):
        shown = harness.run("token-profile", "list", project, "--data", folder, *options)
        self.assertEqual((shown.returncode, shown.stderr), (0, ""))
        return shown.stdout

    def delete(self, folder, project, profile):
        return harness.run("token-profile", "delete", project, profile, "--data", folder)

    def test_a_running_server_follows_at_once(self):
        with harness.directory() as folder, harness.Server(folder) as server:
            project = harness.Project(folder)
            backend = project.management(server)
            self.assertEqual(backend.ok("GET", PATH)["trusted_token_profiles"], [])
            made = self.create(folder, project.id, PROFILE, "--json")
            self.assertEqual((made.returncode, made.stderr), (0, ""))
            profile = backend.ok("GET", f"{PATH}/{json.loads(made.stdout)['profile_id']}")["trusted_token_profile"]
            self.assertEqual(profile["jwks"], PROFILE["jwks"])
            self.assertEqual(json.loads(self.list(folder, project.id, "--json")), [profile])

            backend.ok("PUT", f"{PATH}/{profile['profile_id']}", {"name": "Other"})
            self.assertIn("  Other  https://issuer.example.com  1 key(s) as JWK\n", self.list(folder, project.id))
            deleted = self.delete(folder, project.id, profile["profile_id"])
            self.assertEqual((deleted.returncode, deleted.stdout), (0, f"Deleted: {profile['profile_id']}\n"))
            self.assertEqual(backend.call("GET", f"{PATH}/{profile['profile_id']}")[0], 404)

    def test_they_work_without_a_server(self):
        with harness.directory() as folder:
            project = harness.Project(folder).id
            self.assertEqual(self.list(folder, project), "The project trusts no issuer.\n")
            self.assertEqual(self.list(folder, project, "--json"), "[]\n")
            piped = harness.run("token-profile", "create", project, "-", "--data", folder, stdin=json.dumps(PROFILE))
            self.assertRegex(piped.stdout, r"^profile id  trusted-auth-token-profile-test-[0-9a-f-]{36}\n$")

    def test_files_are_read_up_to_their_limit(self):
        body_bytes_max = 1024 * 1024
        with harness.directory() as folder:
            project = harness.Project(folder).id
            longest = json.dumps(PROFILE).ljust(body_bytes_max)
            self.assertEqual(self.create(folder, project, longest).returncode, 0)
            for refused, name in ((self.create(folder, project, longest + " "), str(folder / "profile.json")),
                                  (harness.run("token-profile", "create", project, "-", "--data", folder,
                                               stdin=longest + " "), "standard input")):
                self.assertEqual((refused.returncode, refused.stdout), (1, ""))
                self.assertIn(f"{name}: larger than {body_bytes_max} bytes", refused.stderr)
            self.assertEqual(len(json.loads(self.list(folder, project, "--json"))), 1)

    def test_failures_change_nothing(self):
        with harness.directory() as folder:
            project = harness.Project(folder).id
            self.create(folder, project, PROFILE)
            before = self.list(folder, project, "--json")
            for profile, words in (
                    ("{", "The JSON ends before it is complete"), ("[]", "must hold a JSON object"), ({}, "is required"),
                    ({**PROFILE, "name": 7}, "name must be a string"),
                    ({**PROFILE, "pem_files": ["x"]}, "pem_files goes with another public_key_type"),
                    ({**PROFILE, "jwks": {"keys": [{**JWK, "d": "AAAA"}]}}, "jwks.keys[0]: d of the JWK must be absent")):
                result = self.create(folder, project, profile)
                self.assertEqual((result.returncode, result.stdout), (1, ""), result)
                self.assertIn(words, result.stderr)
            unknown = "0190f3f4-5b4c-7abc-8def-0123456789ab"
            for command in (["list", f"project-test-{unknown}"], ["delete", project, "x"],
                            ["delete", project, f"trusted-auth-token-profile-test-{unknown}"],
                            ["create", project, str(folder / "missing.json")]):
                result = harness.run("token-profile", *command, "--data", folder)
                self.assertEqual((result.returncode, result.stdout), (1, ""), result)
            self.assertEqual(self.list(folder, project, "--json"), before)


if __name__ == "__main__":
    harness.main()
