// Words for sessions.
#include "directory/session.hpp"

#include <algorithm>

namespace rollcall::directory {

std::string_view to_string(FactorType type) noexcept {
    switch (type) {
        case FactorType::trusted_auth_token:
            return "trusted_auth_token";
        case FactorType::password:
            return "password";
        case FactorType::impersonated:
            return "impersonated";
    }
    return "";
}

bool Session::is_impersonated() const noexcept {
    return std::ranges::any_of(factors, [](AuthenticationFactor const& factor) {
        return factor.type == FactorType::impersonated;
    });
}

}  // namespace rollcall::directory
