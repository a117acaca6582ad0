// A made-up company: people and groups that are the same for the same seed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace rollcall::cli {

struct SamplePerson {
    std::string user_name;  ///< an e-mail address, unique without regard to case
    std::string given_name;
    std::string family_name;
    std::string display_name;
    std::string external_id;  ///< a UUID, unique
    std::string title;
    std::string department;
    std::string employee_number;
};

struct SampleGroup {
    std::string display_name;          ///< unique without regard to case
    std::string external_id;           ///< a UUID, unique
    std::vector<std::size_t> members;  ///< positions in Sample::people, distinct, ascending
};

struct Sample {
    std::vector<SamplePerson> people;
    std::vector<SampleGroup> groups;

    [[nodiscard]] std::size_t membership_count() const noexcept;
};

/// Groups differ in size: a few hold a large part of the company, most hold a team. The last group
/// of five or more is empty, as in every real directory. Names contain letters outside ASCII.
[[nodiscard]] Sample make_sample(std::size_t people, std::size_t groups, std::uint64_t seed);

}  // namespace rollcall::cli
