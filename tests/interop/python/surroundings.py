"""What every test of the story starts from: a client, the world around it, a success and a refusal."""
import os
import re
import types
import unittest

import requests
import stytch
from stytch.b2b.models.scim_connection import CreateRequestIdentityProvider
from stytch.core.response_base import StytchError

SERVER = os.environ["STORY_SERVER"]
WORLD = os.environ["STORY_WORLD"]
PROJECT_ID = os.environ["STORY_PROJECT_ID"]
SECRET = os.environ["STORY_SECRET"]
PROFILE_ID = os.environ["STORY_PROFILE_ID"]


def client(secret=SECRET):
    # `environment` takes any URL; `custom_base_url` is for https.
    return stytch.B2BClient(project_id=PROJECT_ID, secret=secret, environment=SERVER, suppress_warnings=True)


def ask_world(call, **fields):
    answer = requests.post(f"{WORLD}/{call}", json=fields, timeout=60)
    if answer.status_code != 200:
        raise AssertionError(answer.text)
    return answer.json()


class Story(unittest.TestCase):
    """A test case with a client of its own."""

    @classmethod
    def setUpClass(cls):
        cls.client = client()

    @classmethod
    def connect(cls):
        """A new organization with a connection: ids for calls, and what the provider is given."""
        organization = cls.client.organizations.create(organization_name="Acme").organization
        connection = cls.client.scim.connection.create(
            organization_id=organization.organization_id, display_name="Acme's Okta",
            identity_provider=CreateRequestIdentityProvider.OKTA).connection
        return types.SimpleNamespace(
            connection=connection,
            ids={"organization_id": organization.organization_id, "connection_id": connection.connection_id},
            provider={"base_url": connection.base_url, "bearer_token": connection.bearer_token})

    def works(self, connected, *tokens):
        return [ask_world("probe", **(connected.provider | {"bearer_token": token}))["status"] == 200
                for token in tokens]

    @classmethod
    def attest(cls, organization_id, email_address):
        """A session of a member, as their login page would start it."""
        token = ask_world("token", email_address=email_address)["token"]
        return cls.client.sessions.attest(profile_id=PROFILE_ID, organization_id=organization_id, token=token)

    def assertReply(self, reply):
        self.assertTrue(reply.is_success)
        self.assertTrue(re.fullmatch(r"request-id-test-[0-9a-f-]{36}", reply.request_id), reply.request_id)

    def assertRefused(self, status, error_type, call, *arguments, **fields):
        with self.assertRaises(StytchError) as caught:
            call(*arguments, **fields)
        details = caught.exception.details
        self.assertEqual((details.status_code, details.error_type), (status, error_type), details.error_message)
        self.assertEqual(details.error_url, f"{SERVER}/docs/errors#{error_type}")
        self.assertTrue(details.request_id.startswith("request-id-test-"))
        self.assertGreater(len(details.error_message), 0)
