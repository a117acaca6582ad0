// OpenSSL's block codec knows the standard alphabet and full blocks; the rest is done here.
#include "crypto/base64.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <vector>

namespace rollcall::crypto {
namespace {

bool is_alphanumeric(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

// `text` holds characters of the standard alphabet only.
std::optional<std::string> decode_unpadded(std::string text) {
    auto const tail = text.size() % 4;
    if (tail == 1) return std::nullopt;
    auto const padding = tail == 0 ? 0 : 4 - tail;
    text.append(padding, '=');
    std::vector<unsigned char> bytes(text.size() / 4 * 3);
    auto const size =
        EVP_DecodeBlock(bytes.data(), reinterpret_cast<unsigned char const*>(text.data()),
                        static_cast<int>(text.size()));
    if (size < 0) return std::nullopt;
    // The codec counts padding as bytes.
    auto const end = static_cast<std::ptrdiff_t>(static_cast<std::size_t>(size) - padding);
    return std::string(bytes.begin(), bytes.begin() + end);
}

}  // namespace

std::string encode_base64_unpadded(std::string_view bytes) {
    std::vector<unsigned char> text((bytes.size() + 2) / 3 * 4 + 1);
    auto const size =
        EVP_EncodeBlock(text.data(), reinterpret_cast<unsigned char const*>(bytes.data()),
                        static_cast<int>(bytes.size()));
    std::string result(text.begin(), text.begin() + size);
    while (!result.empty() && result.back() == '=') result.pop_back();
    return result;
}

std::string encode_base64url(std::string_view bytes) {
    auto result = encode_base64_unpadded(bytes);
    std::ranges::replace(result, '+', '-');
    std::ranges::replace(result, '/', '_');
    return result;
}

std::optional<std::string> decode_base64url(std::string_view text) {
    std::string standard(text);
    for (auto& c : standard) {
        if (c == '-')
            c = '+';
        else if (c == '_')
            c = '/';
        else if (!is_alphanumeric(c))
            return std::nullopt;
    }
    auto bytes = decode_unpadded(std::move(standard));
    if (!bytes || encode_base64url(*bytes) != text) return std::nullopt;
    return bytes;
}

std::optional<std::string> decode_base64(std::string_view text) {
    for (int padding = 0; padding < 2 && text.ends_with('='); ++padding) text.remove_suffix(1);
    auto const legal = [](char c) { return is_alphanumeric(c) || c == '+' || c == '/'; };
    if (!std::ranges::all_of(text, legal)) return std::nullopt;
    return decode_unpadded(std::string(text));
}

}  // namespace rollcall::crypto
