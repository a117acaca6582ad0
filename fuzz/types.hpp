// The resource types that SCIM targets run with: the built-in ones, and a User with an extension
// that has an attribute of every kind (RFC 7643 §2.3, §7).
#pragma once

#include "scim/resource_types.hpp"

#include <string>
#include <utility>
#include <vector>

namespace rollcall::fuzz {

inline constexpr std::string_view declared_urn = "urn:example:params:scim:schemas:fuzz:2.0:User";

inline scim::Attribute attribute(std::string name, scim::Type type, bool multi_valued = false) {
    scim::Attribute made;
    made.name = std::move(name);
    made.type = type;
    made.multi_valued = multi_valued;
    return made;
}

inline scim::Schema declared_schema() {
    using scim::Type;
    auto fixed = attribute("fixed", Type::string);
    fixed.mutability = scim::Mutability::immutable;
    fixed.case_exact = true;
    auto hidden = attribute("hidden", Type::string);
    hidden.returned = scim::Returned::request;
    auto box = attribute("box", Type::complex);
    box.sub_attributes = {attribute("size", Type::integer), attribute("note", Type::string)};
    auto boxes = attribute("boxes", Type::complex, true);
    boxes.sub_attributes = {attribute("value", Type::string), attribute("type", Type::string),
                            attribute("primary", Type::boolean), attribute("at", Type::date_time)};
    return {std::string(declared_urn),
            "Fuzz",
            "An attribute of every kind",
            {attribute("word", Type::string), attribute("flag", Type::boolean),
             attribute("count", Type::integer), attribute("share", Type::decimal),
             attribute("since", Type::date_time), attribute("key", Type::binary),
             attribute("link", Type::reference), attribute("words", Type::string, true),
             attribute("counts", Type::integer, true), std::move(fixed), std::move(hidden),
             std::move(box), std::move(boxes)}};
}

/// User and Group as they are built in, and the User with the extension.
inline std::vector<scim::ResourceType const*> const& all_types() {
    static scim::ResourceTypes const declared(
        {{scim::ResourceKind::user, false, declared_schema()}});
    static std::vector<scim::ResourceType const*> const types{
        &scim::user_type(), &scim::group_type(), &declared.user()};
    return types;
}

}  // namespace rollcall::fuzz
