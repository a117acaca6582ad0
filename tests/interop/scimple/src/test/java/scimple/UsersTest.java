package scimple;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.directory.scim.protocol.data.PatchRequest;
import org.apache.directory.scim.spec.extension.EnterpriseExtension;
import org.apache.directory.scim.spec.filter.FilterBuilder;
import org.apache.directory.scim.spec.patch.PatchOperation;
import org.apache.directory.scim.spec.resources.PhoneNumber;
import org.apache.directory.scim.spec.resources.ScimUser;
import org.junit.jupiter.api.Test;

/** What SCIMple's compliance tests ask of users; a test is named as the one there. */
class UsersTest {
    private static String userName(String value) {
        return FilterBuilder.create().equalTo("userName", value).build().getExpression().toFilter();
    }

    private static void expectSamePerson(ScimUser expected, ScimUser actual) {
        assertEquals(Set.of(ScimUser.SCHEMA_URI), actual.getSchemas());
        assertEquals(expected.getUserName(), actual.getUserName());
        assertEquals(expected.getName(), actual.getName());
        assertEquals(expected.getDisplayName(), actual.getDisplayName());
        assertEquals(expected.getEmails(), actual.getEmails());
        assertEquals(expected.getActive(), actual.getActive());
        assertFalse(actual.getId().isEmpty());
    }

    @Test
    void userEndpoint() {
        People.createUser();

        var page = Server.get("/Users?count=1&startIndex=1").expect(200).asListOf(ScimUser.class);

        assertEquals(1, page.getItemsPerPage());
        var user = page.getResources().get(0);
        assertFalse(user.getId().isEmpty());
        assertFalse(user.getUserName().isEmpty());
        assertFalse(user.getName().getFamilyName().isEmpty());
        assertFalse(user.getEmails().get(0).getValue().isEmpty());
    }

    @Test
    void invalidUserNameFilter() {
        var page = Server.find("/Users", userName(People.unique("nobody"))).expect(200).asListOf(ScimUser.class);

        assertEquals(0, page.getTotalResults());
    }

    @Test
    void invalidUserId() {
        Server.get("/Users/" + People.unique("nobody")).expectError(404);
    }

    @Test
    void createUser() {
        var user = People.newUser();

        var created = Server.post("/Users", user).expect(201);
        String id = created.as(ScimUser.class).getId();
        created.expectLocation("/Users", id);
        expectSamePerson(user, created.as(ScimUser.class));

        var read = Server.get("/Users/" + id).expect(200).expectLocation("/Users", id);
        expectSamePerson(user, read.as(ScimUser.class));

        Server.post("/Users", user).expectError(409);
    }

    @Test
    void updateUser() throws Exception {
        var user = People.createUser();
        var phone = new PhoneNumber();
        phone.setType("work");
        phone.setValue("555-555-5555");
        user.setPhoneNumbers(List.of(phone));

        var updated = Server.put("/Users/" + user.getId(), user).expect(200).expectLocation("/Users", user.getId());

        expectSamePerson(user, updated.as(ScimUser.class));
        assertEquals("555-555-5555", updated.json().at("/phoneNumbers/0/value").textValue());
        assertEquals("work", updated.json().at("/phoneNumbers/0/type").textValue());
    }

    @Test
    void userNameByFilter() {
        String name = People.createUser().getUserName();

        for (String spelling : List.of(name, name.toUpperCase(Locale.ROOT))) {
            var page = Server.find("/Users", userName(spelling)).expect(200).asListOf(ScimUser.class);
            assertEquals(1, page.getTotalResults(), spelling);
        }
    }

    @Test
    void deactivateWithPatch() {
        var user = People.createUser();
        var operation = new PatchOperation();
        operation.setOperation(PatchOperation.Type.REPLACE);
        operation.setValue(Map.of("active", false));

        var patched = Server.patch("/Users/" + user.getId(), new PatchRequest().add(operation));

        patched.expect(200).expectLocation("/Users", user.getId());
        assertFalse(patched.as(ScimUser.class).getActive());
    }

    /** Beyond the compliance tests: SCIMple's extension, written and read back. */
    @Test
    void enterpriseExtension() {
        var manager = People.createUser();
        var employment = new EnterpriseExtension();
        employment.setEmployeeNumber("701984");
        employment.setDepartment("Tours");
        employment.setManager(new EnterpriseExtension.Manager());
        employment.getManager().setValue(manager.getId());
        var user = People.newUser();
        user.addExtension(employment);

        var created = Server.post("/Users", user).expect(201).as(ScimUser.class);

        assertTrue(created.getSchemas().contains(EnterpriseExtension.URN));
        var stored = created.getExtension(EnterpriseExtension.class);
        assertEquals("701984", stored.getEmployeeNumber());
        assertEquals("Tours", stored.getDepartment());
        assertEquals(manager.getId(), stored.getManager().getValue());
    }
}
