// Keys from JSON Web Keys. Numbers and points go to OpenSSL as they are: it checks that a point is
// on its curve.
#include "crypto/acceptable_key.hpp"
#include "crypto/base64.hpp"
#include "crypto/json_object.hpp"
#include "crypto/openssl.hpp"
#include "crypto/public_key.hpp"

#include <boost/json/array.hpp>
#include <fmt/format.h>
#include <openssl/core_names.h>
#include <openssl/param_build.h>

#include <algorithm>

namespace rollcall::crypto {
namespace {

using Object = boost::json::object;
using ParametersBuilder = Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>;
using Parameters = Owned<OSSL_PARAM, OSSL_PARAM_free>;

constexpr std::size_t p256_coordinate_bytes = 32;
constexpr std::size_t ed25519_key_bytes = 32;

Error refused(std::string_view member, std::string_view rule) {
    return Error(ErrorCode::invalid_value, fmt::format("{} of the JWK {}.", member, rule));
}

Result<std::string> get_bytes(Object const& jwk, std::string_view member) {
    auto const text = find_text(jwk, member);
    auto bytes = text ? decode_base64url(*text) : std::nullopt;
    if (!bytes || bytes->empty()) {
        return fail(refused(member, "must be base64url without padding"));
    }
    return *std::move(bytes);
}

KeyHandle key_from(char const* type, OSSL_PARAM_BLD* builder) {
    Parameters const parameters(OSSL_PARAM_BLD_to_param(builder));
    KeyContext const context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    EVP_PKEY* key = nullptr;
    if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1) {
        return nullptr;
    }
    return KeyHandle(key);
}

Result<KeyHandle> rsa_key(Object const& jwk) {
    TRY(auto const n, get_bytes(jwk, "n"));
    TRY(auto const e, get_bytes(jwk, "e"));
    auto const number = [](std::string_view bytes) {
        return BignumHandle(BN_bin2bn(as_bytes(bytes), static_cast<int>(bytes.size()), nullptr));
    };
    auto const modulus = number(n);
    auto const exponent = number(e);
    ParametersBuilder const builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get());
    auto key = key_from("RSA", builder.get());
    if (!key || !is_acceptable(key.get())) {
        return fail(refused("n", fmt::format("must be an RSA modulus of {} to {} bits, and e its "
                                             "odd exponent of at most 64 bits",
                                             rsa_bits_min, rsa_bits_max)));
    }
    return key;
}

Result<KeyHandle> ec_key(Object const& jwk) {
    if (find_text(jwk, "crv") != "P-256") return fail(refused("crv", "must be P-256"));
    TRY(auto const x, get_bytes(jwk, "x"));
    TRY(auto const y, get_bytes(jwk, "y"));
    KeyHandle key;
    if (x.size() == p256_coordinate_bytes && y.size() == p256_coordinate_bytes) {
        auto const point = '\x04' + x + y;  // uncompressed
        ParametersBuilder const builder(OSSL_PARAM_BLD_new());
        OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0);
        OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                         point.size());
        key = key_from("EC", builder.get());
    }
    if (!key) return fail(refused("x", "must be, with y, a point on P-256 of 32 bytes each"));
    return key;
}

Result<KeyHandle> okp_key(Object const& jwk) {
    if (find_text(jwk, "crv") != "Ed25519") return fail(refused("crv", "must be Ed25519"));
    TRY(auto const x, get_bytes(jwk, "x"));
    KeyHandle key;
    if (x.size() == ed25519_key_bytes) {
        key.reset(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, as_bytes(x), x.size()));
    }
    if (!key) return fail(refused("x", "must have 32 bytes"));
    return key;
}

Result<KeyHandle> key_of_type(Object const& jwk) {
    auto const type = find_text(jwk, "kty");
    if (type == "RSA") return rsa_key(jwk);
    if (type == "EC") return ec_key(jwk);
    if (type == "OKP") return okp_key(jwk);
    return fail(refused("kty", "must be RSA, EC or OKP"));
}

bool allows_verifying(boost::json::value const& key_ops) {
    auto const* operations = key_ops.if_array();
    return operations != nullptr && std::ranges::any_of(*operations, [](auto const& operation) {
               return operation.is_string() && operation.get_string() == "verify";
           });
}

// RFC 7517 §4.2, §4.3.
Status check_use(Object const& jwk) {
    // Somebody's private key does not belong here, even if the public half would do.
    if (jwk.contains("d")) return fail(refused("d", "must be absent: the key is private"));
    if (jwk.contains("use") && find_text(jwk, "use") != "sig") {
        return fail(refused("use", "must be sig"));
    }
    auto const* operations = jwk.if_contains("key_ops");
    if (operations != nullptr && !allows_verifying(*operations)) {
        return fail(refused("key_ops", "must contain verify"));
    }
    return {};
}

Result<PublicKey> from_object(Object const& jwk) {
    CHECK(check_use(jwk));
    TRY(auto handle, key_of_type(jwk));
    auto key_id = find_text(jwk, "kid");
    if (jwk.contains("kid") && !key_id) return fail(refused("kid", "must be a string"));
    if (!jwk.contains("alg")) return PublicKey(std::move(handle), std::move(key_id));

    auto const only = parse_signature_algorithm(find_text(jwk, "alg").value_or(""));
    PublicKey key(std::move(handle), std::move(key_id), only);
    if (!only || !key.fits(*only)) {
        return fail(refused("alg", "must be RS256, PS256, ES256 or EdDSA, and go with kty"));
    }
    return key;
}

}  // namespace

Result<PublicKey> parse_jwk(std::string_view json) {
    ErrorScope const errors;
    if (json.size() > public_key_bytes_max) {
        return fail(Error(ErrorCode::invalid_value,
                          fmt::format("The JWK exceeds {} bytes.", public_key_bytes_max)));
    }
    auto const jwk = parse_json_object(json);
    if (!jwk) return fail(Error(ErrorCode::invalid_value, "The JWK must be a JSON object."));
    return from_object(*jwk);
}

Result<std::vector<PublicKey>> parse_jwk_set(std::string_view json) {
    ErrorScope const errors;
    if (json.size() > jwk_set_bytes_max) {
        return fail(Error(ErrorCode::invalid_value,
                          fmt::format("The JWK Set exceeds {} bytes.", jwk_set_bytes_max)));
    }
    auto const set = parse_json_object(json);
    auto const* keys = set ? set->if_contains("keys") : nullptr;
    if (keys == nullptr || !keys->is_array()) {
        return fail(Error(ErrorCode::invalid_value,
                          "The JWK Set must be a JSON object with an array named keys."));
    }
    if (keys->get_array().size() > jwk_set_keys_max) {
        return fail(Error(ErrorCode::invalid_value,
                          fmt::format("The JWK Set has more than {} keys.", jwk_set_keys_max)));
    }
    std::vector<PublicKey> accepted;
    for (auto const& entry : keys->get_array()) {
        if (!entry.is_object()) continue;
        if (auto key = from_object(entry.get_object())) accepted.push_back(*std::move(key));
    }
    return accepted;
}

}  // namespace rollcall::crypto
