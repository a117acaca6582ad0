package scimple;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.apache.directory.scim.protocol.data.PatchRequest;
import org.apache.directory.scim.spec.patch.PatchOperation;
import org.apache.directory.scim.spec.patch.PatchOperationPath;
import org.apache.directory.scim.spec.resources.ScimGroup;
import org.apache.directory.scim.spec.resources.ScimUser;
import org.junit.jupiter.api.Test;

/** What SCIMple's compliance tests ask of groups; a test is named as the one there. */
class GroupsTest {
    private static void expectOneMember(ScimGroup expected, ScimUser member, ScimGroup actual) {
        assertEquals(Set.of(ScimGroup.SCHEMA_URI), actual.getSchemas());
        assertEquals(expected.getDisplayName(), actual.getDisplayName());
        assertFalse(actual.getId().isEmpty());
        assertEquals(1, actual.getMembers().size());
        assertEquals(member.getId(), actual.getMembers().get(0).getValue());
        assertEquals(member.getUserName(), actual.getMembers().get(0).getDisplay());
    }

    private static void expectNoMember(Answer answer) {
        assertEquals(Set.of(ScimGroup.SCHEMA_URI), answer.as(ScimGroup.class).getSchemas());
        assertTrue(answer.json().path("members").isArray(), answer.text());
        assertTrue(answer.json().path("members").isEmpty(), answer.text());
    }

    @Test
    void groupsEndpoint() {
        Server.post("/Groups", People.newGroup()).expect(201);

        var page = Server.get("/Groups").expect(200).asListOf(ScimGroup.class);

        assertFalse(page.getResources().get(0).getId().isEmpty());
    }

    @Test
    void createGroup() {
        var user = People.createUser();
        var group = People.newGroup(user);

        var created = Server.post("/Groups", group).expect(201).as(ScimGroup.class);
        expectOneMember(group, user, created);

        var read = Server.get("/Groups/" + created.getId()).expect(200).expectLocation("/Groups", created.getId());
        expectOneMember(group, user, read.as(ScimGroup.class));

        Server.post("/Groups", group).expectError(409);
    }

    @Test
    void invalidUserId() {
        Server.get("/Groups/" + People.unique("none")).expectError(404);
    }

    @Test
    void deleteGroup() {
        String id = Server.post("/Groups", People.newGroup()).expect(201).as(ScimGroup.class).getId();

        Server.delete("/Groups/" + id).expect(204);

        Server.get("/Groups/" + id).expectError(404);
    }

    @Test
    void updateGroup() {
        var user = People.createUser();
        var group = People.newGroup(user);
        var created = Server.post("/Groups", group).expect(201).as(ScimGroup.class);
        group.setMembers(List.of());

        var updated = Server.put("/Groups/" + created.getId(), group).expect(200);

        updated.expectLocation("/Groups", created.getId());
        expectNoMember(updated);
    }

    @Test
    void updateGroupWithPatch() throws Exception {
        var user = People.createUser();
        var created = Server.post("/Groups", People.newGroup(user)).expect(201);
        String id = created.as(ScimGroup.class).getId();
        created.expectLocation("/Groups", id);
        var operation = new PatchOperation();
        operation.setOperation(PatchOperation.Type.REMOVE);
        operation.setPath(PatchOperationPath.fromString("members[value eq \"" + user.getId() + "\"]"));

        var patched = Server.patch("/Groups/" + id, new PatchRequest().add(operation)).expect(200);

        patched.expectLocation("/Groups", id);
        expectNoMember(patched);
    }
}
