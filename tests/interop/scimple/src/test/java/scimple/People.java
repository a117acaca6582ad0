package scimple;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.directory.scim.spec.resources.Email;
import org.apache.directory.scim.spec.resources.GroupMembership;
import org.apache.directory.scim.spec.resources.Name;
import org.apache.directory.scim.spec.resources.ScimGroup;
import org.apache.directory.scim.spec.resources.ScimUser;

/** New users and groups, as SCIMple's resources; every name is used once. */
final class People {
    private People() {}

    static String unique(String base) {
        return base + "-" + UUID.randomUUID();
    }

    static ScimUser newUser() {
        String address = unique("Ann.Lee") + "@example.com";
        var name = new Name();
        name.setGivenName("Ann");
        name.setFamilyName("Lee");
        var email = new Email();
        email.setPrimary(true);
        email.setType("work");
        email.setValue(address);
        var user = new ScimUser();
        user.setUserName(address);
        user.setName(name);
        user.setDisplayName("Ann Lee");
        user.setEmails(List.of(email));
        user.setActive(true);
        return user;
    }

    static ScimUser createUser() {
        return Server.post("/Users", newUser()).expect(201).as(ScimUser.class);
    }

    static ScimGroup newGroup(ScimUser... members) {
        var group = new ScimGroup();
        group.setDisplayName(unique("Sales"));
        group.setMembers(new ArrayList<>());
        for (ScimUser member : members) {
            var membership = new GroupMembership();
            membership.setValue(member.getId());
            membership.setDisplay(member.getUserName());
            group.addMember(membership);
        }
        return group;
    }
}
