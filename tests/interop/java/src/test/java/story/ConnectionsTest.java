package story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static story.Surroundings.refused;
import static story.Surroundings.succeeds;

import com.stytch.java.b2b.StytchB2BClient;
import com.stytch.java.b2b.api.scimconnection.Connection;
import com.stytch.java.b2b.models.scimconnection.CreateRequest;
import com.stytch.java.b2b.models.scimconnection.CreateRequestIdentityProvider;
import com.stytch.java.b2b.models.scimconnection.DeleteRequest;
import com.stytch.java.b2b.models.scimconnection.GetGroupsRequest;
import com.stytch.java.b2b.models.scimconnection.GetRequest;
import com.stytch.java.b2b.models.scimconnection.RotateCancelRequest;
import com.stytch.java.b2b.models.scimconnection.RotateCompleteRequest;
import com.stytch.java.b2b.models.scimconnection.RotateStartRequest;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import story.Surroundings.Connected;

class ConnectionsTest {
    private static final StytchB2BClient client = Surroundings.client();
    private final Connection connections = client.getScim().getConnection();
    private Connected acme;

    @BeforeEach
    void connect() {
        acme = Connected.create(client);
    }

    @AfterAll
    static void close() {
        client.close();
    }

    private String startRotation() {
        return succeeds(connections.rotateStartCompletable(
                new RotateStartRequest(acme.organizationId(), acme.connectionId()), null))
                .getConnection().getNextBearerToken();
    }

    @Test
    void showTheirTokenOnce() {
        var token = acme.bearerToken();
        var got = succeeds(connections.getCompletable(new GetRequest(acme.organizationId()), null)).getConnection();
        assertEquals(acme.connectionId(), got.getConnectionId());
        assertTrue(token.endsWith(got.getBearerTokenLastFour()));
        assertEquals("", got.getNextBearerTokenLastFour());
        assertNull(got.getNextBearerTokenExpiresAt());
        assertEquals(List.of(true, false), acme.works(token, "x" + token.substring(1)));

        var organization = succeeds(client.getOrganizations().getCompletable(
                new com.stytch.java.b2b.models.organizations.GetRequest(acme.organizationId()))).getOrganization();
        assertEquals("Acme's Okta", organization.getScimActiveConnection().getDisplayName());
        refused(400, "active_scim_connection_exists",
                connections.createCompletable(new CreateRequest(acme.organizationId()), null));
    }

    @Test
    void areMadeForEntra() {
        // This SDK spells it "microsoftentra".
        var entra = Connected.create(client, CreateRequestIdentityProvider.MICROSOFTENTRA);
        assertTrue(entra.baseUrl().endsWith("?aadOptscim062020"), entra.baseUrl());
        var got = succeeds(connections.getCompletable(new GetRequest(entra.organizationId()), null)).getConnection();
        assertEquals("microsoft-entra", got.getIdentityProvider());
    }

    @Test
    void rotateTheirToken() {
        var token = acme.bearerToken();
        var complete = new RotateCompleteRequest(acme.organizationId(), acme.connectionId());

        var cancelled = startRotation();
        assertEquals(List.of(true, true), acme.works(token, cancelled));
        succeeds(connections.rotateCancelCompletable(
                new RotateCancelRequest(acme.organizationId(), acme.connectionId()), null));
        assertEquals(List.of(true, false), acme.works(token, cancelled));
        refused(400, "scim_connection_not_rotating_token", connections.rotateCompleteCompletable(complete, null));

        var following = startRotation();
        var completed = succeeds(connections.rotateCompleteCompletable(complete, null)).getConnection();
        assertTrue(following.endsWith(completed.getBearerTokenLastFour()));
        assertEquals(List.of(false, true), acme.works(token, following));
    }

    @Test
    void areDeletedForGood() {
        var deleted = succeeds(connections.deleteCompletable(
                new DeleteRequest(acme.organizationId(), acme.connectionId()), null));
        assertEquals(acme.connectionId(), deleted.getConnectionId());
        assertEquals(List.of(false), acme.works(acme.bearerToken()));
        refused(404, "no_active_scim_connection", connections.getGroupsCompletable(
                new GetGroupsRequest(acme.organizationId(), acme.connectionId()), null));
    }
}
