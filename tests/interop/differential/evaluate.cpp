// Our side of the differential tests: one case for each line of standard input, one answer for each
// line of standard output, both JSON. In both cases `type` is "User" or "Group" and resources are
// canonical (scim/resource.hpp).
//
//   {"type", "filter", "resources": […]}    ->  {"matches": [true, …]}
//   {"type", "resource", "operations": […]} ->  {"resource": {…}}
//   either, when refused                    ->  {"error": "invalid_filter", "detail": "…"}
//
// Ends with 1 at a line that is no case.
#include "base/limits.hpp"
#include "scim/filter.hpp"
#include "scim/patch.hpp"
#include "scim/profile.hpp"
#include "scim/schema.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <exception>
#include <string>
#include <string_view>

namespace {

using namespace rollcall;
using boost::json::object;

constexpr std::string_view own_id = "the-id";

object refusal(Error const& error) {
    auto const code = to_string(error.code());
    return {{"error", boost::json::string_view(code.data(), code.size())},
            {"detail", error.message()}};
}

scim::ResourceType const& type_of(object const& given) {
    return given.at("type").as_string() == "Group" ? scim::group_type() : scim::user_type();
}

object filter(object const& given) {
    auto const& text = given.at("filter").as_string();
    auto const parsed = scim::parse_filter({text.data(), text.size()}, type_of(given), Limits{});
    if (!parsed) return refusal(parsed.error());
    boost::json::array matches;
    for (auto const& resource : given.at("resources").as_array()) {
        matches.emplace_back(scim::matches(*parsed, resource.as_object()));
    }
    return {{"matches", std::move(matches)}};
}

object patch(object const& given) {
    Limits const limits;
    scim::Notes notes;
    auto const& type = type_of(given);
    object const body{{"Operations", given.at("operations")}};
    auto const request = scim::parse_patch(body, type, limits, notes);
    if (!request) return refusal(request.error());
    auto after = scim::apply_patch(given.at("resource").as_object(), *request, type, own_id,
                                   scim::Profile{}, limits, notes);
    if (!after) return refusal(after.error());
    return {{"resource", *std::move(after)}};
}

std::string answer(std::string_view line) {
    auto const given = boost::json::parse({line.data(), line.size()}).as_object();
    return boost::json::serialize(given.contains("filter") ? filter(given) : patch(given));
}

std::string read_all(std::FILE* stream) {
    constexpr std::size_t chunk_bytes = 65'536;
    std::array<char, chunk_bytes> chunk{};
    std::string text;
    while (auto const count = std::fread(chunk.data(), 1, chunk.size(), stream)) {
        text.append(chunk.data(), count);
    }
    return text;
}

}  // namespace

int main() try {
    auto const input = read_all(stdin);
    auto rest = std::string_view(input);
    while (!rest.empty()) {
        auto const line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
        fmt::print("{}\n", answer(line));
    }
    return 0;
} catch (std::exception const& error) {
    fmt::print(stderr, "evaluate: {}\n", error.what());
    return 1;
}
