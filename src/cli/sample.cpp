// Draws everything from one small generator, so that a seed means the same on every machine.
#include "cli/sample.hpp"

#include "base/sort_distinct.hpp"
#include "base/uuid.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace rollcall::cli {
namespace {

/// SplitMix64: every seed is good, and the sequence is fixed by its definition (Steele, Lea, Flood:
/// Fast splittable pseudorandom number generators, 2014).
class Sequence {
public:
    explicit Sequence(std::uint64_t seed) noexcept : state_(seed) {}

    std::uint64_t next() noexcept {
        state_ += 0x9E3779B97F4A7C15U;
        auto z = state_;
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31U);
    }

    std::size_t below(std::size_t bound) noexcept { return next() % bound; }

    template <std::size_t Size>
    std::string_view pick(std::array<std::string_view, Size> const& words) noexcept {
        return words[below(Size)];
    }

    std::string uuid() {
        std::array<std::uint8_t, 16> bytes{};
        for (auto& byte : bytes) byte = static_cast<std::uint8_t>(next() >> 56U);
        return to_string(make_uuid_v4(bytes));
    }

private:
    std::uint64_t state_;
};

/// A name, and how it is written in an address.
struct Name {
    std::string_view name;
    std::string_view ascii;
};

constexpr std::array<Name, 24> given_names{{
    {"Amara", "amara"},     {"Björn", "bjoern"},   {"Chloé", "chloe"},     {"Deniz", "deniz"},
    {"Elif", "elif"},       {"Farid", "farid"},    {"Grace", "grace"},     {"Hiroshi", "hiroshi"},
    {"Ines", "ines"},       {"Jürgen", "juergen"}, {"Katarzyna", "kasia"}, {"Liam", "liam"},
    {"Mei", "mei"},         {"Núria", "nuria"},    {"Olga", "olga"},       {"Priya", "priya"},
    {"Quentin", "quentin"}, {"Renée", "renee"},    {"Søren", "soren"},     {"Tomás", "tomas"},
    {"Uma", "uma"},         {"Víctor", "victor"},  {"Wanjiru", "wanjiru"}, {"Zoë", "zoe"},
}};

constexpr std::array<Name, 24> family_names{{
    {"Adeyemi", "adeyemi"},     {"Bauer", "bauer"},
    {"Castañeda", "castaneda"}, {"Dubois", "dubois"},
    {"Eriksson", "eriksson"},   {"Fernández", "fernandez"},
    {"Großmann", "grossmann"},  {"Haddad", "haddad"},
    {"Ivanova", "ivanova"},     {"Jensen", "jensen"},
    {"Kowalski", "kowalski"},   {"López", "lopez"},
    {"Müller", "mueller"},      {"Nakamura", "nakamura"},
    {"O'Brien", "obrien"},      {"Papadopoulos", "papadopoulos"},
    {"Quiroga", "quiroga"},     {"Rossi", "rossi"},
    {"Šimić", "simic"},         {"Tanaka", "tanaka"},
    {"Ünal", "unal"},           {"van den Berg", "vandenberg"},
    {"Weiß", "weiss"},          {"Zhang", "zhang"},
}};

constexpr std::array<std::string_view, 10> departments{
    "Engineering", "Sales",   "Support",  "Finance", "People",
    "Legal",       "Product", "Security", "Design",  "Operations"};

constexpr std::array<std::string_view, 8> places{"Berlin",  "Nairobi", "Kyoto",     "São Paulo",
                                                 "Toronto", "Dublin",  "Bengaluru", "Zürich"};

constexpr std::array<std::string_view, 6> titles{"Engineer", "Manager",    "Analyst",
                                                 "Director", "Specialist", "Lead"};

SamplePerson make_person(Sequence& sequence, std::size_t number, std::uint64_t seed) {
    auto const& given = given_names[sequence.below(given_names.size())];
    auto const& family = family_names[sequence.below(family_names.size())];
    SamplePerson person;
    person.given_name = given.name;
    person.family_name = family.name;
    person.display_name = fmt::format("{} {}", given.name, family.name);
    person.user_name =
        fmt::format("{}.{}.{}@acme-{}.example", given.ascii, family.ascii, number + 1, seed);
    person.external_id = sequence.uuid();
    person.department = sequence.pick(departments);
    person.title = sequence.pick(titles);
    person.employee_number = fmt::format("{:06}", number + 1);
    return person;
}

/// "Engineering Berlin", then, when all pairs are used, "Engineering Berlin 2".
std::string group_name(std::size_t number) {
    auto const& department = departments[number % departments.size()];
    auto const rest = number / departments.size();
    // Neighbours differ in department and place, so that short lists look mixed.
    auto const& place = places[(rest + number) % places.size()];
    auto const round = rest / places.size() + 1;
    if (round == 1) return fmt::format("{} {}", department, place);
    return fmt::format("{} {} {}", department, place, round);
}

std::size_t group_size(Sequence& sequence, std::size_t people) {
    if (people == 0) return 0;
    auto const largest = sequence.below(8) == 0 ? std::max<std::size_t>(1, people / 4)
                                                : std::max<std::size_t>(1, people / 16);
    return 1 + sequence.below(largest);
}

std::vector<std::size_t> pick_members(Sequence& sequence, std::size_t count, std::size_t people) {
    std::vector<std::size_t> members;
    members.reserve(count);
    for (std::size_t i = 0; i < count; ++i) members.push_back(sequence.below(people));
    sort_distinct(members);
    return members;
}

}  // namespace

std::size_t Sample::membership_count() const noexcept {
    std::size_t count = 0;
    for (auto const& group : groups) count += group.members.size();
    return count;
}

Sample make_sample(std::size_t people, std::size_t groups, std::uint64_t seed) {
    Sequence sequence(seed);
    Sample sample;
    sample.people.reserve(people);
    for (std::size_t i = 0; i < people; ++i) {
        sample.people.push_back(make_person(sequence, i, seed));
    }
    sample.groups.reserve(groups);
    for (std::size_t i = 0; i < groups; ++i) {
        SampleGroup group{group_name(i), sequence.uuid(), {}};
        auto const is_empty_one = groups >= 5 && i + 1 == groups;
        if (!is_empty_one) {
            group.members = pick_members(sequence, group_size(sequence, people), people);
        }
        sample.groups.push_back(std::move(group));
    }
    return sample;
}

}  // namespace rollcall::cli
