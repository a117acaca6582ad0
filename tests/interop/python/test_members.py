"""Members: those whom the provider pushes, and those whom the backend makes."""
from stytch.b2b.models.organizations import SearchQuery, SearchQueryOperator

from surroundings import Story, ask_world


class Members(Story):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.members = cls.client.organizations.members
        cls.acme = cls.connect()
        cls.organization_id = cls.acme.ids["organization_id"]
        cls.pushed = ask_world("push", **cls.acme.provider)

    def search(self, **filters):
        operands = [{"filter_name": name, "filter_value": value} for name, value in filters.items()]
        found = self.members.search([self.organization_id], query=SearchQuery(
            operator=SearchQueryOperator.AND, operands=operands))
        self.assertReply(found)
        self.assertEqual(list(found.organizations), [self.organization_id] if found.members else [])
        return found

    def test_pushed_ones_have_what_the_provider_says(self):
        ada = self.pushed["users"][0]
        got = self.members.get(self.organization_id, email_address=ada["email_address"])
        self.assertReply(got)
        member = got.member
        self.assertEqual((member.member_id, member.name, member.status), (ada["id"], ada["name"], "active"))
        attributes = member.scim_registration.scim_attributes
        self.assertEqual(attributes.user_name, ada["email_address"])
        self.assertEqual(attributes.enterprise_extension.department, "Analytical Engines")
        self.assertEqual([group.display for group in attributes.groups], ["Administrators", "Engineering"])
        self.assertEqual(member.scim_registration.connection_id, self.acme.connection.connection_id)

    def test_live_from_creation_to_deletion(self):
        made = self.members.create(
            self.organization_id, "Linus@partner.example", name="Linus", external_id="crm|linus",
            untrusted_metadata={"theme": "dark"}, trusted_metadata={"seat": 1})
        self.assertReply(made)
        self.assertEqual(made.member.status, "active")
        self.assertIsNone(made.member.scim_registration)
        self.assertEqual([role.role_id for role in made.member.roles], ["stytch_member"])

        for reference in ({"member_id": made.member_id}, {"member_id": "crm|linus"},
                          {"email_address": "linus@PARTNER.example"}):
            self.assertEqual(self.members.get(self.organization_id, **reference).member, made.member)

        updated = self.members.update(
            self.organization_id, made.member_id, name="Linus T", roles=["stytch_admin"],
            untrusted_metadata={"theme": None, "language": "fi"})
        self.assertReply(updated)
        self.assertEqual((updated.member.name, updated.member.is_admin), ("Linus T", True))
        self.assertEqual(updated.member.untrusted_metadata, {"language": "fi"})
        self.assertEqual(updated.member.trusted_metadata, {"seat": 1})

        deleted = self.members.delete(self.organization_id, "crm|linus")
        self.assertReply(deleted)
        self.assertEqual(deleted.member_id, made.member_id)
        self.assertRefused(404, "member_not_found", self.members.get, self.organization_id, made.member_id)
        still = self.members.dangerously_get(made.member_id, include_deleted=True)
        self.assertEqual(still.member.status, "deleted")

    def test_are_found(self):
        everybody = self.members.search([self.organization_id], limit=2)
        self.assertEqual(len(everybody.members), 2)
        self.assertEqual(everybody.results_metadata.total, len(self.pushed["users"]))
        rest = self.members.search([self.organization_id], limit=2, cursor=everybody.results_metadata.next_cursor)
        self.assertEqual([member.member_id for member in everybody.members + rest.members],
                         [user["id"] for user in self.pushed["users"]])
        grace = self.pushed["users"][1]
        for filters in ({"member_emails": [grace["email_address"]]}, {"member_email_fuzzy": "GRACE@"},
                        {"member_ids": [grace["id"]]}):
            self.assertEqual([member.member_id for member in self.search(**filters).members], [grace["id"]])
        self.assertEqual(self.search(member_emails=["nobody@acme.example"]).members, [])

    def test_are_refused_with_the_sdks_own_error(self):
        create, ada = self.members.create, self.pushed["users"][0]
        self.assertRefused(400, "duplicate_member_email", create, self.organization_id, ada["email_address"])
        self.assertRefused(400, "invalid_email", create, self.organization_id, "nonsense")
        self.assertRefused(400, "invalid_member_get_fields", self.members.get, self.organization_id)
        self.assertRefused(404, "member_does_not_exist_in_organization",
                           self.members.get, self.connect().ids["organization_id"], ada["id"])
