// One digest and one indexed read for each request; schemas are read when they changed.
#include "service/connection_tokens.hpp"

#include "crypto/digest.hpp"
#include "directory/connection_options.hpp"
#include "storage/store.hpp"

namespace rollcall::service {

Error bearer_token_refused() {
    return {ErrorCode::unauthenticated,
            "Authorization: a valid bearer token of this connection is required"};
}

Task<Result<ConnectionCaller>> ConnectionTokens::authenticate(
    std::optional<ConnectionId> connection, std::optional<ConnectionCredential> credential) {
    if (!connection || !credential) co_return fail(bearer_token_refused());
    auto const digest = crypto::sha256(credential->token.reveal());
    CO_TRY(auto const found,
           co_await store_.authenticate_connection(*connection, digest, clock_.now()));
    if (!found) co_return fail(bearer_token_refused());
    ConnectionCaller caller{found->key,
                            directory::effective_profile(found->identity_provider, found->options),
                            nullptr};
    if (credential->is_basic_password && !caller.profile().basic_auth) {
        co_return fail(bearer_token_refused());
    }
    CO_TRY(caller.declared_types, co_await types_.get(found->key, found->schemas_version));
    co_return caller;
}

}  // namespace rollcall::service
