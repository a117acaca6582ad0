// The encryption key: what it may look like, where it comes from, and what is refused.
#include "server/encryption_key.hpp"

#include "crypto/random.hpp"
#include "storage/memory/open.hpp"
#include "storage/store.hpp"
#include "temporary.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace rollcall::server {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

// The bytes 0 to 31.
constexpr auto hex = "000102030405060708090a0b0c0d0e0f101112131415161718191A1B1C1D1E1F";
constexpr auto base64 = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

std::string bytes() {
    std::string text;
    for (char c = 0; c < 32; ++c) text += c;
    return text;
}

class EncryptionKey : public testing::Test {
protected:
    EncryptionKey() { config.data = directory.path(); }

    Result<Secret> find() { return provide_encryption_key(config, *store, blocking); }
    std::string found() {
        auto const key = find();
        EXPECT_TRUE(key) << key.error().message();
        return key ? key->reveal() : "";
    }
    std::string must_find() {
        auto const key = find_encryption_key(config);
        EXPECT_TRUE(key) << key.error().message();
        return key ? key->reveal() : "";
    }
    std::string refused() {
        auto const key = find();
        EXPECT_FALSE(key);
        if (key) return "no error";
        EXPECT_EQ(key.error().code(), ErrorCode::invalid_value);
        EXPECT_THAT(key.error().message(), Not(HasSubstr(base64)));
        return key.error().message();
    }
    fs::path write(std::string const& name, std::string const& text,
                   fs::perms mode = fs::perms::owner_read | fs::perms::owner_write) {
        auto const path = directory.path() / name;
        std::ofstream(path) << text;
        fs::permissions(path, mode);
        return path;
    }
    std::string default_file() {
        std::ifstream file(directory.path() / "encryption.key");
        return {std::istreambuf_iterator<char>(file), {}};
    }
    void store_a_signing_key() {
        ProjectId const id{Environment::test, ids.random_uuid()};
        directory::Project const project{id, "P", {id.environment, ids.random_uuid()}, {}};
        ASSERT_TRUE(blocking.run(store->create_project(
            project, {ids.random_uuid(), Digest{}, "last", {}, std::nullopt})));
        directory::SigningKey key;
        key.id = {id.environment, ids.random_uuid()};
        ASSERT_TRUE(blocking.run(store->add_signing_key(id, key, std::nullopt)));
    }

    TemporaryDirectory directory;
    cli::Config config;
    crypto::RandomIdSource ids;
    Limits limits;
    Blocking blocking;
    std::unique_ptr<storage::Store> store = storage::open_memory_store(ids, limits);
};

TEST_F(EncryptionKey, IsHexOrBase64) {
    for (std::string const& text :
         {std::string(hex), std::string(base64), " " + std::string(base64) + "\n",
          std::string(base64).substr(0, 43)}) {
        auto const key = parse_encryption_key(text);
        ASSERT_TRUE(key) << text;
        EXPECT_EQ(key->reveal(), bytes());
    }
    EXPECT_TRUE(parse_encryption_key("__-_AwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"));
    for (std::string const& text :
         {std::string(), std::string(hex).substr(2), std::string(hex) + "00", std::string(32, 'k'),
          std::string(64, 'g'), std::string(base64) + base64, bytes()}) {
        EXPECT_FALSE(parse_encryption_key(text)) << text;
    }
}

TEST_F(EncryptionKey, TheFirstStartMakesOne) {
    auto const key = found();
    EXPECT_EQ(key.size(), 32U);
    auto const text = default_file();
    EXPECT_EQ(parse_encryption_key(text)->reveal(), key);
    EXPECT_EQ(fs::status(directory.path() / "encryption.key").permissions(),
              fs::perms::owner_read | fs::perms::owner_write);
    EXPECT_EQ(std::distance(fs::directory_iterator(directory.path()), {}), 1) << "no draft is left";
    EXPECT_EQ(found(), key);
    EXPECT_EQ(default_file(), text);
}

TEST_F(EncryptionKey, ACommandMakesNone) {
    auto const none = find_encryption_key(config);
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code(), ErrorCode::invalid_value);
    EXPECT_THAT(none.error().message(),
                AllOf(HasSubstr("no encryption key at"), HasSubstr("start the server once")));
    EXPECT_TRUE(fs::is_empty(directory.path()));
    auto const made = found();
    EXPECT_EQ(must_find(), made);
    config.encryption_key.emplace(hex);
    EXPECT_EQ(must_find(), bytes());
}

TEST_F(EncryptionKey, AFileThatKeysNeedIsNotMadeAnew) {
    store_a_signing_key();
    EXPECT_THAT(refused(), AllOf(HasSubstr("encryption.key"), HasSubstr("missing")));
    EXPECT_TRUE(fs::is_empty(directory.path()));
    write("encryption.key", base64);
    EXPECT_EQ(found(), bytes());
}

TEST_F(EncryptionKey, AFileOfOnesChoiceMustExist) {
    config.encryption_key_file = directory.path() / "mine";
    EXPECT_THAT(refused(), HasSubstr("mine: there is no such file"));
    write("mine", hex);
    EXPECT_EQ(found(), bytes());
    EXPECT_FALSE(fs::exists(directory.path() / "encryption.key"));
}

TEST_F(EncryptionKey, TheVariableWins) {
    write("encryption.key", "not read");
    config.encryption_key.emplace(base64);
    EXPECT_EQ(found(), bytes());
    config.encryption_key.emplace(std::string(base64) + "x");
    EXPECT_EQ(refused(), "ROLLCALL_ENCRYPTION_KEY must be 32 bytes as hex or base64");
}

TEST_F(EncryptionKey, OthersMayNotReadTheFile) {
    using fs::perms;
    auto const owner = perms::owner_read | perms::owner_write;
    for (auto const mode :
         {owner | perms::others_read, owner | perms::others_write, owner | perms::group_write}) {
        write("encryption.key", base64, mode);
        EXPECT_THAT(refused(), HasSubstr("others may read or change this key"));
    }
    write("encryption.key", base64, owner | perms::group_read);
    EXPECT_EQ(found(), bytes()) << "a mounted secret belongs to a group";
}

TEST_F(EncryptionKey, ABrokenFileIsLeftAlone) {
    for (auto const& text : {std::string(), std::string(hex).substr(1), std::string(500, 'A')}) {
        write("encryption.key", text);
        EXPECT_THAT(refused(), HasSubstr("encryption.key: must be 32 bytes as hex or base64"));
        EXPECT_EQ(default_file(), text);
    }
    config.encryption_key_file = directory.path();
    auto const key = find();
    ASSERT_FALSE(key);
    EXPECT_EQ(key.error().code(), ErrorCode::unavailable) << key.error().message();
}

}  // namespace
}  // namespace rollcall::server
