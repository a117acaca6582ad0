// Projects, secrets, the cursor key, closing.
#include "store_case.hpp"

namespace rollcall::tests {
namespace {

using namespace directory;

class Projects : public StoreCase {
protected:
    ProjectId id{Environment::live, world.ids().random_uuid()};

    Project project() {
        return {.id = id,
                .name = "Acme",
                .public_token = {Environment::live, world.ids().random_uuid()},
                .created_at = at(5)};
    }
    ProjectSecret secret(std::string const& text) {
        return {.id = world.ids().random_uuid(),
                .digest = digest_of(text),
                .last_four = text.substr(0, 4),
                .created_at = at(6),
                .revoked_at = {}};
    }
    bool accepts(std::string const& text) {
        return get(store().authenticate_project(id, digest_of(text))).has_value();
    }
};
ON_EVERY_STORE(Projects);

TEST_P(Projects, are_listed_as_they_were_created) {
    auto const created = project();
    must(run_task(store().create_project(created, secret("first"))));
    reopen();
    auto const listed = get(store().list_projects());
    ASSERT_EQ(listed.size(), 1U);
    EXPECT_EQ(listed[0].id, created.id);
    EXPECT_EQ(listed[0].name, "Acme");
    EXPECT_EQ(listed[0].public_token, created.public_token);
    EXPECT_EQ(listed[0].created_at, at(5));
    auto const key = get(store().authenticate_project(id, digest_of("first")));
    auto const found = get(store().get_project(key.value()));
    EXPECT_EQ(found.id, created.id);
    EXPECT_EQ(found.public_token, created.public_token);
    EXPECT_EQ(found.created_at, at(5));
}

TEST_P(Projects, exist_once) {
    must(run_task(store().create_project(project(), secret("first"))));
    auto const error = error_of(store().create_project(project(), secret("second")));
    EXPECT_EQ(error.code(), ErrorCode::uniqueness);
    EXPECT_FALSE(accepts("second"));
}

TEST_P(Projects, are_authenticated_by_any_live_secret) {
    must(run_task(store().create_project(project(), secret("first"))));
    must(run_task(store().create_secret(id, secret("second"))));
    reopen();
    EXPECT_TRUE(accepts("first"));
    EXPECT_TRUE(accepts("second"));
    EXPECT_FALSE(accepts("third"));
    auto const other_environment = ProjectId{Environment::test, id.uuid};
    EXPECT_FALSE(get(store().authenticate_project(other_environment, digest_of("first"))));
    EXPECT_FALSE(get(store().authenticate_project({Environment::live, {}}, digest_of("first"))));
}

TEST_P(Projects, keys_name_project_and_environment) {
    must(run_task(store().create_project(project(), secret("first"))));
    auto const key = get(store().authenticate_project(id, digest_of("first")));
    ASSERT_TRUE(key);
    EXPECT_EQ(key->id(), id);
    EXPECT_EQ(key->environment(), Environment::live);
}

TEST_P(Projects, refuse_a_revoked_secret_at_once) {
    must(run_task(store().create_project(project(), secret("first"))));
    auto const secrets = get(store().list_secrets(id));
    ASSERT_EQ(secrets.size(), 1U);
    must(run_task(store().revoke_secret(id, secrets[0].id, at(10), false)));
    must(run_task(store().revoke_secret(id, secrets[0].id, at(20), false)));
    EXPECT_FALSE(accepts("first"));
    auto const after = get(store().list_secrets(id));
    ASSERT_EQ(after.size(), 1U);
    EXPECT_EQ(after[0].revoked_at, at(10));
}

TEST_P(Projects, list_secrets_by_creation_without_the_secret) {
    must(run_task(store().create_project(project(), secret("first"))));
    must(run_task(store().create_secret(id, secret("second"))));
    auto const secrets = get(store().list_secrets(id));
    ASSERT_EQ(secrets.size(), 2U);
    EXPECT_EQ(secrets[0].last_four, "firs");
    EXPECT_EQ(secrets[1].last_four, "seco");
    EXPECT_EQ(secrets[1].created_at, at(6));
    EXPECT_FALSE(secrets[1].revoked_at);
}

TEST_P(Projects, that_do_not_exist_are_named) {
    auto const error = error_of(store().create_secret(id, secret("first")));
    EXPECT_EQ(error.code(), ErrorCode::not_found);
    EXPECT_NE(error.message().find(to_string(id)), std::string::npos);
    EXPECT_EQ(error_of(store().list_secrets(id)).code(), ErrorCode::not_found);
    EXPECT_EQ(error_of(store().revoke_secret(id, {}, at(0), false)).code(), ErrorCode::not_found);
}

TEST_P(Projects, keep_their_last_secret_if_asked) {
    must(run_task(store().create_project(project(), secret("first"))));
    auto const first = get(store().list_secrets(id))[0].id;
    auto const refused = error_of(store().revoke_secret(id, first, at(7), true));
    EXPECT_EQ(refused.code(), ErrorCode::conflict);
    EXPECT_EQ(refused.kind(), "cannot_revoke_last_project_secret");
    EXPECT_TRUE(accepts("first"));
    must(run_task(store().create_secret(id, secret("second"))));
    must(run_task(store().revoke_secret(id, first, at(8), true)));
    must(run_task(store().revoke_secret(id, first, at(9), true)));
    EXPECT_FALSE(accepts("first"));
    EXPECT_TRUE(accepts("second"));
    auto const second = get(store().list_secrets(id))[1].id;
    EXPECT_EQ(error_of(store().revoke_secret(id, second, at(9), true)).code(), ErrorCode::conflict);
    must(run_task(store().revoke_secret(id, second, at(9), false)));
    EXPECT_FALSE(accepts("second"));
}

TEST_P(Projects, have_a_bounded_number_of_live_secrets) {
    must(run_task(store().create_project(project(), secret("0"))));
    auto const max = Limits{}.project_secrets_max;
    for (std::size_t i = 1; i < max; ++i) {
        must(run_task(store().create_secret(id, secret(std::to_string(i)))));
    }
    auto const refused = error_of(store().create_secret(id, secret("more")));
    EXPECT_EQ(refused.code(), ErrorCode::too_many);
    EXPECT_EQ(refused.kind(), "too_many_project_secrets");
    EXPECT_FALSE(accepts("more"));
    must(run_task(store().revoke_secret(id, get(store().list_secrets(id))[0].id, at(7), true)));
    must(run_task(store().create_secret(id, secret("more"))));
    EXPECT_TRUE(accepts("more"));
}

TEST_P(Projects, do_not_revoke_an_unknown_secret) {
    must(run_task(store().create_project(project(), secret("first"))));
    EXPECT_EQ(error_of(store().revoke_secret(id, {}, at(0), false)).code(), ErrorCode::not_found);
    EXPECT_TRUE(accepts("first"));
}

TEST_P(Projects, are_ensured_without_changing_what_exists) {
    must(run_task(store().ensure_project(project(), secret("first"))));
    auto renamed = project();
    renamed.name = "Other";
    must(run_task(store().ensure_project(renamed, secret("first"))));
    EXPECT_EQ(get(store().list_projects())[0].name, "Acme");
    EXPECT_EQ(get(store().list_secrets(id)).size(), 1U);
    must(run_task(store().ensure_project(renamed, secret("second"))));
    EXPECT_EQ(get(store().list_secrets(id)).size(), 2U);
}

TEST_P(Projects, that_are_ensured_keep_a_secret_revoked) {
    must(run_task(store().ensure_project(project(), secret("first"))));
    must(run_task(store().revoke_secret(id, get(store().list_secrets(id))[0].id, at(1), false)));
    must(run_task(store().ensure_project(project(), secret("first"))));
    EXPECT_FALSE(accepts("first"));
}

TEST_P(Projects, raise_their_generation_with_each_change) {
    auto last = store().generation(id.uuid);
    auto const expect_moved = [&] {
        EXPECT_NE(store().generation(id.uuid), last);
        last = store().generation(id.uuid);
    };
    must(run_task(store().create_project(project(), secret("first"))));
    expect_moved();
    must(run_task(store().create_secret(id, secret("second"))));
    expect_moved();
    must(run_task(store().revoke_secret(id, get(store().list_secrets(id))[0].id, at(1), false)));
    expect_moved();
}

TEST_P(Projects, share_a_cursor_key_that_stays) {
    auto const key = get(store().cursor_key());
    EXPECT_EQ(key.reveal().size(), 32U);
    EXPECT_EQ(get(store().cursor_key()).reveal(), key.reveal());
    reopen();
    EXPECT_EQ(get(store().cursor_key()).reveal(), key.reveal());
}

TEST_P(Projects, are_refused_after_closing) {
    must(run_task(store().close()));
    must(run_task(store().close()));
    EXPECT_EQ(error_of(store().create_project(project(), secret("first"))).code(),
              ErrorCode::unavailable);
    EXPECT_EQ(error_of(store().list_projects()).code(), ErrorCode::unavailable);
}

}  // namespace
}  // namespace rollcall::tests
