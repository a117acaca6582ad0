// The two headers.
#include "api/management/session_headers.hpp"

#include "api/management/session_credential.hpp"
#include "base/text.hpp"
#include "directory/field_rules.hpp"

#include <fmt/format.h>

#include <string_view>

namespace rollcall::api::management {
namespace {

constexpr CredentialNames names{"X-Stytch-Member-Session", "X-Stytch-Member-SessionJWT"};

/// The header's value, empty if there is none. A second one is refused even if one of them is
/// empty: which of them counts would be a guess.
Result<std::string_view> only_value(http::Request const& request, std::string_view name) {
    std::optional<std::string_view> value;
    for (auto const& header : request.headers) {
        if (!equal_ascii_case(header.name, name)) continue;
        if (value) {
            return fail(directory::invalid_field("too_many_session_arguments",
                                                 fmt::format("Send {} once.", name)));
        }
        value = trim(header.value);
    }
    return value.value_or("");
}

}  // namespace

Result<std::optional<service::SessionCredential>> read_session_headers(
    http::Request const& request) {
    TRY(auto const token, only_value(request, names.token));
    TRY(auto const jwt, only_value(request, names.jwt));
    return read_session_credential(token, jwt, names);
}

}  // namespace rollcall::api::management
