// PATCH written a second time, to compare with: plain loops over plain JSON, from the checklist and
// not from the code. It knows a few attributes, no paths and no grammar; an operation comes in
// pieces.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <optional>
#include <string>
#include <vector>

namespace rollcall::tests::naive {

/// `part eq operand`, or with `negated` `part ne operand`. Texts are compared without case.
struct Test {
    std::string part;
    boost::json::value operand;
    bool negated = false;
};

struct Operation {
    std::string op;            ///< add, remove, replace
    std::string attribute;     ///< "": no path, and the value is an object of attributes
    std::vector<Test> filter;  ///< all must hold; empty: none
    std::string part;          ///< sub-attribute; "": the whole
    std::optional<boost::json::value> value;  ///< nullopt: none is sent
    bool was_part = false;                    ///< of the object of an operation without path
};

struct Outcome {
    std::string refusal;  ///< scimType; "" for success
    boost::json::object resource;
};

/// @param resource  attributes of a User (userName, title, active, name, emails, addresses, roles,
///                  the enterprise extension) or of a Group (displayName, members), and nothing
///                  else.
[[nodiscard]] Outcome patch(boost::json::object resource, std::vector<Operation> const& operations);

/// The operation as a client writes it.
[[nodiscard]] boost::json::object write(Operation const& operation);

}  // namespace rollcall::tests::naive
