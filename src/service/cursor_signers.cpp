// Signers are made when a thread first needs one.
#include "service/cursor_signers.hpp"

#include "storage/store.hpp"

#include <utility>

namespace rollcall::service {

Task<Result<CursorSigner const*>> CursorSigners::get() {
    if (auto const& signer = signers_.local()) co_return &*signer;
    CO_TRY(auto key, co_await store_.cursor_key());
    auto& signer = signers_.local();
    if (!signer) signer.emplace(std::move(key));
    co_return &*signer;
}

}  // namespace rollcall::service
