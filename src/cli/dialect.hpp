// How Okta and Microsoft Entra word the requests of a push (RFC 7644 §3.3, §3.4.2, §3.5.2).
#pragma once

#include "cli/provider.hpp"
#include "cli/sample.hpp"

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rollcall::cli {

/// A member as the server knows it.
struct KnownPerson {
    std::string id;
    std::string_view user_name;
};

/// The wording of one provider. Targets begin with '/' and are relative to the base URL; bodies are
/// JSON. Knows nothing of connections.
class Dialect {
public:
    /// @param standard_patch  Entra's `?aadOptscim062020`: operations in lower case.
    Dialect(Provider provider, bool standard_patch) noexcept
        : provider_(provider), standard_patch_(standard_patch) {}

    /// Headers of every request; without authorization.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> headers() const;

    [[nodiscard]] std::string find_person(SamplePerson const& person) const;
    [[nodiscard]] std::string create_person(SamplePerson const& person) const;
    [[nodiscard]] std::string find_group(SampleGroup const& group) const;
    [[nodiscard]] std::string create_group(SampleGroup const& group) const;
    /// A PATCH body that adds `members`.
    [[nodiscard]] std::string add_members(std::span<KnownPerson const> members) const;
    /// Most members of one add_members().
    [[nodiscard]] std::size_t members_per_patch() const noexcept;

private:
    Provider provider_;
    bool standard_patch_;
};

}  // namespace rollcall::cli
