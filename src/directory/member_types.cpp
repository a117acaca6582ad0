// Lists of members in every place where an operation may have one.
#include "directory/member_types.hpp"

#include "directory/member_ref.hpp"
#include "scim/members.hpp"

#include <boost/json/array.hpp>

namespace rollcall::directory {
namespace {

namespace json = boost::json;

bool is_members(std::optional<scim::AttributeRef> const& ref) {
    return ref && ref->extension == nullptr && ref->attribute != nullptr &&
           ref->attribute->name == "members" && ref->sub_attribute == nullptr;
}

json::object entry(scim::MemberValue const& member, Environment environment) {
    json::object made{{"value", member.value}};
    auto const ref = parse_member_ref(member.value, environment);
    if (ref) made.emplace("type", ref->kind == MemberKind::user ? "User" : "Group");
    if (member.display) made.emplace("display", *member.display);
    return made;
}

void add_types(json::value& list, Environment environment, Limits const& limits,
               scim::Notes& notes) {
    if (list.is_null()) return;
    auto const members = scim::read_members(list, limits, notes);
    if (!members) return;
    json::array typed;
    typed.reserve(members->size());
    for (auto const& member : *members) typed.push_back(entry(member, environment));
    list = std::move(typed);
}

}  // namespace

scim::PatchRequest with_member_types(scim::PatchRequest request, scim::ResourceType const& type,
                                     Environment environment, Limits const& limits,
                                     scim::Notes& notes) {
    for (auto& operation : request.operations) {
        if (!operation.value) continue;
        if (operation.path) {
            auto const is_list = is_members(operation.path->attribute.ref);
            if (is_list && !operation.path->filter) {
                add_types(*operation.value, environment, limits, notes);
            }
        } else if (auto* parts = operation.value->if_object()) {
            for (auto& part : *parts) {
                if (is_members(scim::resolve(type, part.key()))) {
                    add_types(part.value(), environment, limits, notes);
                }
            }
        }
    }
    return request;
}

}  // namespace rollcall::directory
