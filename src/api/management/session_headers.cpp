// The two headers.
#include "api/management/session_headers.hpp"

#include "api/management/session_credential.hpp"
#include "base/text.hpp"

namespace rollcall::api::management {
namespace {

constexpr CredentialNames names{"X-Stytch-Member-Session", "X-Stytch-Member-SessionJWT"};

}  // namespace

Result<std::optional<service::SessionCredential>> read_session_headers(
    http::Request const& request) {
    return read_session_credential(trim(request.header(names.token)),
                                   trim(request.header(names.jwt)), names);
}

}  // namespace rollcall::api::management
