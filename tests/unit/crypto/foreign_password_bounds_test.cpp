// What an import refuses: each error names field and rule under the contract's word, and nothing
// that would cost more than about a second or 256 MiB to check gets in.
#include "crypto/foreign_password_hash.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

namespace rollcall::crypto {
namespace {

std::string const key_of_32_bytes_base64 = std::string(43, 'A') + '=';
std::string const key_of_32_bytes_hex(64, '0');

struct Case {
    std::function<void(ForeignPasswordHash&)> change;
    std::string_view kind;
    std::string_view names;  // what the message must name
};

void expect_refused(ForeignPasswordHash const& good, std::vector<Case> const& cases) {
    ASSERT_TRUE(import_password_hash(good)) << import_password_hash(good).error().message();
    for (auto const& [change, kind, names] : cases) {
        auto bad = good;
        change(bad);
        auto const hash = import_password_hash(bad);
        ASSERT_FALSE(hash) << kind << ": " << hash->text();
        EXPECT_EQ(hash.error().code(), ErrorCode::invalid_value);
        EXPECT_EQ(hash.error().kind(), kind) << hash.error().message();
        EXPECT_TRUE(hash.error().message().contains(names)) << hash.error().message();
    }
}

Case hash_becomes(std::string hash, std::string_view kind, std::string_view names) {
    return {[hash](ForeignPasswordHash& f) { f.hash = hash; }, kind, names};
}

TEST(ForeignHashBounds, Types) {
    ForeignPasswordHash const good{.hash_type = "md_5", .hash = "5f4dcc3b5aa765d61d8327deb882cf99"};
    std::vector<Case> cases;
    for (auto const* const type : {"", "MD_5", "md5", "sha_256", "argon_2d", "$2b$"}) {
        cases.push_back({[type](ForeignPasswordHash& f) { f.hash_type = type; },
                         "invalid_hash_type", "hash_type"});
    }
    expect_refused(good, cases);
}

TEST(ForeignHashBounds, Bcrypt) {
    std::string const rest = "$abcdefghijklmnopqrstuucZGbUxuMlEqps0qcu2pjhO7vaatQZIC";
    ForeignPasswordHash const good{.hash_type = "bcrypt", .hash = "$2b$14" + rest};
    expect_refused(good,
                   {hash_becomes("$2b$15" + rest, "invalid_bcrypt_cost", "04 to 14"),
                    hash_becomes("$2b$31" + rest, "invalid_bcrypt_cost", "hash"),
                    hash_becomes("$2b$03" + rest, "invalid_bcrypt_cost", "hash"),
                    hash_becomes("$2b$-4" + rest, "invalid_bcrypt_cost", "hash"),
                    hash_becomes("$2x$10" + rest, "invalid_bcrypt_hash", "hash"),
                    hash_becomes("$2b$10" + rest + "A", "invalid_bcrypt_hash", "hash"),
                    hash_becomes("$2b$10" + rest.substr(0, 53), "invalid_bcrypt_hash", "hash"),
                    hash_becomes("$2b$100" + rest.substr(1), "invalid_bcrypt_hash", "hash"),
                    hash_becomes("$2b$10$" + std::string(53, '!'), "invalid_bcrypt_hash", "hash"),
                    hash_becomes("$2b$10$" + std::string(53, '\0'), "invalid_bcrypt_hash", "hash"),
                    hash_becomes("", "invalid_bcrypt_hash", "hash")});
}

TEST(ForeignHashBounds, Argon2Encoded) {
    auto const encoded = [](std::string const& front) {
        return front + "$c29tZXNhbHQ$" + std::string(43, 'A');
    };
    ForeignPasswordHash const good{.hash_type = "argon_2id",
                                   .hash = encoded("$argon2id$v=19$m=262144,t=4,p=64")};
    expect_refused(
        good,
        {hash_becomes(encoded("$argon2id$v=19$m=262145,t=1,p=1"), "invalid_hash", "memory"),
         hash_becomes(encoded("$argon2id$v=19$m=15,t=1,p=2"), "invalid_hash", "memory"),
         hash_becomes(encoded("$argon2id$v=19$m=262144,t=5,p=1"), "invalid_hash",
                      "iteration_amount"),
         hash_becomes(encoded("$argon2id$v=19$m=64,t=0,p=1"), "invalid_hash", "iteration_amount"),
         hash_becomes(encoded("$argon2id$v=19$m=64,t=9999999999,p=1"), "invalid_hash",
                      "iteration_amount"),
         hash_becomes(encoded("$argon2id$v=19$m=262144,t=1,p=65"), "invalid_hash", "threads"),
         hash_becomes(encoded("$argon2id$v=19$m=262144,t=1,p=0"), "invalid_hash", "threads"),
         hash_becomes(encoded("$argon2id$v=16$m=256,t=2,p=1"), "invalid_hash", "v=19"),
         hash_becomes(encoded("$argon2id$m=256,t=2,p=1"), "invalid_hash", "v=19"),
         hash_becomes(encoded("$argon2id$v=19$t=2,m=256,p=1"), "invalid_hash", "hash"),
         hash_becomes(encoded("$argon2id$v=19$m=256,t=2,p=1,x=1"), "invalid_hash", "hash"),
         hash_becomes(encoded("$argon2id$v=19$m=+256,t=2,p=1"), "invalid_hash", "hash"),
         hash_becomes(encoded("$argon2id$v=19$m=-256,t=2,p=1"), "invalid_hash", "hash"),
         hash_becomes(encoded("$argon2id$v=19$m=0256,t=2,p=1"), "invalid_hash", "hash"),
         hash_becomes(encoded("$argon2id$v=19$m=,t=2,p=1"), "invalid_hash", "hash"),
         hash_becomes(encoded("$argon2id$v=19$m=99999999999999999999,t=2,p=1"), "invalid_hash",
                      "hash"),
         // the other variant
         hash_becomes(encoded("$argon2i$v=19$m=256,t=2,p=1"), "invalid_hash", "$argon2id$"),
         hash_becomes("$argon2id$v=19$m=256,t=2,p=1$c2hvcnQ$" + std::string(43, 'A'),
                      "invalid_argon_2_salt", "salt"),
         hash_becomes("$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$AAAA", "invalid_hash", "16 to 256"),
         hash_becomes("$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$" + std::string(344, 'A'),
                      "invalid_hash", "16 to 256"),
         hash_becomes(key_of_32_bytes_hex, "invalid_hash", "argon_2_config")});
}

TEST(ForeignHashBounds, Argon2WithConfig) {
    ForeignPasswordHash const good{.hash_type = "argon_2i",
                                   .hash = key_of_32_bytes_hex,
                                   .argon_2_config = Argon2Config{.salt = "somesalt",
                                                                  .iteration_amount = 4,
                                                                  .memory = 262144,
                                                                  .threads = 1,
                                                                  .key_length = 32}};
    expect_refused(
        good,
        {{[](auto& f) { f.argon_2_config->memory = -1; }, "invalid_hash", "argon_2_config: memory"},
         {[](auto& f) { f.argon_2_config->memory = INT64_MAX; }, "invalid_hash", "memory"},
         {[](auto& f) { f.argon_2_config->iteration_amount = 5; }, "invalid_hash",
          "argon_2_config: iteration_amount"},
         {[](auto& f) { f.argon_2_config->iteration_amount = INT64_MIN; }, "invalid_hash",
          "iteration_amount"},
         {[](auto& f) { f.argon_2_config->threads = INT64_MAX; }, "invalid_hash", "threads"},
         {[](auto& f) { f.argon_2_config->key_length = 31; }, "invalid_hash", "key_length"},
         {[](auto& f) { f.argon_2_config->key_length = -1; }, "invalid_hash", "key_length"},
         {[](auto& f) { f.argon_2_config->salt = "1234567"; }, "invalid_argon_2_salt",
          "argon_2_config: salt"},
         {[](auto& f) { f.argon_2_config->salt.assign(257, 'a'); }, "invalid_argon_2_salt", "256"},
         hash_becomes(key_of_32_bytes_base64, "invalid_hash", "hexadecimal"),
         hash_becomes(key_of_32_bytes_hex.substr(1), "invalid_hash", "hexadecimal"),
         hash_becomes(key_of_32_bytes_hex.substr(2) + " 0", "invalid_hash", "hexadecimal")});
}

TEST(ForeignHashBounds, Scrypt) {
    ForeignPasswordHash const good{.hash_type = "scrypt",
                                   .hash = key_of_32_bytes_base64,
                                   .scrypt_config = ScryptConfig{.salt = "AAAA",
                                                                 .n_parameter = 262144,
                                                                 .r_parameter = 8,
                                                                 .p_parameter = 1,
                                                                 .key_length = 32}};
    expect_refused(
        good,
        {{[](auto& f) { f.scrypt_config->n_parameter = 524288; }, "invalid_hash",
          "scrypt_config: n_parameter"},
         {[](auto& f) { f.scrypt_config->n_parameter = 1000; }, "invalid_hash", "power of two"},
         {[](auto& f) { f.scrypt_config->n_parameter = 1; }, "invalid_hash", "n_parameter"},
         {[](auto& f) { f.scrypt_config->n_parameter = INT64_MIN; }, "invalid_hash", "n_parameter"},
         {[](auto& f) { f.scrypt_config->r_parameter = 9; }, "invalid_hash",
          "n_parameter * r_parameter * p_parameter"},
         {[](auto& f) { f.scrypt_config->p_parameter = 2; }, "invalid_hash",
          "n_parameter * r_parameter * p_parameter"},
         {[](auto& f) { f.scrypt_config->r_parameter = INT64_MAX; }, "invalid_hash", "r_parameter"},
         {[](auto& f) {
              f.scrypt_config->n_parameter = 65536;
              f.scrypt_config->r_parameter = 1;
          },
          "invalid_hash", "if r_parameter is 1"},
         {[](auto& f) { f.scrypt_config->p_parameter = 0; }, "invalid_hash", "p_parameter"},
         {[](auto& f) { f.scrypt_config->key_length = 64; }, "scrypt_key_length_mismatch",
          "scrypt_config.key_length"},
         {[](auto& f) { f.scrypt_config->salt = ""; }, "invalid_scrypt_salt_length",
          "scrypt_config: salt"},
         {[](auto& f) { f.scrypt_config->salt = std::string(400, 'A'); },
          "invalid_scrypt_salt_length", "salt"},
         {[](auto& f) { f.scrypt_config->salt = "-_-_"; }, "invalid_hash", "salt"},
         {[](auto& f) { f.scrypt_config.reset(); }, "invalid_hash", "scrypt_config"},
         hash_becomes("not base64!", "invalid_base64_scrypt_hash", "hash"),
         hash_becomes("$scrypt$ln=63,r=8,p=1$AAAA$" + std::string(43, 'A'), "invalid_hash",
                      "hash: n_parameter"),
         hash_becomes("$scrypt$ln=9999999999,r=8,p=1$AAAA$" + std::string(43, 'A'), "invalid_hash",
                      "n_parameter"),
         hash_becomes("$scrypt$r=8,p=1$AAAA$AAAA", "invalid_hash", "hash")});
}

TEST(ForeignHashBounds, Pbkdf2) {
    ForeignPasswordHash const good{
        .hash_type = "pbkdf_2",
        .hash = key_of_32_bytes_base64,
        .pbkdf_2_config =
            Pbkdf2Config{.salt = "AAAA", .iteration_amount = 2'000'000, .key_length = 32}};
    expect_refused(
        good,
        {{[](auto& f) { f.pbkdf_2_config->iteration_amount = 2'000'001; },
          "invalid_pbkdf_2_iteration_amount", "pbkdf_2_config: iteration_amount must be 1 to"},
         {[](auto& f) { f.pbkdf_2_config->iteration_amount = 0; },
          "invalid_pbkdf_2_iteration_amount", "iteration_amount"},
         // Two blocks of SHA-256 cost twice as much.
         {[](auto& f) {
              f.hash = std::string(44, 'A');
              f.pbkdf_2_config->key_length = 33;
          },
          "invalid_pbkdf_2_iteration_amount", "1000000"},
         {[](auto& f) { f.pbkdf_2_config->key_length = 31; }, "pbkdf_2_key_length_mismatch",
          "pbkdf_2_config.key_length"},
         {[](auto& f) { f.pbkdf_2_config->salt = ""; }, "invalid_pbkdf_2_salt", "salt"},
         {[](auto& f) { f.pbkdf_2_config->salt = "!"; }, "invalid_pbkdf_2_salt", "base64"},
         {[](auto& f) { f.pbkdf_2_config->algorithm = "sha1"; }, "invalid_pbkdf_2_hash",
          "pbkdf_2_config: algorithm"},
         {[](auto& f) { f.pbkdf_2_config.reset(); }, "invalid_pbkdf_2_hash", "pbkdf_2_config"},
         {[](auto& f) {
              f.hash = "AAAA";
              f.pbkdf_2_config->key_length = 3;
          },
          "invalid_pbkdf_2_hash", "16 to 256"},
         hash_becomes(key_of_32_bytes_base64 + "!", "invalid_pbkdf_2_hash", "base64")});
}

TEST(ForeignHashBounds, SaltedDigests) {
    for (auto const& [type, size] : {std::pair{"md_5", 32u}, {"sha_1", 40u}, {"sha_512", 128u}}) {
        auto const kind = "invalid_" + std::string(type) + "_hash";
        ForeignPasswordHash const good{.hash_type = type, .hash = std::string(size, 'a')};
        expect_refused(good, {hash_becomes(std::string(size - 2, 'a'), kind, "bytes"),
                              hash_becomes(std::string(size - 1, 'a'), kind, "hexadecimal"),
                              hash_becomes(std::string(size, 'g'), kind, "hexadecimal"),
                              hash_becomes("", kind, "bytes"),
                              {[](auto& f) {
                                   f.md_5_config.prepend_salt.assign(257, 'a');
                                   f.sha_1_config.append_salt.assign(257, 'a');
                                   f.sha_512_config.append_salt.assign(257, 'a');
                               },
                               kind, "_config: prepend_salt and append_salt"}});
    }
}

// A check that the library refuses to make would be a failure of the server at every login.
TEST(ForeignHashBounds, WhatIsAtABoundCanBeChecked) {
    std::string const key_of_16 = '$' + std::string(22, 'A');
    std::string const key_of_256 = '$' + std::string(342, 'A');
    std::string const salt_of_8 = "$c29tZXNhbHQ";
    std::string const salt_of_256 = '$' + std::string(342, 'A');
    for (auto const& text :
         {"$argon2i$v=19$m=8,t=1,p=1" + salt_of_8 + key_of_16,
          "$argon2id$v=19$m=8,t=2,p=1" + salt_of_256 + key_of_256,
          "$argon2id$v=19$m=512,t=1,p=64" + salt_of_8 + key_of_16,
          "$argon2id$v=19$m=262144,t=1,p=3" + salt_of_8 + key_of_16,
          "$scrypt$ln=1,r=1,p=1$AA" + key_of_16,
          "$scrypt$ln=1,r=64,p=64" + salt_of_256 + key_of_256,
          "$scrypt$ln=15,r=1,p=2$AA" + key_of_16, "$scrypt$ln=18,r=8,p=1$AA" + key_of_16,
          "$pbkdf2-sha256$i=1$AA" + key_of_16, "$pbkdf2-sha512$i=1" + salt_of_256 + key_of_256}) {
        auto const hash = parse_password_hash(text);
        ASSERT_TRUE(hash) << text << ": " << hash.error().message();
        EXPECT_FALSE(verify_password(*hash, Secret(std::string(password_bytes_max, 'x')))) << text;
    }
}

TEST(ForeignHashBounds, TheLongestSaltsStillFitTheStoredText) {
    ForeignPasswordHash foreign{.hash_type = "sha_512", .hash = std::string(128, 'a')};
    foreign.sha_512_config = {.prepend_salt = std::string(256, 'a'),
                              .append_salt = std::string(256, 'b')};
    auto const hash = import_password_hash(foreign);
    ASSERT_TRUE(hash);
    EXPECT_TRUE(parse_password_hash(hash->text()));
}

TEST(ForeignHashBounds, Phpass) {
    ForeignPasswordHash const good{.hash_type = "phpass",
                                   .hash = "$P$GIQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0"};
    expect_refused(
        good, {hash_becomes("$P$HIQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0", "invalid_hash", "2^7 to 2^18"),
               hash_becomes("$P$4IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0", "invalid_hash", "2^7 to 2^18"),
               hash_becomes("$P$!IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0", "invalid_hash", "2^7 to 2^18"),
               hash_becomes("$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L", "invalid_hash", "34"),
               hash_becomes("$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r\n.L0", "invalid_hash", "34"),
               hash_becomes("$S$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0", "invalid_phpass_hash_prefix",
                            "hash must begin"),
               hash_becomes("", "invalid_phpass_hash_prefix", "hash")});
}

}  // namespace
}  // namespace rollcall::crypto
