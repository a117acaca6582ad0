// Compact JWS over OpenSSL's signatures. RFC 7518 writes those of ES256 as two numbers, OpenSSL as
// DER; the others are the same bytes.
#include "crypto/jws.hpp"

#include "base/text.hpp"
#include "crypto/base64.hpp"
#include "crypto/json_object.hpp"
#include "crypto/openssl.hpp"

#include <openssl/ecdsa.h>
#include <openssl/rsa.h>

#include <stdexcept>

namespace rollcall::crypto {
namespace {

using EcdsaSignature = Owned<ECDSA_SIG, ECDSA_SIG_free>;

constexpr std::size_t es256_number_bytes = 32;

// Null unless `signature` has the form of RFC 7518 §3.4.
std::optional<std::string> ecdsa_der(std::string_view signature) {
    if (signature.size() != 2 * es256_number_bytes) return std::nullopt;
    auto const number = [](std::string_view bytes) {
        return BN_bin2bn(as_bytes(bytes), static_cast<int>(bytes.size()), nullptr);
    };
    EcdsaSignature const pair(ECDSA_SIG_new());
    // The pair owns both numbers from here on.
    ECDSA_SIG_set0(pair.get(), number(signature.substr(0, es256_number_bytes)),
                   number(signature.substr(es256_number_bytes)));
    unsigned char* der = nullptr;
    auto const size = i2d_ECDSA_SIG(pair.get(), &der);
    if (size <= 0) return std::nullopt;
    std::string result(reinterpret_cast<char const*>(der), static_cast<std::size_t>(size));
    OPENSSL_free(der);
    return result;
}

// RFC 7518 §3.5: MGF1 with SHA-256, a salt as long as the digest.
bool use_pss(EVP_PKEY_CTX* context) {
    return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1 &&
           EVP_PKEY_CTX_set_rsa_mgf1_md(context, EVP_sha256()) == 1 &&
           EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1;
}

bool is_signature(std::string_view text, std::string_view signature, SignatureAlgorithm algorithm,
                  EVP_PKEY* key) {
    DigestContext const context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* key_context = nullptr;  // owned by `context`
    auto const* digest = algorithm == SignatureAlgorithm::eddsa ? nullptr : EVP_sha256();
    if (EVP_DigestVerifyInit(context.get(), &key_context, digest, nullptr, key) != 1) return false;
    if (algorithm == SignatureAlgorithm::ps256 && !use_pss(key_context)) return false;
    return EVP_DigestVerify(context.get(), as_bytes(signature), signature.size(), as_bytes(text),
                            text.size()) == 1;
}

// Fills what the header says; false if it is not a header we may go on with.
bool read_header(CompactJws& token) {
    auto const header = parse_json_object(token.header);
    if (!header || header->contains("crit")) return false;
    auto algorithm = find_text(*header, "alg");
    token.key_id = find_text(*header, "kid");
    if (!algorithm || (header->contains("kid") && !token.key_id)) return false;
    token.algorithm = *std::move(algorithm);
    return true;
}

}  // namespace

std::optional<CompactJws> parse_jws(std::string_view token) {
    if (token.size() > jws_bytes_max) return std::nullopt;
    auto const first = token.find('.');
    auto const last = token.rfind('.');
    // A third dot is not base64url, so the payload would not decode.
    if (first == std::string_view::npos || first == last) return std::nullopt;

    auto header = decode_base64url(token.substr(0, first));
    auto payload = decode_base64url(token.substr(first + 1, last - first - 1));
    auto signature = decode_base64url(token.substr(last + 1));
    if (!header || !payload || !signature) return std::nullopt;

    CompactJws parts{.header = *std::move(header),
                     .payload = *std::move(payload),
                     .signature = *std::move(signature),
                     .algorithm = {},
                     .key_id = {},
                     .signed_text = std::string(token.substr(0, last))};
    if (!read_header(parts)) return std::nullopt;
    return parts;
}

bool verify_jws(CompactJws const& token, PublicKey const& key) {
    ErrorScope const errors;
    auto const algorithm = parse_signature_algorithm(token.algorithm);
    if (!algorithm || !key.fits(*algorithm)) return false;
    if (*algorithm != SignatureAlgorithm::es256) {
        return is_signature(token.signed_text, token.signature, *algorithm, key.handle());
    }
    auto const der = ecdsa_der(token.signature);
    return der && is_signature(token.signed_text, *der, *algorithm, key.handle());
}

std::string sign_jws(std::string_view payload, std::string_view key_id, RsaKey const& key) {
    std::string header = R"({"alg":"RS256","kid":")";
    append_json_escaped(header, key_id);
    header += R"(","typ":"JWT"})";
    auto token = encode_base64url(header) + '.' + encode_base64url(payload);

    DigestContext const context(EVP_MD_CTX_new());
    std::string signature(static_cast<std::size_t>(EVP_PKEY_get_size(key.handle())), '\0');
    auto size = signature.size();
    if (EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key.handle()) != 1 ||
        EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                       as_bytes(token), token.size()) != 1) {
        throw std::runtime_error("a token cannot be signed");
    }
    signature.resize(size);
    token += '.';
    token += encode_base64url(signature);
    return token;
}

}  // namespace rollcall::crypto
