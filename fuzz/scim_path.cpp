// PATCH paths: whatever parses prints and reads back as the same path.
#include "check.hpp"
#include "scim/path.hpp"
#include "types.hpp"

namespace {

using namespace rollcall;

void check(std::string_view text, scim::ResourceType const& type) {
    auto const path = scim::parse_path(text, type, Limits{});
    if (!path) return;
    Limits wide;
    wide.filter_bytes_max = text.size() * 70 + 1000;
    auto const printed = scim::print(*path);
    auto const again = scim::parse_path(printed, type, wide);
    ASSERT(again.has_value());
    ASSERT(scim::print(*again) == printed);
    ASSERT(again->attribute.ref == path->attribute.ref);
    ASSERT(again->sub_attribute == path->sub_attribute);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const text = fuzz::as_text(data, size);
    for (auto const* type : fuzz::all_types()) check(text, *type);
    return 0;
}
