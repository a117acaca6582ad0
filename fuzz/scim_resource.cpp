// Resource bodies: whatever is accepted becomes canonical, and canonical bodies read as themselves,
// also from their text.
#include "json.hpp"
#include "scim/projection.hpp"
#include "scim/resource.hpp"
#include "types.hpp"

namespace {

using namespace rollcall;

void check(boost::json::value const& body, scim::ResourceType const& type) {
    Limits const limits;
    scim::Notes notes;
    auto const once = scim::read_resource(body, type, {}, limits, notes);
    if (!once) return;
    fuzz::check_survives_as_text(once->attributes);
    auto const twice = scim::read_resource(once->attributes, type, {}, limits, notes);
    ASSERT(twice.has_value());
    ASSERT(twice->attributes == once->attributes);
    ASSERT(twice->cleared.empty());
    ASSERT(!scim::schemas_of(once->attributes, type).empty());
    auto const replaced = scim::replace_resource(once->attributes, *twice, type);
    ASSERT(replaced == once->attributes);
    auto shown = once->attributes;
    auto const projection =
        scim::Projection::parse("name.givenName,emails.value", "", type, limits);
    projection->apply(shown);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const body =
        scim::parse_json(fuzz::as_text(data, size), scim::Keys::without_case, Limits{});
    if (!body) return 0;
    for (auto const* type : fuzz::all_types()) check(*body, *type);
    return 0;
}
