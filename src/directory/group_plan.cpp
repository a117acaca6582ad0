// Group bodies and patches turned into creations and deltas.
#include "directory/group_plan.hpp"

#include "base/text.hpp"
#include "directory/member_delta.hpp"
#include "directory/member_notes.hpp"
#include "directory/member_ref.hpp"
#include "directory/member_types.hpp"
#include "directory/representation.hpp"
#include "scim/members.hpp"
#include "scim/notes.hpp"

#include <boost/json/array.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rollcall::directory {
namespace {

namespace json = boost::json;

/// Stands for a stored value that nobody has loaded. No client can send it: strings with NUL are
/// refused (checklist K-13).
constexpr std::string_view untouched("\0untouched", 10);

std::string_view text_at(json::object const& object, std::string_view name) {
    auto const* value = object.if_contains(name);
    if (value == nullptr || !value->is_string()) return {};
    return value->get_string();
}

std::optional<std::string> external_id_of(json::object const& attributes) {
    auto const id = text_at(attributes, "externalId");
    if (id.empty()) return std::nullopt;
    return std::string(id);
}

GroupRules rules_of(scim::Profile const& profile) {
    return {.unique_name = profile.unique_group_names,
            .known_members_only = profile.refuses_unknown_members};
}

/// Members of a canonical resource.
Result<std::vector<GroupMember>> members_of(json::object const& attributes, Environment environment,
                                            scim::Profile const& profile, scim::Notes& notes) {
    std::vector<GroupMember> members;
    auto const* found = attributes.if_contains("members");
    auto const* list = found == nullptr ? nullptr : found->if_array();
    if (list == nullptr) return members;
    members.reserve(list->size());
    ImpossibleMembers impossible;
    TypeCheck types(notes);
    for (auto const& element : *list) {
        auto const& object = element.as_object();
        auto const value = text_at(object, "value");
        auto const ref = parse_member_ref(value, environment);
        if (!ref) {
            impossible.add(value);
            continue;
        }
        types.check(text_at(object, "type"), *ref);
        GroupMember member{*ref, std::nullopt};
        if (object.contains("display")) member.display = text_at(object, "display");
        members.push_back(std::move(member));
    }
    CHECK(impossible.skip(profile, notes));
    return members;
}

void set_name(GroupChange& change, std::string_view name) {
    change.display_name = std::string(name);
    change.name_key = fold(name);
}

/// The extension data of a canonical resource: what stands under a URN.
json::object extensions_of(json::object const& attributes) {
    json::object extensions;
    for (auto const& [name, value] : attributes) {
        if (value.is_object()) extensions.emplace(name, value);
    }
    return extensions;
}

/// The stored extension data as far as the type still defines it.
json::object fitting_extensions(Group const& group, scim::ResourceType const& type) {
    auto extensions = group.extensions;
    scim::drop_unfitting(extensions, type);
    return extensions;
}

void set_extensions(GroupChange& change, json::object const& stored, json::object const& next) {
    auto extensions = extensions_of(next);
    if (extensions != stored) change.extensions = std::move(extensions);
}

bool is_members(std::optional<scim::AttributeRef> const& ref) {
    return ref && ref->extension == nullptr && ref->attribute != nullptr &&
           ref->attribute->name == "members";
}

/// True for the core schema's own URN.
bool is_core(std::optional<scim::AttributeRef> const& ref) {
    return ref && ref->attribute == nullptr && ref->extension == nullptr;
}

/// True for an extension or a part of it, and for `schemas`, whose removals are removals of
/// extensions (checklist P-55).
bool is_extension(std::optional<scim::AttributeRef> const& ref) {
    if (!ref) return false;
    return ref->extension != nullptr ||
           (ref->attribute != nullptr && ref->attribute->name == "schemas");
}

/// One operation on `members`. `path` is null when it came as a key of a path-less object.
struct MemberOperation {
    scim::PatchOp op = scim::PatchOp::add;
    scim::Path const* path = nullptr;
    json::value const* value = nullptr;               ///< null pointer: none was sent
    std::optional<std::size_t> place = std::nullopt;  ///< as scim::PatchOperation has it
};

/// A patch request taken apart: what concerns members, and everything else.
struct Parts {
    std::vector<MemberOperation> members;
    scim::PatchRequest others;
    /// Attributes are nested under the core schema's URN; nobody is known to send that.
    bool nested = false;
};

void take_object_apart(scim::PatchOperation const& operation, scim::ResourceType const& type,
                       Parts& parts) {
    auto const* object = operation.value ? operation.value->if_object() : nullptr;
    if (object == nullptr) {
        parts.others.operations.push_back(operation);
        return;
    }
    json::object rest;
    for (auto const& [key, value] : *object) {
        auto const ref = scim::resolve(type, key);
        if (is_core(ref)) parts.nested = true;
        if (is_members(ref) && ref->sub_attribute == nullptr) {
            parts.members.push_back({operation.op, nullptr, &value, operation.place});
        } else {
            rest.emplace(key, value);
        }
    }
    if (rest.empty() && !object->empty()) return;
    parts.others.operations.push_back({operation.op, operation.op_capitalised, std::nullopt,
                                       json::value(std::move(rest)), false, operation.place});
}

Parts take_apart(scim::PatchRequest const& request, scim::ResourceType const& type) {
    Parts parts;
    for (auto const& operation : request.operations) {
        if (!operation.path) {
            take_object_apart(operation, type, parts);
        } else if (is_members(operation.path->attribute.ref)) {
            parts.members.push_back({operation.op, &*operation.path,
                                     operation.value ? &*operation.value : nullptr,
                                     operation.place});
        } else {
            if (is_core(operation.path->attribute.ref)) parts.nested = true;
            parts.others.operations.push_back(operation);
        }
    }
    return parts;
}

json::object names_of(Group const& group) {
    json::object names{{"displayName", group.display_name}};
    if (group.external_id) names.emplace("externalId", *group.external_id);
    return names;
}

/// What the operations on displayName, externalId and the like come to: the patch engine applied to
/// the group, or to placeholders for what nobody looked at, so that one set of rules serves all
/// plans.
Status plan_attributes(scim::PatchRequest const& others, GroupId const& id, Group const* group,
                       scim::ResourceType const& type, scim::Profile const& profile,
                       Limits const& limits, scim::Notes& notes, GroupChange& change) {
    if (others.operations.empty()) return {};
    auto stored = group != nullptr
                      ? names_of(*group)
                      : json::object{{"displayName", untouched}, {"externalId", untouched}};
    auto const name_before = std::string(text_at(stored, "displayName"));
    auto const external_before = external_id_of(stored);
    auto const extensions = group != nullptr ? fitting_extensions(*group, type) : json::object();
    for (auto const& [urn, value] : extensions) stored.emplace(urn, value);
    TRY(auto const next,
        scim::apply_patch(stored, others, type, to_string(id), profile, limits, notes));
    if (group != nullptr) set_extensions(change, extensions, next);
    if (auto const name = text_at(next, "displayName"); name != name_before) set_name(change, name);
    if (auto external = external_id_of(next); external != external_before) {
        change.external_id = std::move(external);
    }
    return {};
}

Error immutable_member(std::string_view sub_attribute) {
    return {ErrorCode::mutability,
            fmt::format("members.{}: cannot be changed; remove the member and add another",
                        sub_attribute)};
}

/// Writes to a sub-attribute of members: `display` is the client's own and is set with the member
/// only (R-05, P-49), everything else is immutable.
Status check_sub_attribute(scim::Attribute const& sub_attribute, scim::Notes& notes) {
    if (sub_attribute.name != "display") return fail(immutable_member(sub_attribute.name));
    scim::add_note(notes, "members.display", "a change of it alone is ignored");
    return {};
}

struct MemberContext {
    Environment environment;
    scim::Profile const& profile;
    Limits const& limits;
    scim::Notes& notes;
    MemberDelta& delta;
};

Status apply_list(MemberOperation const& operation, MemberContext& context) {
    auto& delta = context.delta;
    auto const unassigned = operation.value == nullptr || operation.value->is_null();
    if (operation.op == scim::PatchOp::remove && unassigned) {
        delta.unset();
        return {};
    }
    if (operation.op == scim::PatchOp::replace) delta.clear();
    if (unassigned) {
        if (operation.op == scim::PatchOp::add) {
            scim::add_note(context.notes, "members", scim::adding_nothing);
        }
        return {};
    }
    auto const* list = operation.value->if_array();
    if (list != nullptr && list->empty() && operation.op != scim::PatchOp::replace) {
        scim::add_note(context.notes, "members", scim::nothing_to_do);
    }

    TRY(auto const members, scim::read_members(*operation.value, context.limits, context.notes));
    ImpossibleMembers impossible;
    TypeCheck types(context.notes);
    auto const removes = operation.op == scim::PatchOp::remove;
    for (auto const& member : members) {
        auto const ref = parse_member_ref(member.value, context.environment);
        if (!ref) {
            impossible.add(member.value);
        } else if (removes) {
            delta.remove(*ref);
        } else {
            types.check(member.type.value_or(""), *ref);
            delta.add({*ref, member.display});
        }
    }
    if (operation.op == scim::PatchOp::add) delta.mention();
    if (!removes) return impossible.skip(context.profile, context.notes);
    impossible.note_not_removed(context.notes);
    return {};
}

void remove_all(std::vector<std::string> const& values, MemberContext& context) {
    ImpossibleMembers impossible;
    for (auto const& value : values) {
        if (auto const ref = parse_member_ref(value, context.environment)) {
            context.delta.remove(*ref);
        } else {
            impossible.add(value);
        }
    }
    impossible.note_not_removed(context.notes);
}

/// False if the operation cannot be planned without the group's members.
Result<bool> apply_operation(MemberOperation const& operation, MemberContext& context) {
    auto const* path = operation.path;
    if (path != nullptr) {
        auto const* sub = path->filter ? path->sub_attribute : path->attribute.ref->sub_attribute;
        if (sub != nullptr) {
            // Only the stored member tells whether this is another value (checklist P-30).
            if (path->filter && sub->name != "display") return false;
            CHECK(check_sub_attribute(*sub, context.notes));
            return true;
        }
        if (path->filter) {
            if (operation.op != scim::PatchOp::remove) return false;
            auto const values = scim::member_values_of(*path->filter);
            if (!values) return false;
            remove_all(*values, context);
            return true;
        }
    }
    CHECK(apply_list(operation, context));
    return true;
}

Error too_many_members(Limits const& limits) {
    return {ErrorCode::too_many, fmt::format("members: a request may name at most {} members",
                                             limits.group_members_max)};
}

/// @param base  the connection's SCIM base URL: filters see the `$ref` that answers show.
json::object canonical(Group const& group, json::object const& extensions, std::string_view base) {
    auto object = names_of(group);
    for (auto const& [urn, value] : extensions) object.emplace(urn, value);
    if (group.members.empty()) return object;
    json::array members;
    members.reserve(group.members.size());
    for (auto const& member : group.members) {
        json::object entry;
        auto const id = print_member_ref(member.ref, group.id.environment);
        entry.emplace("value", id);
        entry.emplace("$ref", member_reference(base, member.ref.kind, id));
        entry.emplace("type", print_kind(member.ref.kind));
        if (member.display) entry.emplace("display", *member.display);
        members.push_back(std::move(entry));
    }
    object.emplace("members", std::move(members));
    return object;
}

/// Who came and who left. Nobody's `display` changes by itself (R-05, P-49), so a member with
/// another one has left and come back.
void diff_members(std::vector<GroupMember> const& before, std::vector<GroupMember> after,
                  GroupChange& change) {
    std::map<MemberRef, std::optional<std::string>> left;
    for (auto const& member : before) left.emplace(member.ref, member.display);
    for (auto& member : after) {
        auto const stayed = left.find(member.ref);
        auto const is_same = stayed != left.end() && stayed->second == member.display;
        if (is_same) {
            left.erase(stayed);
        } else {
            change.add.push_back(std::move(member));
        }
    }
    for (auto const& [ref, display] : left) change.remove.push_back(ref);
}

}  // namespace

