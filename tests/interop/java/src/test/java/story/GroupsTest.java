package story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static story.Surroundings.refused;
import static story.Surroundings.succeeds;

import com.stytch.java.b2b.StytchB2BClient;
import com.stytch.java.b2b.api.scimconnection.Connection;
import com.stytch.java.b2b.models.scim.SCIMConnection;
import com.stytch.java.b2b.models.scim.SCIMGroup;
import com.stytch.java.b2b.models.scim.SCIMGroupImplicitRoleAssignments;
import com.stytch.java.b2b.models.scimconnection.GetGroupsRequest;
import com.stytch.java.b2b.models.scimconnection.UpdateRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import story.Surroundings.Connected;

class GroupsTest {
    private static final StytchB2BClient client = Surroundings.client();
    private static Connected acme;
    private static List<SCIMGroup> pushed;
    private final Connection connections = client.getScim().getConnection();

    @BeforeAll
    static void push() {
        acme = Connected.create(client);
        pushed = acme.push().groups();
    }

    @AfterAll
    static void close() {
        client.close();
    }

    private List<List<SCIMGroup>> pages(Long limit) {
        var pages = new ArrayList<List<SCIMGroup>>();
        String cursor = null;
        do {
            var page = succeeds(connections.getGroupsCompletable(
                    new GetGroupsRequest(acme.organizationId(), acme.connectionId(), cursor, limit), null));
            pages.add(page.getScimGroups());
            cursor = page.getNextCursor();
        } while (cursor != null);
        return pages;
    }

    static Stream<Arguments> limits() {
        var hundreds = List.of(100, 100, 50);
        return Stream.of(Arguments.of(100L, hundreds), Arguments.of(null, hundreds), Arguments.of(0L, hundreds),
                Arguments.of(1000L, List.of(250)));
    }

    @ParameterizedTest
    @MethodSource("limits")
    void areReadPageByPage(Long limit, List<Integer> sizes) {
        var pages = pages(limit);
        assertEquals(sizes, pages.stream().map(List::size).toList());
        assertEquals(pushed, pages.stream().flatMap(List::stream).toList());
    }

    private SCIMConnection assign(List<SCIMGroupImplicitRoleAssignments> assignments) {
        return succeeds(connections.updateCompletable(new UpdateRequest(
                acme.organizationId(), acme.connectionId(), null, null, assignments), null)).getConnection();
    }

    @Test
    void giveRoles() {
        var administrators = pushed.get(0);
        var assignments = List.of(new SCIMGroupImplicitRoleAssignments(
                "stytch_admin", administrators.getGroupId(), "Administrators"));
        assertEquals(assignments, assign(assignments).getScimGroupImplicitRoleAssignments());
        assertEquals(List.of(), assign(List.of()).getScimGroupImplicitRoleAssignments());
    }

    @Test
    void areRefusedWithTheSdksOwnError() {
        var stranger = Connected.create(client);
        var organization = acme.organizationId();
        var connection = acme.connectionId();
        refused(400, "user_search_invalid_limit", connections.getGroupsCompletable(
                new GetGroupsRequest(organization, connection, null, 1001L), null));
        refused(400, "user_search_invalid_cursor", connections.getGroupsCompletable(
                new GetGroupsRequest(organization, connection, "nonsense"), null));
        refused(404, "no_active_scim_connection", connections.getGroupsCompletable(
                new GetGroupsRequest(organization, stranger.connectionId()), null));
        refused(404, "organization_not_found", connections.getGroupsCompletable(
                new GetGroupsRequest("nobody", connection), null));
    }
}
