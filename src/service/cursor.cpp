// The bytes of a cursor.
#include "service/cursor.hpp"

#include "base/limits.hpp"
#include "crypto/base64.hpp"
#include "crypto/digest.hpp"

#include <algorithm>
#include <utility>

namespace rollcall::service {
namespace {

constexpr char version = 1;
constexpr std::size_t signature_size = 16;

std::string_view as_text(Uuid const& uuid) {
    return {reinterpret_cast<char const*>(uuid.bytes.data()), uuid.bytes.size()};
}

Error invalid_cursor() {
    return Error(ErrorCode::invalid_cursor,
                 "cursor must be the next_cursor of an earlier page of the same list.")
        .with_kind("user_search_invalid_cursor");
}

// What is signed, and the signature.
std::pair<std::string_view, std::string_view> split(std::string_view bytes) {
    auto const end = bytes.size() - signature_size;
    return {bytes.substr(0, end), bytes.substr(end)};
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
    // Its length, so that nothing can move between query and payload.
    signed_text += std::to_string(scope.query.size()) + ':' + scope.query;
    signed_text += payload;
    return crypto::hmac_sha256(key_, signed_text);
}

std::string CursorSigner::seal(CursorScope const& scope, std::string_view content) const {
    std::string bytes(1, version);
    bytes += content;
    auto const signature = sign(scope, bytes);
    bytes.append(reinterpret_cast<char const*>(signature.bytes.data()), signature_size);
    return crypto::encode_base64url(bytes);
}

std::optional<std::string> CursorSigner::open(CursorScope const& scope,
                                              std::string_view text) const {
    if (text.size() > Limits::cursor_bytes_max) return std::nullopt;
    auto const bytes = crypto::decode_base64url(text);
    if (!bytes || bytes->size() < 1 + signature_size || bytes->front() != version) {
        return std::nullopt;
    }
    auto const [payload, signature] = split(*bytes);
    if (!equal_signatures(signature, sign(scope, payload))) return std::nullopt;
    return std::string(payload.substr(1));
}

std::string CursorSigner::print(CursorScope const& scope, Uuid const& last) const {
    return seal(scope, as_text(last));
}

Result<Uuid> CursorSigner::parse(CursorScope const& scope, std::string_view text) const {
    auto const content = open(scope, text);
    Uuid last;
    if (!content || content->size() != last.bytes.size()) return fail(invalid_cursor());
    std::ranges::copy(*content, last.bytes.begin());
    return last;
}

}  // namespace rollcall::service
