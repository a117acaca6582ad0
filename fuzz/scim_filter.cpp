// Filters: whatever parses prints, reads back as the same tree, and can be evaluated.
#include "check.hpp"
#include "scim/filter.hpp"
#include "scim/members.hpp"
#include "types.hpp"

#include <boost/json/parse.hpp>

namespace {

using namespace rollcall;

boost::json::object const& resource() {
    static boost::json::object const object = boost::json::parse(R"({"id":"1","userName":"Ünï",
        "active":true,"emails":[{"value":"a","type":"work","primary":true},{"value":"b"}],
        "name":{"givenName":"G"},"members":[{"value":"u1","type":"User"}],"displayName":"",
        "meta":{"created":"2026-01-02T03:04:05.678Z"},
        "schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"manager":{"value":"m"}}})")
                                                  .as_object();
    return object;
}

void check(std::string_view text, scim::ResourceType const& type) {
    Limits const limits;
    auto const filter = scim::parse_filter(text, type, limits);
    if (!filter) return;
    // Printing quotes and qualifies, so the text may grow beyond what clients may send.
    Limits wide;
    wide.filter_bytes_max = text.size() * 70 + 1000;
    auto const printed = scim::print(*filter);
    auto const again = scim::parse_filter(printed, type, wide);
    ASSERT(again.has_value());
    ASSERT(scim::print(*again) == printed);
    ASSERT(scim::matches(*filter, resource()) == scim::matches(*again, resource()));
    static_cast<void>(scim::member_values_of(*filter));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const text = fuzz::as_text(data, size);
    for (auto const* type : fuzz::all_types()) check(text, *type);
    return 0;
}