Result<GroupCreation> plan_group_creation(scim::ResourceBody const& body, GroupId const& id,
                                          scim::Profile const& profile, Timestamp now,
                                          scim::Notes& notes) {
    auto const name = text_at(body.attributes, "displayName");
    TRY(auto members, members_of(body.attributes, id.environment, profile, notes));
    return GroupCreation{.id = id,
                         .display_name = std::string(name),
                         .name_key = fold(name),
                         .external_id = external_id_of(body.attributes),
                         .extensions = extensions_of(body.attributes),
                         .members = std::move(members),
                         .now = now,
                         .rules = rules_of(profile)};
}

Result<GroupChange> plan_group_replacement(scim::ResourceBody const& body, Group const* stored,
                                           scim::ResourceType const& type, Environment environment,
                                           scim::Profile const& profile, Timestamp now,
                                           scim::Notes& notes) {
    GroupChange change;
    set_name(change, text_at(body.attributes, "displayName"));
    auto external = external_id_of(body.attributes);
    auto const cleared = std::ranges::find(body.cleared, "externalId") != body.cleared.end();
    if (external || cleared) change.external_id = std::move(external);
    change.extensions = extensions_of(body.attributes);
    if (stored != nullptr) {
        TRY(auto const next, scim::replace_resource(fitting_extensions(*stored, type), body, type));
        change.extensions = extensions_of(next);
        change.expected_version = stored->version;
    }
    change.clear_members = true;
    TRY(change.add, members_of(body.attributes, environment, profile, notes));
    change.now = now;
    change.rules = rules_of(profile);
    return change;
}

