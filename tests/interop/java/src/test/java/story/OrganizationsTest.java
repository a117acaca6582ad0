package story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static story.Surroundings.SECRET;
import static story.Surroundings.refused;
import static story.Surroundings.succeeds;

import com.stytch.java.b2b.StytchB2BClient;
import com.stytch.java.b2b.api.organizations.Organizations;
import com.stytch.java.b2b.models.organizations.CreateRequest;
import com.stytch.java.b2b.models.organizations.DeleteRequest;
import com.stytch.java.b2b.models.organizations.GetRequest;
import com.stytch.java.b2b.models.organizations.UpdateRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class OrganizationsTest {
    private static final StytchB2BClient client = Surroundings.client();
    private final Organizations organizations = client.getOrganizations();

    @AfterAll
    static void close() {
        client.close();
    }

    @Test
    void liveFromCreationToDeletion() {
        var made = succeeds(organizations.createCompletable(new CreateRequest(
                "Blue Büro GmbH", "blue-java", null, Map.of("plan", "gold", "region", "eu"), "crm|blue.java",
                null, List.of("Blue.example"))));
        assertTrue(made.getRequestId().startsWith("request-id-test-"), made.getRequestId());
        var organization = made.getOrganization();
        assertEquals(List.of("blue.example"), organization.getEmailAllowedDomains());
        assertNotNull(organization.getCreatedAt());

        for (var reference : List.of(organization.getOrganizationId(), "blue-java", "crm|blue.java")) {
            var got = succeeds(organizations.getCompletable(new GetRequest(reference)));
            assertEquals(organization, got.getOrganization());
        }

        var updated = succeeds(organizations.updateCompletable(
                new UpdateRequest("blue-java", "Blue", null, null, Map.of("plan", "silver")), null));
        assertEquals("Blue", updated.getOrganization().getOrganizationName());
        assertEquals(Map.of("plan", "silver", "region", "eu"), updated.getOrganization().getTrustedMetadata());
        // Not given, which this SDK sends as an empty list: docs of the server warn of it.
        assertEquals(List.of(), updated.getOrganization().getEmailAllowedDomains());

        var deleted = succeeds(organizations.deleteCompletable(new DeleteRequest("crm|blue.java"), null));
        assertEquals(organization.getOrganizationId(), deleted.getOrganizationId());
        refused(404, "organization_not_found", organizations.getCompletable(new GetRequest("blue-java")));
    }

    @Test
    void areRefusedWithTheSdksOwnError() {
        succeeds(organizations.createCompletable(new CreateRequest("Taken", "taken-java")));
        refused(400, "organization_slug_already_used",
                organizations.createCompletable(new CreateRequest("Taken", "taken-java")));
        refused(400, "invalid_organization_slug", organizations.createCompletable(new CreateRequest("Acme", "?")));
        try (var stranger = Surroundings.client(SECRET + "x")) {
            refused(401, "unauthorized_credentials",
                    stranger.getOrganizations().getCompletable(new GetRequest("taken-java")));
        }
    }
}
