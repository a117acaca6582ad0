// Stored and migrated password hashes: what is accepted is written in one form only, and every type
// that accepts a text makes a hash that can be read again.
#include "check.hpp"
#include "crypto/foreign_password_hash.hpp"

#include <string>

namespace {

using namespace rollcall;

void must_come_back(Result<crypto::PasswordHash> const& hash) {
    if (!hash) return;
    auto const again = crypto::parse_password_hash(hash->text());
    ASSERT(again && again->text() == hash->text());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const text = fuzz::as_text(data, size);
    must_come_back(crypto::parse_password_hash(text));
    crypto::ForeignPasswordHash foreign{.hash_type = {}, .hash = std::string(text)};
    foreign.scrypt_config = {
        .salt = "AAAA", .n_parameter = 2, .r_parameter = 1, .p_parameter = 1, .key_length = 32};
    foreign.pbkdf_2_config = {.salt = "AAAA", .iteration_amount = 1, .key_length = 32};
    foreign.argon_2_config = {
        .salt = "somesalt", .iteration_amount = 1, .memory = 8, .threads = 1, .key_length = 32};
    for (auto const* const type : {"bcrypt", "argon_2i", "argon_2id", "scrypt", "pbkdf_2", "md_5",
                                   "sha_1", "sha_512", "phpass"}) {
        foreign.hash_type = type;
        must_come_back(crypto::import_password_hash(foreign));
    }
    return 0;
}