bool needs_attributes(scim::PatchRequest const& request, scim::ResourceType const& type) {
    return std::ranges::any_of(request.operations, [&](scim::PatchOperation const& operation) {
        auto const compares =
            operation.op == scim::PatchOp::remove && operation.value && !operation.value->is_null();
        auto const is_needed = [&](std::optional<scim::AttributeRef> const& ref) {
            if (is_extension(ref)) return !type.extensions.empty();
            return compares && ref && !is_members(ref);
        };
        if (operation.path) return is_needed(operation.path->attribute.ref);
        auto const* object = operation.value ? operation.value->if_object() : nullptr;
        return object != nullptr && std::ranges::any_of(*object, [&](auto const& part) {
                   return is_needed(scim::resolve(type, part.key()));
               });
    });
}

Result<std::optional<GroupChange>> plan_group_patch(scim::PatchRequest const& request,
                                                    GroupId const& id, Group const* stored,
                                                    scim::ResourceType const& type,
                                                    scim::Profile const& profile,
                                                    Limits const& limits, Timestamp now,
                                                    scim::Notes& notes) {
    auto const parts = take_apart(request, type);
    if (parts.nested) return std::nullopt;
    MemberDelta delta;
    MemberContext context{id.environment, profile, limits, notes, delta};
    for (auto const& operation : parts.members) {
        auto const planned = apply_operation(operation, context);
        if (!planned) return fail(scim::error_of_operation(operation.place, planned.error()));
        if (!*planned) return std::nullopt;
        if (delta.named() > limits.group_members_max) return fail(too_many_members(limits));
    }
    GroupChange change;
    change.now = now;
    change.rules = rules_of(profile);
    CHECK(plan_attributes(parts.others, id, stored, type, profile, limits, notes, change));
    if (stored != nullptr) change.expected_version = stored->version;
    std::move(delta).apply_to(change);
    return change;
}

Result<GroupChange> plan_loaded_group_patch(Group const& group, scim::PatchRequest const& request,
                                            scim::ResourceType const& type, std::string_view base,
                                            scim::Profile const& profile, Limits const& limits,
                                            Timestamp now, scim::Notes& notes) {
    auto const extensions = fitting_extensions(group, type);
    auto const stored = canonical(group, extensions, base);
    auto const typed = with_member_types(request, type, group.id.environment, limits, notes);
    TRY(auto const next,
        scim::apply_patch(stored, typed, type, to_string(group.id), profile, limits, notes));
    GroupChange change;
    change.now = now;
    change.expected_version = group.version;
    change.rules = rules_of(profile);
    auto const name = text_at(next, "displayName");
    if (name != group.display_name) set_name(change, name);
    auto external = external_id_of(next);
    if (external != group.external_id) change.external_id = std::move(external);
    set_extensions(change, extensions, next);
    TRY(auto members, members_of(next, group.id.environment, profile, notes));
    diff_members(group.members, std::move(members), change);
    return change;
}

}  // namespace rollcall::directory
