package story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static story.Surroundings.refused;
import static story.Surroundings.succeeds;

import com.stytch.java.b2b.StytchB2BClient;
import com.stytch.java.b2b.api.organizationsmembers.Members;
import com.stytch.java.b2b.models.organizations.Member;
import com.stytch.java.b2b.models.organizations.MemberRole;
import com.stytch.java.b2b.models.organizations.SearchQuery;
import com.stytch.java.b2b.models.organizations.SearchQueryOperator;
import com.stytch.java.b2b.models.organizationsmembers.CreateRequest;
import com.stytch.java.b2b.models.organizationsmembers.DangerouslyGetRequest;
import com.stytch.java.b2b.models.organizationsmembers.DeleteRequest;
import com.stytch.java.b2b.models.organizationsmembers.GetRequest;
import com.stytch.java.b2b.models.organizationsmembers.SearchRequest;
import com.stytch.java.b2b.models.organizationsmembers.SearchResponse;
import com.stytch.java.b2b.models.organizationsmembers.UpdateRequest;
import com.stytch.java.b2b.models.scim.Group;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import story.Surroundings.Connected;
import story.Surroundings.Directory;

class MembersTest {
    private static final StytchB2BClient client = Surroundings.client();
    private static Connected acme;
    private static Directory pushed;
    private final Members members = client.getOrganizations().getMembers();

    @BeforeAll
    static void push() {
        acme = Connected.create(client);
        pushed = acme.push();
    }

    @AfterAll
    static void close() {
        client.close();
    }

    private static GetRequest byId(String memberId) {
        return new GetRequest(acme.organizationId(), memberId);
    }

    private static GetRequest byEmail(String address) {
        return new GetRequest(acme.organizationId(), null, address);
    }

    private SearchResponse search(String cursor, List<Map<String, Object>> operands) {
        return succeeds(members.searchCompletable(new SearchRequest(List.of(acme.organizationId()), cursor, 2L,
                new SearchQuery(SearchQueryOperator.AND, operands)), null));
    }

    private static List<String> ids(SearchResponse found) {
        return found.getMembers().stream().map(Member::getMemberId).toList();
    }

    @Test
    void thatArePushedHaveWhatTheProviderSays() {
        var ada = pushed.users().get(0);
        var member = succeeds(members.getCompletable(byEmail(ada.emailAddress()))).getMember();
        assertEquals(ada.id(), member.getMemberId());
        assertEquals(ada.name(), member.getName());
        assertEquals("active", member.getStatus());
        var registration = member.getScimRegistration();
        assertEquals(acme.connectionId(), registration.getConnectionId());
        var attributes = registration.getScimAttributes();
        assertEquals(ada.emailAddress(), attributes.getUserName());
        assertEquals("Analytical Engines", attributes.getEnterpriseExtension().getDepartment());
        assertEquals(List.of("Administrators", "Engineering"),
                attributes.getGroups().stream().map(Group::getDisplay).toList());
    }

    @Test
    void liveFromCreationToDeletion() {
        var made = succeeds(members.createCompletable(new CreateRequest(
                acme.organizationId(), "Linus@partner.example", "Linus", Map.of("seat", "1"), Map.of("theme", "dark"),
                null, null, null, null, List.of(), "crm|linus"), null));
        var member = made.getMember();
        assertEquals("active", member.getStatus());
        assertNull(member.getScimRegistration());
        assertEquals(List.of("stytch_member"), member.getRoles().stream().map(MemberRole::getRoleId).toList());

        for (var reference : List.of(byId(made.getMemberId()), byId("crm|linus"), byEmail("linus@PARTNER.example"))) {
            assertEquals(member, succeeds(members.getCompletable(reference)).getMember());
        }

        var updated = succeeds(members.updateCompletable(new UpdateRequest(
                acme.organizationId(), made.getMemberId(), "Linus T", null, Map.of("language", "fi"), null, null, null,
                List.of("stytch_admin")), null)).getMember();
        assertEquals("Linus T", updated.getName());
        assertTrue(updated.isAdmin());
        assertEquals(Map.of("theme", "dark", "language", "fi"), updated.getUntrustedMetadata());
        assertEquals(Map.of("seat", "1"), updated.getTrustedMetadata());

        var deleted = succeeds(members.deleteCompletable(new DeleteRequest(acme.organizationId(), "crm|linus"), null));
        assertEquals(made.getMemberId(), deleted.getMemberId());
        refused(404, "member_not_found", members.getCompletable(byId(made.getMemberId())));
        var still = succeeds(members.dangerouslyGetCompletable(new DangerouslyGetRequest(made.getMemberId(), true)));
        assertEquals("deleted", still.getMember().getStatus());
    }

    @Test
    void areFound() {
        var first = search(null, List.of());
        var rest = search(first.getResultsMetadata().getNextCursor(), List.of());
        assertEquals(pushed.users().size(), first.getResultsMetadata().getTotal());
        assertNull(rest.getResultsMetadata().getNextCursor());
        var grace = pushed.users().get(1);
        for (var operand : List.<Map<String, Object>>of(
                Map.of("filter_name", "member_emails", "filter_value", List.of(grace.emailAddress())),
                Map.of("filter_name", "member_email_fuzzy", "filter_value", "GRACE@"),
                Map.of("filter_name", "member_ids", "filter_value", List.of(grace.id())))) {
            assertEquals(List.of(grace.id()), ids(search(null, List.of(operand))), operand.toString());
        }
    }

    @Test
    void areRefusedWithTheSdksOwnError() {
        var ada = pushed.users().get(0);
        refused(400, "duplicate_member_email", members.createCompletable(
                new CreateRequest(acme.organizationId(), ada.emailAddress()), null));
        refused(400, "invalid_email", members.createCompletable(
                new CreateRequest(acme.organizationId(), "nonsense"), null));
        refused(400, "invalid_member_get_fields", members.getCompletable(new GetRequest(acme.organizationId())));
        refused(404, "member_does_not_exist_in_organization", members.getCompletable(
                new GetRequest(Connected.create(client).organizationId(), ada.id())));
    }
}
