"""The operator's token for support: what the command prints and refuses, and that a running server takes it once."""
import json
import unittest

import harness


class Impersonate(unittest.TestCase):
    def impersonate(self, folder, member, *options):
        return harness.run("impersonate", member, "--data", folder, *options)

    def test_a_running_server_takes_the_token_once(self):
        with harness.directory() as folder, harness.Server(folder) as server:
            backend = harness.Project(folder).management(server)
            organization = backend.ok("POST", "/v1/b2b/organizations",
                                      {"organization_name": "Acme"})["organization"]["organization_id"]
            member = backend.ok("POST", f"/v1/b2b/organizations/{organization}/members",
                                {"email_address": "ada@example.com"})["member_id"]
            made = self.impersonate(folder, member, "--as", "support@example.com", "--json")
            self.assertEqual((made.returncode, made.stderr), (0, ""))
            issued = json.loads(made.stdout)
            self.assertEqual((issued["organization_id"], issued["member_id"]), (organization, member))
            fields = {"impersonation_token": issued["impersonation_token"]}
            begun = backend.ok("POST", "/v1/b2b/impersonation/authenticate", fields)
            self.assertEqual(begun["member_id"], member)
            self.assertEqual(begun["member_session"]["authentication_factors"][0]["impersonated_factor"],
                             {"impersonator_id": "support@example.com",
                              "impersonator_email_address": "support@example.com"})
            status, again = backend.call("POST", "/v1/b2b/impersonation/authenticate", fields)
            self.assertEqual((status, again["error_type"]), (401, "unable_to_auth_impersonation_token"))

            plain = self.impersonate(folder, member, "--as", "support@example.com")
            self.assertRegex(plain.stdout, r"\A[A-Za-z0-9_-]{44}\n\Z")
            self.assertRegex(plain.stderr, r"\AGood once, until 20[0-9TZ:-]+\.\n\Z")
            server.stop()
            log = "".join(server.errors)
            line = next(line for line in log.splitlines() if f"support@example.com impersonates {member}" in line)
            self.assertIn(" warn ", line)
            self.assertNotIn(issued["impersonation_token"], log)

    def test_refusals_print_no_token(self):
        with harness.directory() as folder:
            harness.Project(folder)
            unknown = "member-test-0190f3f4-5b4c-7abc-8def-0123456789ab"
            for address, words in (("support@example.com", "The member could not be found."),
                                   ("support", "--as")):
                result = self.impersonate(folder, unknown, "--as", address)
                self.assertEqual((result.returncode, result.stdout), (1, ""), result)
                self.assertIn(words, result.stderr)
            for options in (["--as", "support@example.com"], []):
                result = self.impersonate(folder, "ada" if options else unknown, *options)
                self.assertEqual((result.returncode, result.stdout), (2, ""), result)


if __name__ == "__main__":
    harness.main()
