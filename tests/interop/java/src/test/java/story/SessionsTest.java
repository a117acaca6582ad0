package story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static story.Surroundings.PROFILE_ID;
import static story.Surroundings.attest;
import static story.Surroundings.refused;
import static story.Surroundings.succeeds;

import com.stytch.java.b2b.StytchB2BClient;
import com.stytch.java.b2b.models.organizationsmembers.CreateRequest;
import com.stytch.java.b2b.models.scim.SCIMGroupImplicitRoleAssignments;
import com.stytch.java.b2b.models.scimconnection.GetGroupsRequest;
import com.stytch.java.b2b.models.scimconnection.GetGroupsRequestOptions;
import com.stytch.java.b2b.models.scimconnection.GetGroupsResponse;
import com.stytch.java.b2b.models.scimconnection.UpdateRequest;
import com.stytch.java.b2b.models.sessions.AttestRequest;
import com.stytch.java.b2b.models.sessions.AttestResponse;
import com.stytch.java.b2b.models.sessions.AuthenticateRequest;
import com.stytch.java.b2b.models.sessions.AuthorizationCheck;
import com.stytch.java.b2b.models.sessions.MemberSession;
import com.stytch.java.b2b.models.sessions.RevokeRequest;
import com.stytch.java.common.JWTException;
import com.stytch.java.common.PermissionException;
import com.stytch.java.common.StytchException;
import com.stytch.java.common.StytchResult;
import com.stytch.java.common.TenancyException;
import com.stytch.java.common.methodoptions.Authorization;
import com.stytch.java.consumer.models.sessions.AuthenticationFactorType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import story.Surroundings.Connected;
import story.Surroundings.Person;

class SessionsTest {
    private static final StytchB2BClient client = Surroundings.client();
    private static Connected acme;
    private static Person ada;
    private static Person grace;
    private static Person zoe;

    @BeforeAll
    static void push() {
        acme = Connected.create(client);
        var pushed = acme.push();
        ada = pushed.users().get(0);
        grace = pushed.users().get(1);
        zoe = pushed.users().get(2);
        succeeds(client.getScim().getConnection().updateCompletable(new UpdateRequest(
                acme.organizationId(), acme.connectionId(), null, null, List.of(new SCIMGroupImplicitRoleAssignments(
                        "stytch_admin", pushed.groups().get(0).getGroupId(), ""))), null));
    }

    @AfterAll
    static void close() {
        client.close();
    }

    private static AttestResponse sessionOf(Person person) {
        return succeeds(attest(client, acme.organizationId(), person.emailAddress()));
    }

    private static AttestResponse sessionOfAStranger() {
        var organizationId = Connected.create(client).organizationId();
        succeeds(client.getOrganizations().getMembers().createCompletable(new CreateRequest(
                organizationId, "eve@other.example", null, null, null, null, null, null, null,
                List.of("stytch_admin")), null));
        return succeeds(attest(client, organizationId, "eve@other.example"));
    }

    /** The two ways in which a call can be made in a member's name. */
    private static List<Authorization> credentialsOf(AttestResponse session) {
        return List.of(new Authorization(session.getSessionToken(), null),
                new Authorization(null, session.getSessionJWT()));
    }

    private static CompletableFuture<StytchResult<GetGroupsResponse>> getGroups(Authorization authorization) {
        return client.getScim().getConnection().getGroupsCompletable(
                new GetGroupsRequest(acme.organizationId(), acme.connectionId(), null, 1000L),
                new GetGroupsRequestOptions(authorization));
    }

    private static AuthorizationCheck mayGetScim(String organizationId) {
        return new AuthorizationCheck(organizationId, "stytch.scim", "get");
    }

    private static CompletableFuture<StytchResult<MemberSession>> verify(String jwt, AuthorizationCheck check) {
        return client.getSessions().authenticateJwtLocalCompletable(jwt, null, check, 0);
    }

    /** The SDK refuses by itself: it wraps an exception of this class. */
    private static void refusedLocally(Class<?> why, CompletableFuture<StytchResult<MemberSession>> call) {
        var error = assertInstanceOf(StytchResult.Error.class, call.join());
        var reason = assertInstanceOf(StytchException.Critical.class, error.getException()).getReason();
        assertInstanceOf(why, assertInstanceOf(JWTException.JwtError.class, reason).getException());
    }

