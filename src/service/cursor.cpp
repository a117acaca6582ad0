// The bytes of a cursor.
#include "service/cursor.hpp"

#include "crypto/base64.hpp"
#include "crypto/digest.hpp"

#include <algorithm>

namespace rollcall::service {
namespace {

constexpr char version = 1;
constexpr std::size_t uuid_size = 16;
constexpr std::size_t payload_size = 1 + uuid_size;
constexpr std::size_t signature_size = 16;
// The longest text worth decoding.
constexpr std::size_t text_size_max = 64;

std::string_view as_text(Uuid const& uuid) {
    return {reinterpret_cast<char const*>(uuid.bytes.data()), uuid.bytes.size()};
}

Error invalid_cursor() {
    return Error(ErrorCode::invalid_cursor,
                 "cursor must be the next_cursor of an earlier page of the same list.")
        .with_kind("user_search_invalid_cursor");
}

// Both are signature_size bytes.
bool equal_signatures(std::string_view given, Digest const& expected) {
    Digest a;
    Digest b;
    std::ranges::copy(given, a.bytes.begin());
    std::copy_n(expected.bytes.begin(), signature_size, b.bytes.begin());
    return equal_in_constant_time(a, b);
}

}  // namespace

Digest CursorSigner::sign(CursorScope const& scope, std::string_view payload) const {
    std::string signed_text = "cursor";
    signed_text += static_cast<char>(scope.list);
    signed_text += static_cast<char>(scope.project.environment);
    signed_text += as_text(scope.project.uuid);
    signed_text += as_text(scope.parent);
    signed_text += payload;
    return crypto::hmac_sha256(key_, signed_text);
}

std::string CursorSigner::print(CursorScope const& scope, Uuid const& last) const {
    std::string bytes(1, version);
    bytes += as_text(last);
    auto const signature = sign(scope, bytes);
    bytes.append(reinterpret_cast<char const*>(signature.bytes.data()), signature_size);
    return crypto::encode_base64url(bytes);
}

Result<Uuid> CursorSigner::parse(CursorScope const& scope, std::string_view text) const {
    if (text.size() > text_size_max) return fail(invalid_cursor());
    auto const bytes = crypto::decode_base64url(text);
    if (!bytes || bytes->size() != payload_size + signature_size || bytes->front() != version) {
        return fail(invalid_cursor());
    }
    std::string_view const payload(bytes->data(), payload_size);
    std::string_view const signature(bytes->data() + payload_size, signature_size);
    if (!equal_signatures(signature, sign(scope, payload))) return fail(invalid_cursor());
    Uuid last;
    std::ranges::copy(payload.substr(1), last.bytes.begin());
    return last;
}

}  // namespace rollcall::service
