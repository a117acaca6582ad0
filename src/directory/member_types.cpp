// Lists of members in every place where an operation may have one.
#include "directory/member_types.hpp"

#include "directory/member_notes.hpp"
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

json::object entry(scim::MemberValue const& member, std::optional<MemberRef> const& ref) {
    json::object made{{"value", member.value}};
    if (ref) made.emplace("type", print_kind(ref->kind));
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
    TypeCheck types(notes);
    for (auto const& member : *members) {
        auto const ref = parse_member_ref(member.value, environment);
        if (ref) types.check(member.type.value_or(""), *ref);
        typed.push_back(entry(member, ref));
    }
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
