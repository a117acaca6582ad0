// The words the schema tables are written in.
#include "scim/tables.hpp"

namespace rollcall::scim::tables {

Attribute make(std::string name, Type type, std::string description) {
    Attribute attribute;
    attribute.name = std::move(name);
    attribute.type = type;
    attribute.description = std::move(description);
    return attribute;
}

Attribute text(std::string name, std::string description) {
    return make(std::move(name), Type::string, std::move(description));
}

Attribute boolean(std::string name, std::string description) {
    return make(std::move(name), Type::boolean, std::move(description));
}

Attribute integer(std::string name, std::string description) {
    return make(std::move(name), Type::integer, std::move(description));
}

Attribute date_time(std::string name, std::string description) {
    return make(std::move(name), Type::date_time, std::move(description));
}

Attribute reference(std::string name, std::vector<std::string> types, std::string description) {
    auto attribute = exact(make(std::move(name), Type::reference, std::move(description)));
    attribute.reference_types = std::move(types);
    return attribute;
}

Attribute complex(std::string name, std::string description,
                  std::vector<Attribute> sub_attributes) {
    auto attribute = make(std::move(name), Type::complex, std::move(description));
    attribute.sub_attributes = std::move(sub_attributes);
    return attribute;
}

Attribute list(Attribute attribute) {
    attribute.multi_valued = true;
    return attribute;
}

Attribute required(Attribute attribute) {
    attribute.required = true;
    return attribute;
}

Attribute exact(Attribute attribute) {
    attribute.case_exact = true;
    return attribute;
}

Attribute unique(Attribute attribute) {
    attribute.uniqueness = Uniqueness::server;
    return attribute;
}

Attribute always(Attribute attribute) {
    attribute.returned = Returned::always;
    return attribute;
}

Attribute immutable(Attribute attribute) {
    attribute.mutability = Mutability::immutable;
    return attribute;
}

Attribute suggest(std::vector<std::string> canonical_values, Attribute attribute) {
    attribute.canonical_values = std::move(canonical_values);
    return attribute;
}

Attribute link(Attribute attribute) {
    attribute.is_link = true;
    return attribute;
}

Attribute read_only(Attribute attribute) {
    attribute.mutability = Mutability::read_only;
    for (auto& sub : attribute.sub_attributes) sub.mutability = Mutability::read_only;
    return attribute;
}

Attribute plural(std::string name, std::string description, Attribute value,
                 std::vector<std::string> types) {
    std::vector<Attribute> parts;
    parts.push_back(std::move(value));
    parts.push_back(text("display", "A name for this value, for people to read."));
    parts.push_back(suggest(std::move(types), text("type", "What this value is used for.")));
    parts.push_back(boolean("primary", "Whether this is the preferred value; one at most."));
    return list(complex(std::move(name), std::move(description), std::move(parts)));
}

}  // namespace rollcall::scim::tables
