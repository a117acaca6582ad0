"""Organizations, connections, what a provider pushes and what the client reads of it."""
import asyncio
import datetime

from stytch.b2b.models.scim import SCIMGroupImplicitRoleAssignments

from surroundings import SECRET, Story, ask_world, client


class Organizations(Story):
    def test_live_from_creation_to_deletion(self):
        made = self.client.organizations.create(
            organization_name="Blue Büro GmbH", organization_slug="blue-python",
            organization_external_id="crm|blue.python", trusted_metadata={"plan": "gold", "seats": 3},
            email_allowed_domains=["Blue.example"])
        self.assertReply(made)
        organization = made.organization
        self.assertEqual(organization.email_allowed_domains, ["blue.example"])
        self.assertIsInstance(organization.created_at, datetime.datetime)

        for reference in (organization.organization_id, "blue-python", "crm|blue.python"):
            got = self.client.organizations.get(organization_id=reference)
            self.assertReply(got)
            self.assertEqual(got.organization, organization)

        updated = self.client.organizations.update(
            organization_id="blue-python", organization_name="Blue", trusted_metadata={"plan": None})
        self.assertEqual(updated.organization.organization_name, "Blue")
        self.assertEqual(updated.organization.trusted_metadata, {"seats": 3})

        deleted = self.client.organizations.delete(organization_id="crm|blue.python")
        self.assertReply(deleted)
        self.assertEqual(deleted.organization_id, organization.organization_id)
        self.assertRefused(404, "organization_not_found", self.client.organizations.get, "blue-python")

    def test_are_refused_with_the_sdks_own_error(self):
        create = self.client.organizations.create
        create(organization_name="Taken", organization_slug="taken-python")
        self.assertRefused(400, "organization_slug_already_used", create, "Taken", "taken-python")
        self.assertRefused(400, "invalid_organization_slug", create, "Acme", "?")
        self.assertRefused(401, "unauthorized_credentials",
                           client(secret=SECRET + "x").organizations.get, "taken-python")

    def test_are_there_for_the_asynchronous_client_too(self):
        async def create_and_get():
            async with client() as asynchronous:
                made = await asynchronous.organizations.create_async(organization_name="Later")
                got = await asynchronous.organizations.get_async(made.organization.organization_id)
                return made.organization, got.organization

        made, got = asyncio.run(create_and_get())
        self.assertEqual(made, got)


class Connections(Story):
    def test_show_their_token_once(self):
        connected = self.connect()
        token = connected.connection.bearer_token
        got = self.client.scim.connection.get(connected.ids["organization_id"])
        self.assertReply(got)
        self.assertEqual(got.connection.connection_id, connected.connection.connection_id)
        self.assertEqual(got.connection.bearer_token_last_four, token[-4:])
        self.assertEqual(got.connection.next_bearer_token_last_four, "")
        self.assertIsNone(got.connection.next_bearer_token_expires_at)
        self.assertEqual(self.works(connected, token, token[::-1]), [True, False])

        organization = self.client.organizations.get(connected.ids["organization_id"]).organization
        self.assertEqual(organization.scim_active_connection.display_name, "Acme's Okta")
        self.assertRefused(400, "active_scim_connection_exists",
                           self.client.scim.connection.create, connected.ids["organization_id"])

    def test_rotate_their_token(self):
        connected = self.connect()
        connection, token = self.client.scim.connection, connected.connection.bearer_token

        cancelled = connection.rotate_start(**connected.ids).connection.next_bearer_token
        self.assertEqual(self.works(connected, token, cancelled), [True, True])
        self.assertReply(connection.rotate_cancel(**connected.ids))
        self.assertEqual(self.works(connected, token, cancelled), [True, False])
        self.assertRefused(400, "scim_connection_not_rotating_token",
                           connection.rotate_complete, **connected.ids)

        started = connection.rotate_start(**connected.ids)
        self.assertReply(started)
        following = started.connection.next_bearer_token
        completed = connection.rotate_complete(**connected.ids)
        self.assertReply(completed)
        self.assertEqual(completed.connection.bearer_token_last_four, following[-4:])
        self.assertEqual(self.works(connected, token, following), [False, True])

    def test_are_deleted_for_good(self):
        connected = self.connect()
        deleted = self.client.scim.connection.delete(**connected.ids)
        self.assertReply(deleted)
        self.assertEqual(deleted.connection_id, connected.connection.connection_id)
        self.assertEqual(self.works(connected, connected.connection.bearer_token), [False])
        self.assertRefused(404, "no_active_scim_connection",
                           self.client.scim.connection.get_groups, **connected.ids)


class Groups(Story):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.acme = cls.connect()
        cls.pushed = ask_world("push", **cls.acme.provider)["groups"]

    def get(self, **fields):
        return self.client.scim.connection.get_groups(**(self.acme.ids | fields))

    def pages(self, **fields):
        pages, cursor = [], None
        while not pages or cursor:
            page = self.get(cursor=cursor, **fields)
            self.assertReply(page)
            pages.append([{"id": group.group_id, "name": group.group_name} for group in page.scim_groups])
            cursor = page.next_cursor
        return pages

    def test_are_read_page_by_page(self):
        for limit, sizes in ((100, [100, 100, 50]), (None, [100, 100, 50]), (0, [100, 100, 50]), (1000, [250])):
            with self.subTest(limit=limit):
                pages = self.pages(limit=limit)
                self.assertEqual([len(page) for page in pages], sizes)
                self.assertEqual(sum(pages, []), self.pushed)

    def test_name_their_connection(self):
        group = self.get(limit=1).scim_groups[0]
        self.assertEqual({"organization_id": group.organization_id, "connection_id": group.connection_id},
                         self.acme.ids)

    def test_give_roles(self):
        administrators, update = self.pushed[0], self.client.scim.connection.update
        assignment = SCIMGroupImplicitRoleAssignments(
            role_id="stytch_admin", group_id=administrators["id"], group_name="")
        updated = update(**self.acme.ids, scim_group_implicit_role_assignments=[assignment])
        self.assertReply(updated)
        self.assertEqual(updated.connection.scim_group_implicit_role_assignments,
                         [assignment.model_copy(update={"group_name": "Administrators"})])
        renamed = update(**self.acme.ids, display_name="Renamed").connection
        self.assertEqual(len(renamed.scim_group_implicit_role_assignments), 1)
        cleared = update(**self.acme.ids, scim_group_implicit_role_assignments=[]).connection
        self.assertEqual(cleared.scim_group_implicit_role_assignments, [])

    def test_are_refused_with_the_sdks_own_error(self):
        stranger = self.connect().ids
        self.assertRefused(400, "user_search_invalid_limit", self.get, limit=1001)
        self.assertRefused(400, "user_search_invalid_cursor", self.get, cursor="nonsense")
        self.assertRefused(404, "no_active_scim_connection", self.get, connection_id=stranger["connection_id"])
        self.assertRefused(404, "organization_not_found", self.get, organization_id="nobody")
