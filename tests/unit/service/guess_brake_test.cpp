// How fast somebody can guess.
#include "service/guess_brake.hpp"

#include "base/limits.hpp"
#include "crypto/digest.hpp"

#include <gtest/gtest.h>

namespace rollcall::service {
namespace {

using std::chrono::seconds;

constexpr Timestamp now{seconds{1'750'000'000}};
Digest const ada = crypto::sha256("ada");
Digest const bob = crypto::sha256("bob");

TEST(GuessBrake, lets_some_pass_at_once_and_then_one_for_each_interval) {
    GuessBrake brake(3, seconds(60), 100);
    for (int guess = 0; guess < 3; ++guess) EXPECT_TRUE(brake.admit(ada, now));
    EXPECT_FALSE(brake.admit(ada, now));
    EXPECT_TRUE(brake.admit(bob, now));
    EXPECT_FALSE(brake.admit(ada, now + seconds(59)));
    EXPECT_TRUE(brake.admit(ada, now + seconds(60)));
    EXPECT_FALSE(brake.admit(ada, now + seconds(60)));
    for (int guess = 0; guess < 3; ++guess) EXPECT_TRUE(brake.admit(ada, now + seconds(3600)));
    EXPECT_FALSE(brake.admit(ada, now + seconds(3600)));
}

TEST(GuessBrake, forgets_the_guesses_of_who_knows) {
    GuessBrake brake(1, seconds(60), 100);
    EXPECT_TRUE(brake.admit(ada, now));
    EXPECT_FALSE(brake.admit(ada, now));
    brake.forget(ada);
    EXPECT_TRUE(brake.admit(ada, now));
    brake.forget(bob);
}

TEST(GuessBrake, makes_room_for_new_secrets) {
    GuessBrake brake(1, seconds(60), 2);
    EXPECT_TRUE(brake.admit(ada, now));
    EXPECT_TRUE(brake.admit(bob, now + seconds(30)));
    // What is over goes first.
    EXPECT_TRUE(brake.admit(crypto::sha256("c"), now + seconds(60)));
    EXPECT_FALSE(brake.admit(bob, now + seconds(60)));
    // Nothing is over.
    EXPECT_TRUE(brake.admit(ada, now + seconds(60)));
    EXPECT_TRUE(brake.admit(bob, now + seconds(60)));
}

TEST(GuessBrake, counts_for_as_many_secrets_as_the_limit_says) {
    auto const secrets_max = Limits::wrong_password_addresses_max;
    GuessBrake brake(1, seconds(60), secrets_max);
    auto const nobody = [](std::size_t number) { return crypto::sha256(std::to_string(number)); };
    EXPECT_TRUE(brake.admit(ada, now));
    for (std::size_t i = 1; i < secrets_max; ++i) EXPECT_TRUE(brake.admit(nobody(i), now));
    EXPECT_FALSE(brake.admit(ada, now));
    EXPECT_TRUE(brake.admit(nobody(secrets_max), now));
    EXPECT_TRUE(brake.admit(ada, now));
}

}  // namespace
}  // namespace rollcall::service
