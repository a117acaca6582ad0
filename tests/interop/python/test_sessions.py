"""Sessions of members: what they may do, here and in the SDK's own checks, and how they end."""
import base64
import json

from stytch.b2b.models.scim import SCIMGroupImplicitRoleAssignments
from stytch.b2b.models.scim_connection import GetGroupsRequestOptions
from stytch.b2b.models.sessions import AuthorizationCheck
from stytch.shared.method_options import Authorization
from stytch.shared.rbac_local import RBACPermissionError, TenancyError

from surroundings import PROFILE_ID, PROJECT_ID, Story, ask_world


class Sessions(Story):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sessions = cls.client.sessions
        cls.acme = cls.connect()
        cls.organization_id = cls.acme.ids["organization_id"]
        pushed = ask_world("push", **cls.acme.provider)
        cls.ada, cls.grace, cls.zoe = pushed["users"]
        cls.client.scim.connection.update(**cls.acme.ids, scim_group_implicit_role_assignments=[
            SCIMGroupImplicitRoleAssignments(
                role_id="stytch_admin", group_id=pushed["groups"][0]["id"], group_name="")])

    def session_of(self, user):
        return self.attest(self.organization_id, user["email_address"])

    def session_of_a_stranger(self):
        organization_id = self.connect().ids["organization_id"]
        self.client.organizations.members.create(
            organization_id, "eve@other.example", roles=["stytch_admin"])
        return self.attest(organization_id, "eve@other.example")

    def get_groups(self, **authorization):
        return self.client.scim.connection.get_groups(
            **self.acme.ids, limit=1000,
            method_options=GetGroupsRequestOptions(authorization=Authorization(**authorization)))

    def may_get_scim(self, organization_id=None):
        return AuthorizationCheck(
            organization_id=organization_id or self.organization_id, resource_id="stytch.scim", action="get")

    def test_begin_with_a_trusted_token(self):
        attested = self.session_of(self.ada)
        self.assertReply(attested)
        self.assertEqual(attested.member_id, self.ada["id"])
        session = attested.member_session
        self.assertEqual(session.roles, ["stytch_member", "stytch_admin"])
        self.assertEqual([factor.type for factor in session.authentication_factors], ["trusted_auth_token"])
        self.assertRefused(401, "invalid_trusted_auth_token",
                           self.sessions.attest, PROFILE_ID, "a.b.c", self.organization_id)

    def test_are_authenticated_by_token_and_by_jwt(self):
        attested = self.session_of(self.ada)
        for credential in ({"session_token": attested.session_token}, {"session_jwt": attested.session_jwt}):
            authenticated = self.sessions.authenticate(
                **credential, authorization_check=self.may_get_scim(), session_custom_claims={"tier": "gold"})
            self.assertReply(authenticated)
            self.assertEqual(authenticated.member_session.member_session_id,
                             attested.member_session.member_session_id)
            self.assertEqual(authenticated.verdict.granting_roles, ["stytch_admin"])
            self.assertEqual(authenticated.member_session.custom_claims, {"tier": "gold"})
        self.assertRefused(403, "session_authorization_error", self.sessions.authenticate,
                           session_token=self.session_of(self.grace).session_token,
                           authorization_check=self.may_get_scim())

    def test_read_groups_if_their_roles_allow_it(self):
        ada, grace, stranger = self.session_of(self.ada), self.session_of(self.grace), self.session_of_a_stranger()
        self.assertEqual(len(self.get_groups(session_token=ada.session_token).scim_groups), 250)
        self.assertEqual(len(self.get_groups(session_jwt=ada.session_jwt).scim_groups), 250)
        for how in ("session_token", "session_jwt"):
            with self.subTest(how=how):
                self.assertRefused(403, "session_authorization_error",
                                   self.get_groups, **{how: getattr(grace, how)})
                self.assertRefused(403, "session_authorization_tenancy_error",
                                   self.get_groups, **{how: getattr(stranger, how)})

    def test_are_verified_without_a_call(self):
        attested = self.session_of(self.ada)
        local = self.sessions.authenticate_jwt_local(attested.session_jwt, authorization_check=self.may_get_scim())
        self.assertEqual(local.member_session_id, attested.member_session.member_session_id)
        self.assertEqual((local.member_id, local.organization_id), (self.ada["id"], self.organization_id))
        self.assertEqual(local.roles, attested.member_session.roles)

        header, claims, signature = attested.session_jwt.split(".")
        forged = json.loads(base64.urlsafe_b64decode(claims + "=="))
        self.assertEqual(forged["aud"], [PROJECT_ID])
        forged["sub"] = self.grace["id"]
        forged = base64.urlsafe_b64encode(json.dumps(forged).encode()).decode().rstrip("=")
        self.assertIsNone(self.sessions.authenticate_jwt_local(f"{header}.{forged}.{signature}"))

    def test_are_checked_without_a_call(self):
        ada, grace = self.session_of(self.ada), self.session_of(self.grace)
        with self.assertRaises(RBACPermissionError):
            self.sessions.authenticate_jwt_local(grace.session_jwt, authorization_check=self.may_get_scim())
        with self.assertRaises(TenancyError):
            self.sessions.authenticate_jwt_local(
                ada.session_jwt, authorization_check=self.may_get_scim(self.connect().ids["organization_id"]))

    def test_end_when_revoked(self):
        attested = self.session_of(self.ada)
        self.assertReply(self.sessions.revoke(member_session_id=attested.member_session.member_session_id))
        for how in ("session_token", "session_jwt"):
            self.assertRefused(404, "session_not_found", self.get_groups, **{how: getattr(attested, how)})
            self.assertRefused(404, "session_not_found",
                               self.sessions.authenticate, **{how: getattr(attested, how)})

    def test_end_when_the_member_leaves(self):
        attested = self.session_of(self.zoe)
        self.assertRefused(403, "session_authorization_error",
                           self.get_groups, session_token=attested.session_token)
        ask_world("leave", **self.acme.provider, id=self.zoe["id"])
        self.assertRefused(404, "session_not_found", self.get_groups, session_token=attested.session_token)
        self.assertRefused(404, "session_not_found", self.get_groups, session_jwt=attested.session_jwt)
        self.assertRefused(404, "member_not_found", self.session_of, self.zoe)