    @Test
    void beginWithATrustedToken() {
        var attested = sessionOf(ada);
        assertEquals(ada.id(), attested.getMemberId());
        assertEquals(List.of("stytch_member", "stytch_admin"), attested.getMemberSession().getRoles());
        assertEquals(AuthenticationFactorType.TRUSTED_AUTH_TOKEN,
                attested.getMemberSession().getAuthenticationFactors().get(0).getType());
        refused(401, "invalid_trusted_auth_token", client.getSessions().attestCompletable(
                new AttestRequest(PROFILE_ID, "a.b.c", acme.organizationId())));
    }

    @Test
    void areAuthenticatedByTokenAndByJwt() {
        var attested = sessionOf(ada);
        var check = mayGetScim(acme.organizationId());
        Map<String, Object> claims = Map.of("tier", "gold");
        for (var request : List.of(
                new AuthenticateRequest(attested.getSessionToken(), null, null, claims, check),
                new AuthenticateRequest(null, null, attested.getSessionJWT(), claims, check))) {
            var reply = succeeds(client.getSessions().authenticateCompletable(request));
            assertEquals(attested.getMemberSession().getMemberSessionId(), reply.getMemberSession().getMemberSessionId());
            assertEquals(List.of("stytch_admin"), reply.getVerdict().getGrantingRoles());
            assertEquals(claims, reply.getMemberSession().getCustomClaims());
        }
        refused(403, "session_authorization_error", client.getSessions().authenticateCompletable(
                new AuthenticateRequest(sessionOf(grace).getSessionToken(), null, null, null, check)));
    }

    @Test
    void readGroupsIfTheirRolesAllowIt() {
        for (var authorization : credentialsOf(sessionOf(ada))) {
            assertEquals(250, succeeds(getGroups(authorization)).getScimGroups().size());
        }
        for (var authorization : credentialsOf(sessionOf(grace))) {
            refused(403, "session_authorization_error", getGroups(authorization));
        }
        for (var authorization : credentialsOf(sessionOfAStranger())) {
            refused(403, "session_authorization_tenancy_error", getGroups(authorization));
        }
    }

    @Test
    void areVerifiedWithoutACall() {
        var attested = sessionOf(ada);
        var local = succeeds(verify(attested.getSessionJWT(), mayGetScim(acme.organizationId())));
        assertEquals(attested.getMemberSession().getMemberSessionId(), local.getMemberSessionId());
        assertEquals(ada.id(), local.getMemberId());
        assertEquals(acme.organizationId(), local.getOrganizationId());
        assertEquals(attested.getMemberSession().getRoles(), local.getRoles());

        var jwt = attested.getSessionJWT();
        var other = sessionOf(grace).getSessionJWT();
        var forged = jwt.substring(0, jwt.lastIndexOf('.')) + other.substring(other.lastIndexOf('.'));
        assertInstanceOf(StytchResult.Error.class, verify(forged, null).join());
    }

    @Test
    void areCheckedWithoutACall() {
        refusedLocally(PermissionException.class,
                verify(sessionOf(grace).getSessionJWT(), mayGetScim(acme.organizationId())));
        refusedLocally(TenancyException.class,
                verify(sessionOf(ada).getSessionJWT(), mayGetScim(Connected.create(client).organizationId())));
    }

    @Test
    void endWhenRevoked() {
        var attested = sessionOf(ada);
        succeeds(client.getSessions().revokeCompletable(
                new RevokeRequest(attested.getMemberSession().getMemberSessionId()), null));
        for (var authorization : credentialsOf(attested)) {
            refused(404, "session_not_found", getGroups(authorization));
        }
        refused(404, "session_not_found", client.getSessions().authenticateCompletable(
                new AuthenticateRequest(attested.getSessionToken())));
    }

    @Test
    void endWhenTheMemberLeaves() {
        var attested = sessionOf(zoe);
        refused(403, "session_authorization_error", getGroups(credentialsOf(attested).get(0)));
        acme.leave(zoe);
        for (var authorization : credentialsOf(attested)) {
            refused(404, "session_not_found", getGroups(authorization));
        }
        refused(404, "member_not_found", attest(client, acme.organizationId(), zoe.emailAddress()));
    }
}
