// Project secrets: form, check, and a short memory of what was checked.
#include "service/credentials.hpp"

#include "base/limits.hpp"
#include "crypto/digest.hpp"
#include "storage/store.hpp"

#include <algorithm>

namespace rollcall::service {
namespace {

using namespace std::chrono_literals;

constexpr auto memory_span = 1s;
constexpr std::size_t projects_max = 256;
constexpr std::size_t secrets_per_project_max = 4;

}  // namespace

bool is_project_secret(std::string_view text) noexcept {
    if (!text.starts_with("secret-test-") && !text.starts_with("secret-live-")) return false;
    text.remove_prefix(12);
    auto const legal = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '_' || c == '=';
    };
    return !text.empty() && text.size() <= Limits::project_secret_characters_max &&
           std::ranges::all_of(text, legal);
}

Task<Result<std::optional<directory::ProjectKey>>> ProjectCredentials::authenticate(
    ProjectId project, Secret secret) {
    auto const digest = crypto::sha256(secret.reveal());
    auto const now = clock_.now();
    // Before the store is asked: a change in between must make the memory stale.
    auto const generation = store_.generation(project.uuid);
    if (auto const* known = find(cache_.local(), project, digest, generation, now)) {
        co_return known->key;
    }
    CO_TRY(auto const key, co_await store_.authenticate_project(project, digest));
    if (key) remember(cache_.local(), {digest, *key, generation, now});
    co_return key;
}

ProjectCredentials::Success const* ProjectCredentials::find(Successes const& cache,
                                                            ProjectId const& project,
                                                            Digest const& digest,
                                                            std::uint64_t generation,
                                                            Timestamp now) {
    auto const entry = cache.find(project);
    if (entry == cache.end()) return nullptr;
    for (auto const& success : entry->second) {
        auto const age = now - success.checked_at;
        if (equal_in_constant_time(success.digest, digest) && success.generation == generation &&
            age >= 0s && age < memory_span) {
            return &success;
        }
    }
    return nullptr;
}

void ProjectCredentials::remember(Successes& cache, Success success) {
    if (cache.size() >= projects_max && !cache.contains(success.key.id())) cache.clear();
    auto& known = cache[success.key.id()];
    std::erase_if(known, [&](Success const& other) {
        return equal_in_constant_time(other.digest, success.digest);
    });
    if (known.size() >= secrets_per_project_max) known.erase(known.begin());
    known.push_back(success);
}

}  // namespace rollcall::service
