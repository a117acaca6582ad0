// Every kind of foreign hash, with vectors that other implementations made: the argon2 command,
// Python's hashlib, bcrypt and passlib, RFC 7914, and phpass's own test.
#include "crypto/foreign_password_hash.hpp"

#include <gtest/gtest.h>

#include <string>

namespace rollcall::crypto {
namespace {

// Imports, stores, reads again and checks: as a login after a migration does.
void expect_password(ForeignPasswordHash const& foreign, std::string const& password,
                     std::string_view prefix) {
    auto const imported = import_password_hash(foreign);
    ASSERT_TRUE(imported) << imported.error().message();
    EXPECT_TRUE(imported->text().starts_with(prefix)) << imported->text();
    auto const stored = parse_password_hash(imported->text());
    ASSERT_TRUE(stored) << stored.error().message();
    EXPECT_EQ(stored->text(), imported->text());
    EXPECT_TRUE(verify_password(*stored, Secret(password)));
    EXPECT_FALSE(verify_password(*stored, Secret(password.substr(1))));
    EXPECT_FALSE(verify_password(*stored, Secret(password + 'x')));
    EXPECT_FALSE(verify_password(*stored, Secret("")));
}

ForeignPasswordHash foreign(std::string hash_type, std::string hash) {
    ForeignPasswordHash result;
    result.hash_type = std::move(hash_type);
    result.hash = std::move(hash);
    return result;
}

TEST(ForeignHash, Bcrypt) {
    // crypt_blowfish's own test; Python's bcrypt; the same with PHP's prefix.
    expect_password(
        foreign("bcrypt", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"), "U*U",
        "$2a$");
    expect_password(
        foreign("bcrypt", "$2b$05$abcdefghijklmnopqrstuucZGbUxuMlEqps0qcu2pjhO7vaatQZIC"),
        "p\xc3\xa4ssword", "$2b$");
    expect_password(
        foreign("bcrypt", "$2y$05$abcdefghijklmnopqrstuucZGbUxuMlEqps0qcu2pjhO7vaatQZIC"),
        "p\xc3\xa4ssword", "$2y$");
}

TEST(ForeignHash, BcryptReadsSeventyTwoBytes) {
    auto const hash = import_password_hash(
        foreign("bcrypt", "$2b$04$abcdefghijklmnopqrstuubzadhGtS2zEF.gu0yd0opP6cVzb.e0i"));
    ASSERT_TRUE(hash);
    EXPECT_TRUE(verify_password(*hash, Secret(std::string(72, 'x'))));
    EXPECT_TRUE(verify_password(*hash, Secret(std::string(1000, 'x'))));
    EXPECT_FALSE(verify_password(*hash, Secret(std::string(71, 'x'))));
    EXPECT_FALSE(verify_password(*hash, Secret(std::string(72, 'x') + '\0')));
}

TEST(ForeignHash, BcryptWithBitsOfTheSaltThatDoNotCount) {
    auto const hash = import_password_hash(
        foreign("bcrypt", "$2b$05$abcdefghijklmnopqrstuvcZGbUxuMlEqps0qcu2pjhO7vaatQZIC"));
    ASSERT_TRUE(hash);
    EXPECT_TRUE(verify_password(*hash, Secret("p\xc3\xa4ssword")));
}

TEST(ForeignHash, Argon2Encoded) {
    expect_password(foreign("argon_2id",
                            "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$"
                            "bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc"),
                    "password", "$argon2id$v=19$m=256,t=2,p=2$");
    expect_password(
        foreign("argon_2i",
                "$argon2i$v=19$m=256,t=3,p=1$c29tZXNhbHQ$EMX23XHVA/naOJ1pHBjHLljgYcSkmStx"),
        "password", "$argon2i$v=19$m=256,t=3,p=1$");
}

TEST(ForeignHash, Argon2WithConfig) {
    auto id =
        foreign("argon_2id", "6d093c501fd5999645e0ea3bf620d7b8be7fd2db59c20d9fff9539da2bf57037");
    id.argon_2_config = Argon2Config{
        .salt = "somesalt", .iteration_amount = 2, .memory = 256, .threads = 2, .key_length = 32};
    expect_password(id, "password", "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$");
    auto i = foreign("argon_2i", "10C5F6DD71D503F9DA389D691C18C72E58E061C4A4992B71");
    i.argon_2_config = Argon2Config{
        .salt = "somesalt", .iteration_amount = 3, .memory = 256, .threads = 1, .key_length = 24};
    expect_password(i, "password", "$argon2i$v=19$m=256,t=3,p=1$c29tZXNhbHQ$");
}

TEST(ForeignHash, Scrypt) {
    // RFC 7914 §12, second of the vectors with a salt.
    auto rfc = foreign("scrypt",
                       "cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofLVQylVYT8Pz2LUlwUkKpr5"
                       "5h6F3A1lHkDfzwF7RVdYhw==");
    rfc.scrypt_config = ScryptConfig{.salt = "U29kaXVtQ2hsb3JpZGU=",
                                     .n_parameter = 16384,
                                     .r_parameter = 8,
                                     .p_parameter = 1,
                                     .key_length = 64};
    expect_password(rfc, "pleaseletmein", "$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$");
    auto lanes = foreign("scrypt", "IK/qJ8IAR0BVd5hb7jWJe5xVdbZYzw0c8kynruzgojI=");
    lanes.scrypt_config = ScryptConfig{.salt = "AAECAwQFBgcICQoLDA0ODw==",
                                       .n_parameter = 1024,
                                       .r_parameter = 4,
                                       .p_parameter = 3,
                                       .key_length = 32};
    expect_password(lanes, "p\xc3\xa4ssword", "$scrypt$ln=10,r=4,p=3$");
    // passlib
    expect_password(foreign("scrypt",
                            "$scrypt$ln=10,r=8,p=1$MDEyMzQ1Njc4OWFiY2RlZg$"
                            "ZEBCzLptWM7dhpNJDU2HbQ945ovKHmVEozHkePPbSqw"),
                    "password", "$scrypt$ln=10,r=8,p=1$");
}

TEST(ForeignHash, Pbkdf2) {
    // RFC 7914 §11
    auto sha256 = foreign("pbkdf_2",
                          "TdzY9guYviGDDO5e8icB+WQaRBjQTAQUrv8Ih2s0q1ah1CWhIlgzVJrbhBtR"
                          "ybMXaicr3ruh0HhHj2Kzl/M8jQ==");
    sha256.pbkdf_2_config =
        Pbkdf2Config{.salt = "TmFDbA==", .iteration_amount = 80000, .key_length = 64};
    expect_password(sha256, "Password", "$pbkdf2-sha256$i=80000$TmFDbA$");
    auto sha512 = foreign("pbkdf_2",
                          "x05AgND7tB/uWGjA/2D9dayuJjghWYfl/1T46uIRM5ta0a9uOHvBLdOnC7bl"
                          "qQEIFBxfCONToumEQ5pDM8Qtbg==");
    sha512.pbkdf_2_config = Pbkdf2Config{.salt = "AAECAwQFBgcICQoLDA0ODw==",
                                         .iteration_amount = 1000,
                                         .key_length = 64,
                                         .algorithm = "sha512"};
    expect_password(sha512, "password", "$pbkdf2-sha512$i=1000$");
}

TEST(ForeignHash, SaltedDigests) {
    SaltConfig const salts{.prepend_salt = "before", .append_salt = "after"};
    expect_password(foreign("md_5", "5f4dcc3b5aa765d61d8327deb882cf99"), "password", "$md_5$$$");
    auto md5 = foreign("md_5", "85D5FEA170793A5DEC11A7B0EAE77FC9");
    md5.md_5_config = salts;
    expect_password(md5, "password", "$md_5$YmVmb3Jl$YWZ0ZXI$");
    auto sha1 = foreign("sha_1", "a19dec0c581657e24d1481c47549bc47b094a801");
    sha1.sha_1_config = salts;
    expect_password(sha1, "password", "$sha_1$YmVmb3Jl$YWZ0ZXI$");
    auto sha512 = foreign("sha_512",
                          "028479d5d9f237a2504e1643d62c565dedeb0d242958a9882b8e451b5b872772"
                          "1b60765629048a8f978a6b0c2638d6d53db332f6defca927fcb4e8bb05a816f6");
    sha512.sha_512_config = salts;
    expect_password(sha512, "password", "$sha_512$YmVmb3Jl$YWZ0ZXI$");
}

TEST(ForeignHash, Phpass) {
    // phpass's own test; passlib.
    expect_password(foreign("phpass", "$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0"), "test12345", "$P$");
    expect_password(foreign("phpass", "$H$5abcdefghkZD31eIoXaVfNJse.AWs7/"), "p\xc3\xa4ssword",
                    "$H$");
}

TEST(ForeignHash, NoKindIsAskedAboutAnOverlongPassword) {
    auto const hash = import_password_hash(foreign("md_5", "5f4dcc3b5aa765d61d8327deb882cf99"));
    ASSERT_TRUE(hash);
    EXPECT_FALSE(verify_password(*hash, Secret(std::string(password_bytes_max + 1, 'a'))));
}

}  // namespace
}  // namespace rollcall::crypto
