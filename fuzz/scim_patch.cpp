// PATCH: whatever is applied leaves a canonical resource, which its text holds too, and the
// original as it was.
#include "json.hpp"
#include "scim/patch.hpp"
#include "scim/resource.hpp"
#include "types.hpp"

#include <boost/json/parse.hpp>

namespace {

using namespace rollcall;

boost::json::object parse_object(char const* text) {
    return boost::json::parse(text).as_object();
}

boost::json::object const& user() {
    static boost::json::object const object = parse_object(R"({"userName":"ada","active":true,
        "displayName":"Ada","externalId":"e","name":{"givenName":"Ada","familyName":"L"},
        "emails":[{"value":"a@work","type":"work","primary":true},{"value":"a@home","type":"home"}],
        "addresses":[{"type":"work","country":"GB"}],"roles":[{"value":"admin"}],
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
            {"department":"D","manager":{"value":"26"}}})");
    return object;
}

boost::json::object const& declared_user() {
    static boost::json::object const object = parse_object(R"({"userName":"ada",
        "urn:example:params:scim:schemas:fuzz:2.0:User":{"word":"w","flag":true,"count":7,
            "share":0.5,"since":"2026-01-02T03:04:05Z","words":["a","b"],"counts":[1,2],
            "fixed":"F","box":{"size":1},"boxes":[{"value":"v","type":"t","primary":true}]}})");
    return object;
}

boost::json::object const& group() {
    static boost::json::object const object = parse_object(R"({"displayName":"G",
        "members":[{"value":"u1","display":"One"},{"value":"g2","type":"Group"}]})");
    return object;
}

void check(boost::json::value const& body, boost::json::object const& before,
           scim::ResourceType const& type) {
    Limits const limits;
    scim::Notes notes;
    auto const request = scim::parse_patch(body, type, limits, notes);
    if (!request) return;
    for (auto const creates : {false, true}) {
        scim::Profile profile;
        profile.replace_creates_missing_element = creates;
        auto const kept = before;
        auto const after =
            scim::apply_patch(before, *request, type, "id-1", profile, limits, notes);
        ASSERT(before == kept);
        if (!after) continue;
        fuzz::check_survives_as_text(*after);
        auto const read = scim::read_resource(*after, type, {}, limits, notes);
        ASSERT(read.has_value());
        ASSERT(read->attributes == *after);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const body =
        scim::parse_json(fuzz::as_text(data, size), scim::Keys::without_case, Limits{});
    if (!body) return 0;
    check(*body, user(), scim::user_type());
    check(*body, group(), scim::group_type());
    check(*body, declared_user(), *fuzz::all_types().back());
    return 0;
}
