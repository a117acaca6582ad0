// What the developer's fields make of a member.
#include "directory/member_plan.hpp"

#include "base/limits.hpp"

#include <gmock/gmock.h>

namespace rollcall::directory {
namespace {

using ::testing::HasSubstr;

constexpr Timestamp now{std::chrono::seconds{1'750'000'000}};
MemberId const id{Environment::test, Uuid{{1}}};
OrganizationId const organization{Environment::test, Uuid{{2}}};

EffectivePolicy const policy{ProjectPolicy{{}, {}, {{"editor", "", {}}, {"viewer", "", {}}}, {}}};

Result<Member> create(MemberFields const& fields) {
    return plan_member_creation(fields, id, organization, policy, now, Limits{});
}

MemberFields with_email(std::string address = "ada@example.com") {
    MemberFields fields;
    fields.email_address = std::move(address);
    return fields;
}

Member a_member() {
    return create(with_email()).value();
}

Result<Member> update(Member const& current, MemberFields const& fields) {
    return plan_member_update(current, fields, policy, Limits{});
}

std::string kind_of(Result<Member> const& result) {
    return result ? "no error" : result.error().kind();
}

MemberFields with(std::optional<std::string> MemberFields::* field, std::string value) {
    auto fields = with_email();
    fields.*field = std::move(value);
    return fields;
}

TEST(MemberPlan, begins_a_member_with_defaults) {
    auto const member = create(with_email(" Ada@Example.com ")).value();
    EXPECT_EQ(member.id, id);
    EXPECT_EQ(member.organization, organization);
    EXPECT_EQ(member.email_address, "Ada@Example.com");
    EXPECT_FALSE(member.email_address_verified);
    EXPECT_EQ(member.status, MemberStatus::active);
    EXPECT_EQ(member.created_at, now);
    auto fields = with_email();
    fields.create_as_pending = true;
    EXPECT_EQ(create(fields)->status, MemberStatus::pending);
}

TEST(MemberPlan, needs_an_address) {
    EXPECT_EQ(kind_of(create({})), "invalid_email");
    for (auto const* text : {"", "  ", "ada", "@example.com", "ada@", "a@b@example.com",
                             "a da@example.com", "ada,bob@example.com", "<ada@example.com>"}) {
        EXPECT_EQ(kind_of(create(with_email(text))), "invalid_email") << text;
    }
    EXPECT_EQ(kind_of(create(with_email("a\nda@example.com"))), "invalid_email");
    for (auto const* text :
         {"ada@localhost", "ada@-example.com", "ada@10.0.0.1", "ada@exa_mple.com"}) {
        EXPECT_EQ(kind_of(create(with_email(text))), "invalid_email_domain") << text;
    }
    EXPECT_EQ(kind_of(create(with_email("a\u200bda@example.com"))),
              "forbidden_character_zero_width_space");
}

TEST(MemberPlan, takes_addresses_up_to_their_limits) {
    auto const longest = std::string(Limits::email_local_bytes_max, 'a');
    EXPECT_TRUE(create(with_email(longest + "@example.com")));
    EXPECT_EQ(kind_of(create(with_email(longest + "a@example.com"))), "invalid_email");
    // Labels of a domain have 63 bytes at most.
    auto const label = "." + std::string(62, 'd');
    auto address = longest + "@d" + label + label + label;
    address.resize(Limits::email_bytes_max, 'd');
    EXPECT_TRUE(create(with_email(" " + address + " ")));
    auto const refused = create(with_email(address + "d"));
    EXPECT_EQ(kind_of(refused), "invalid_email");
    EXPECT_THAT(refused.error().message(), HasSubstr("at most 254 bytes"));
}

TEST(MemberPlan, takes_names_external_ids_and_roles_up_to_their_limits) {
    auto const name_max = Limits{}.name_code_points_max;
    EXPECT_TRUE(create(with(&MemberFields::name, std::string(name_max, 'n'))));
    EXPECT_EQ(kind_of(create(with(&MemberFields::name, std::string(name_max + 1, 'n')))),
              "invalid_argument");
    auto const id_max = Limits::external_id_characters_max;
    EXPECT_TRUE(create(with(&MemberFields::external_id, std::string(id_max, 'x'))));
    EXPECT_EQ(kind_of(create(with(&MemberFields::external_id, std::string(id_max + 1, 'x')))),
              "invalid_argument");
    auto fields = with_email();
    fields.roles = std::vector<std::string>(Limits::explicit_roles_max, "editor");
    EXPECT_TRUE(create(fields));
    fields.roles->emplace_back("editor");
    EXPECT_EQ(kind_of(create(fields)), "too_many_roles");
}

TEST(MemberPlan, refuses_what_a_field_cannot_hold) {
    struct Case {
        std::optional<std::string> MemberFields::* field;
        std::string value;
        std::string kind;
        std::string name;
    };
    for (auto const& bad : std::vector<Case>{
             {&MemberFields::name, "a\u200bb", "forbidden_character_zero_width_space", "name"},
             {&MemberFields::name, "a\tb", "invalid_argument", "name"},
             {&MemberFields::external_id, "a b", "invalid_argument", "external_id"},
             {&MemberFields::external_id, to_string(id), "invalid_argument", "external_id"},
             {&MemberFields::mfa_phone_number, "4155550100", "invalid_phone_number",
              "mfa_phone_number"},
             {&MemberFields::mfa_phone_number, "+0155550100", "invalid_phone_number",
              "mfa_phone_number"},
             {&MemberFields::mfa_phone_number, "+1415555010012345", "invalid_phone_number",
              "mfa_phone_number"},
             {&MemberFields::mfa_phone_number, "+1 4155550100", "invalid_phone_number",
              "mfa_phone_number"},
             {&MemberFields::default_mfa_method, "sms", "invalid_mfa_default_method",
              "default_mfa_method"}}) {
        auto const result = create(with(bad.field, bad.value));
        EXPECT_EQ(kind_of(result), bad.kind) << bad.value;
        EXPECT_THAT(result.error().message(), HasSubstr(bad.name));
    }
    auto fields = with_email();
    fields.roles = {{"stytch_member"}};
    EXPECT_EQ(kind_of(create(fields)), "cannot_assign_default_rbac_role_id");
    fields.roles = {{"editor", "unheard of"}};
    EXPECT_EQ(kind_of(create(fields)), "invalid_rbac_role_id");
    fields.roles = {{"stytch_admin"}};
    EXPECT_EQ(create(fields)->explicit_roles, std::vector<std::string>{"stytch_admin"});
}

TEST(MemberPlan, bounds_metadata_after_merging) {
    auto member = a_member();
    MemberFields fields;
    fields.untrusted_metadata.emplace();
    for (std::size_t i = 0; i < Limits::metadata_keys_max; ++i) {
        fields.untrusted_metadata->emplace("key" + std::to_string(i), i);
    }
    member = update(member, fields).value();
    EXPECT_EQ(member.untrusted_metadata.size(), Limits::metadata_keys_max);
    fields.untrusted_metadata = {{"key0", nullptr}, {"new", "value"}};
    member = update(member, fields).value();
    EXPECT_EQ(member.untrusted_metadata.size(), Limits::metadata_keys_max);
    EXPECT_FALSE(member.untrusted_metadata.contains("key0"));
    fields.untrusted_metadata = {{"one more", 1}};
    auto const refused = update(member, fields);
    EXPECT_EQ(kind_of(refused), "metadata_too_many_keys");
    EXPECT_THAT(refused.error().message(), HasSubstr("untrusted_metadata"));
    fields = {};
    auto const room = Limits::metadata_bytes_max - std::string(R"({"big":""})").size();
    fields.trusted_metadata = {{"big", std::string(room, 'x')}};
    EXPECT_TRUE(update(member, fields));
    fields.trusted_metadata = {{"big", std::string(room + 1, 'x')}};
    EXPECT_EQ(kind_of(update(member, fields)), "metadata_too_large");
}

TEST(MemberPlan, leaves_alone_what_is_not_given_or_empty) {
    auto fields = with_email();
    fields.name = "Ada";
    fields.external_id = "ext-1";
    fields.mfa_phone_number = "+14155550100";
    fields.default_mfa_method = "totp";
    fields.roles = {{"viewer", "editor", "viewer"}};
    auto const member = create(fields).value();
    EXPECT_EQ(member.explicit_roles, (std::vector<std::string>{"editor", "viewer"}));
    EXPECT_EQ(update(member, {}).value(), member);
    MemberFields empty;
    empty.email_address = empty.external_id = empty.mfa_phone_number = empty.default_mfa_method =
        "";
    EXPECT_EQ(update(member, empty).value(), member);
    empty.name = "";
    empty.roles.emplace();
    auto const cleared = update(member, empty).value();
    EXPECT_EQ(cleared.name, "");
    EXPECT_TRUE(cleared.explicit_roles.empty());
}

TEST(MemberPlan, keeps_names_of_providers_that_are_sent_back) {
    auto member = a_member();
    member.name = std::string(500, 'n');
    MemberFields fields;
    fields.name = member.name;
    EXPECT_EQ(update(member, fields).value(), member);
}

TEST(MemberPlan, retires_or_unlinks_a_former_address) {
    auto member = a_member();
    member.email_address_verified = true;
    auto const moved = update(member, with_email("lovelace@example.com")).value();
    EXPECT_EQ(moved.email_address, "lovelace@example.com");
    EXPECT_FALSE(moved.email_address_verified);
    EXPECT_EQ(moved.retired_emails, std::vector<std::string>{"ada@example.com"});
    auto const back = update(moved, with_email("ADA@example.com")).value();
    EXPECT_EQ(back.retired_emails, std::vector<std::string>{"lovelace@example.com"});
    auto fields = with_email("lovelace@example.com");
    fields.unlink_email = true;
    EXPECT_TRUE(update(member, fields)->retired_emails.empty());
    // Only its spelling changes.
    auto const spelled = update(member, with_email("Ada@example.com")).value();
    EXPECT_EQ(spelled.email_address, "Ada@example.com");
    EXPECT_TRUE(spelled.email_address_verified);
    EXPECT_TRUE(spelled.retired_emails.empty());
}

TEST(MemberPlan, verifies_a_new_phone_number_anew) {
    auto member = a_member();
    member.mfa_phone_number = "+14155550100";
    member.mfa_phone_number_verified = true;
    MemberFields fields;
    fields.mfa_phone_number = "+14155550100";
    EXPECT_TRUE(update(member, fields)->mfa_phone_number_verified);
    fields.mfa_phone_number = "+14155550101";
    EXPECT_FALSE(update(member, fields)->mfa_phone_number_verified);
}

TEST(MemberPlan, tells_a_registration_of_the_end_and_the_return_of_its_member) {
    MemberRecord record{a_member(), {}, {}};
    record.member.explicit_roles = {"editor"};
    EventId const event{Environment::test, Uuid{{9}}};
    auto gone = member_update(record, deactivated(record.member), event, now);
    EXPECT_FALSE(gone.attributes);
    EXPECT_TRUE(gone.member.explicit_roles.empty());
    EXPECT_EQ(event_name(gone.events.at(0)), "direct.member.delete");
    EXPECT_EQ(gone.events.at(0).object_id, to_string(id));

    record.registration.emplace();
    record.registration->user.attributes = {{"userName", "ada"}, {"active", true}};
    gone = member_update(record, deactivated(record.member), event, now);
    EXPECT_EQ(gone.attributes, (boost::json::object{{"userName", "ada"}, {"active", false}}));
    auto renamed = record.member;
    renamed.name = "Ada";
    auto const update = member_update(record, renamed, event, now);
    EXPECT_FALSE(update.attributes);
    EXPECT_EQ(event_name(update.events.at(0)), "direct.member.update");

    record.member = gone.member;
    record.registration->user.attributes = *gone.attributes;
    record.member.email_address_verified = true;
    auto const back =
        member_update(record, plan_member_reactivation(record.member).value(), event, now);
    EXPECT_EQ(back.attributes, (boost::json::object{{"userName", "ada"}, {"active", true}}));
    EXPECT_EQ(event_name(back.events.at(0)), "direct.member.update");
}

TEST(MemberPlan, reactivates_only_the_deleted_with_a_verified_address) {
    auto const member = a_member();
    auto const refused = plan_member_reactivation(member);
    EXPECT_EQ(kind_of(refused), "no_deleted_member_found_for_reactivation");
    EXPECT_EQ(refused.error().code(), ErrorCode::not_found);
    EXPECT_EQ(kind_of(plan_member_reactivation(deactivated(member))),
              "email_unverified_for_reactivation");
    auto verified = deactivated(member);
    verified.email_address_verified = true;
    EXPECT_EQ(plan_member_reactivation(verified)->status, MemberStatus::active);
}

TEST(MemberPlan, a_migration_adds_what_was_known_elsewhere) {
    auto current = a_member();
    current.external_id = "mine";
    auto fields = with_email("other@example.com");
    fields.external_id = "theirs";
    fields.name = "Ada";
    fields.email_address_verified = true;
    fields.mfa_phone_number = "+14155550100";
    fields.mfa_phone_number_verified = true;
    auto const next = plan_member_migration(current, fields, policy, Limits{}).value();
    EXPECT_EQ(next.email_address, current.email_address);
    EXPECT_TRUE(next.email_address_verified);
    EXPECT_EQ(next.external_id, "mine");
    EXPECT_EQ(next.name, "Ada");
    EXPECT_TRUE(next.mfa_phone_number_verified);
    // No number, nothing to verify; not said, nothing changes.
    fields.mfa_phone_number.reset();
    EXPECT_FALSE(
        plan_member_migration(current, fields, policy, Limits{})->mfa_phone_number_verified);
    EXPECT_EQ(plan_member_migration(next, {}, policy, Limits{}).value(), next);
    EXPECT_TRUE(create(fields)->email_address_verified);
}

}  // namespace
}  // namespace rollcall::directory
