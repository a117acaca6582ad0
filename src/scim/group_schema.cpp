// Attributes of groups (RFC 7643 §4.2; checklist ).
#include "scim/tables.hpp"

namespace rollcall::scim::tables {

Schema make_group_schema() {
    Schema group{std::string(group_urn), "Group", "A group of users and groups", {}};
    group.attributes = {
        required(unique(text("displayName", "The group's name; unique among the groups."))),
        // Member ids are compared as what they are: ids (checklist T-07).
        link(list(complex(
            "members", "The members of the group.",
            {immutable(exact(text("value", "The id of the member."))),
             immutable(reference("$ref", {"User", "Group"}, "The URI of the member.")),
             immutable(suggest({"User", "Group"}, text("type", "The member's resource type."))),
             immutable(text("display", "A name for the member, as the provider wrote it."))})))};
    return group;
}

}  // namespace rollcall::scim::tables
