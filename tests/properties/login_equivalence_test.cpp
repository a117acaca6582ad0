// Random logins, and what they rest on, give equal answers and leave equal contents in both stores.
#include "store_pair.hpp"

namespace rollcall::tests {
namespace {

using namespace directory;
using storage::Store;

class Logins : public StorePair {
public:
    using StorePair::StorePair;

private:
    void compare_tenant() override {
        for (auto const& token : tokens_) find_session(token);
        for (auto const& user : users_) {
            MemberId const id{Environment::test, user};
            both("sessions",
                 [&](Store& s, auto& o, auto&) { return s.list_sessions(o, id, now()); });
            both("password", [&](Store& s, auto& o, auto&) { return s.find_password(o, id); });
        }
        both("profiles",
             [](Store& s, auto& o, auto&) { return s.list_token_profiles(o.project()); });
        both("keys", [&](Store& s, auto&, auto&) { return s.list_signing_keys(project_id()); });
        both("policy", [](Store& s, auto& o, auto&) { return s.get_policy(o.project()); });
        both("roles", [](Store& s, auto& o, auto&) { return s.get_organization_policy(o); });
    }

    void one_operation() override {
        auto const dice = below(100);
        if (dice < 12) return create_member();
        if (dice < 20) return update_member();
        if (dice < 26) return push_user();
        if (dice < 46) return create_session();
        if (dice < 60) return update_session();
        if (dice < 70) return revoke();
        if (dice < 75) return forget_expired();
        if (dice < 80) return add_signing_key();
        if (dice < 86) return change_profile();
        if (dice < 90) return claim_token_id();
        if (dice < 97) return impersonate();
        change_policy();
    }

    // --- Members ------------------------------------------------------------------------------

    std::optional<MemberPassword> password() {
        if (chance(60)) return std::nullopt;
        return MemberPassword{{Environment::test, ids().random_uuid()}, "$hash$" + name(), now()};
    }

    void create_member() {
        Member member;
        member.id = {Environment::test, ids().ordered_uuid(now())};
        member.organization = organization_id();
        member.created_at = member.updated_at = now();
        member.email_address = address();
        auto const hash = password();
        auto const created = both("create_member", [&](Store& s, auto& o, auto&) {
            return s.create_member(o, {member, {}, hash});
        });
        if (created) users_.push_back(member.id.uuid);
    }

    void update_member() {
        auto const reference = to_string(user_id());
        auto const found = both(
            "find_member", [&](Store& s, auto& o, auto&) { return s.find_member(o, reference); });
        if (!found || !*found) return;
        MemberUpdate update{(*found)->member, {}, {}, now(), password()};
        update.member.status = chance(30) ? MemberStatus::deleted : MemberStatus::active;
        both("update_member", [&](Store& s, auto& o, auto&) { return s.update_member(o, update); });
    }

    // The provider creates, changes or deactivates a person.
    void push_user() {
        UserCreation creation;
        creation.new_member_id = {Environment::test, ids().ordered_uuid(now())};
        creation.registration = {Environment::test, ids().random_uuid()};
        creation.state = user_state();
        creation.now = now();
        auto const created = both(
            "create_user", [&](Store& s, auto&, auto& c) { return s.create_user(c, creation); });
        if (created) users_.push_back(created->id.uuid);
        auto const id = user_id();
        auto const before =
            both("find_user", [&](Store& s, auto&, auto& c) { return s.find_user(c, id, false); });
        if (!before || !*before) return;
        UserUpdate const update{user_state(), (*before)->version, {}, now()};
        both("update_user", [&](Store& s, auto&, auto& c) { return s.update_user(c, id, update); });
    }

    // --- Sessions -----------------------------------------------------------------------------

    Digest new_digest() { return digest_of(to_string(ids().random_uuid())); }
    Digest pick(std::vector<Digest> const& made) {
        if (made.empty() || chance(5)) return new_digest();
        return made[below(made.size())];
    }

    void write(Session& session) {
        session.last_accessed_at = now();
        session.expires_at = later(below(60));
        session.factors = {{FactorType::password, name(), address(), earlier(below(9)), now()}};
        session.custom_claims.clear();
        if (chance(30)) session.custom_claims["plan"] = name();
    }

    Result<std::optional<storage::SessionRecord>> find_session(Digest const& digest) {
        return both("find_session", [&](Store& s, auto& o, auto&) {
            return s.find_session(o.project(), digest, now());
        });
    }

    void create_session() {
        Session session;
        session.id = {Environment::test, ids().random_uuid()};
        session.member = user_id();
        session.started_at = now();
        write(session);
        auto const digest = new_digest();
        auto const created = both("create_session", [&](Store& s, auto& o, auto&) {
            return s.create_session(o, session, digest);
        });
        if (created) tokens_.push_back(digest);
    }

    void update_session() {
        auto const found = find_session(pick(tokens_));
        if (!found || !*found) return;
        auto session = (*found)->session;
        auto const then = later(below(20));
        both("find_session by id", [&](Store& s, auto& o, auto&) {
            return s.find_session(o.project(), session.id, then);
        });
        write(session);
        if (chance(10)) ++session.version;
        both("update_session",
             [&](Store& s, auto& o, auto&) { return s.update_session(o, session); });
    }

    void revoke() {
        if (chance(30)) {
            auto const id = user_id();
            both("revoke_sessions",
                 [&](Store& s, auto& o, auto&) { return s.revoke_sessions(o, id); });
            return;
        }
        auto const found = find_session(pick(tokens_));
        if (!found || !*found) return;
        both("revoke_session",
             [&](Store& s, auto& o, auto&) { return s.revoke_session(o, (*found)->session.id); });
    }

    // How much there is left to forget is the store's own business.
    void forget_expired() {
        for (auto* side : sides()) {
            while (get(side->store->forget_expired(now(), earlier(100), 20))) {
            }
        }
    }

    // --- Keys, profiles, tokens ---------------------------------------------------------------

    void add_signing_key() {
        auto const known =
            both("keys", [&](Store& s, auto&, auto&) { return s.list_signing_keys(project_id()); });
        std::optional<SigningKeyId> expected;
        if (known && *known && !(*known)->empty() && chance(80)) expected = (*known)->front().id;
        SigningKey const key{
            {Environment::test, ids().ordered_uuid(now())}, name(), "n", "e", now(), {}};
        both("add_signing_key", [&](Store& s, auto&, auto&) {
            return s.add_signing_key(project_id(), key, expected);
        });
    }

    TokenProfileId profile_id() {
        if (profiles_.empty() || chance(10)) return {Environment::test, ids().random_uuid()};
        return profiles_[below(profiles_.size())];
    }

    TokenProfile profile(TokenProfileId const& id) {
        TokenProfile profile;
        profile.id = id;
        profile.name = name();
        profile.issuer = "https://" + name() + ".test";
        profile.audience = name();
        profile.key_type = chance(50) ? PublicKeyType::jwk : PublicKeyType::pem;
        profile.keys = {name(), name()};
        profile.mapping = {"email", "jti", external_id(), external_id(), external_id()};
        profile.can_jit_provision = chance(50);
        profile.single_use = chance(50);
        profile.created_at = profile.updated_at = now();
        return profile;
    }

    void change_profile() {
        auto const id = profile_id();
        auto const found = both("find_token_profile", [&](Store& s, auto& o, auto&) {
            return s.find_token_profile(o.project(), id);
        });
        if (chance(40)) {
            auto const made = profile({Environment::test, ids().ordered_uuid(now())});
            auto const created = both("create_token_profile", [&](Store& s, auto& o, auto&) {
                return s.create_token_profile(o.project(), made);
            });
            if (created) profiles_.push_back(made.id);
        } else if (chance(60)) {
            auto const next = profile(id);
            bool const is_current = found && *found && chance(80);
            auto const read_at = is_current ? (*found)->updated_at : earlier(5);
            both("update_token_profile", [&](Store& s, auto& o, auto&) {
                return s.update_token_profile(o.project(), next, read_at);
            });
        } else {
            both("delete_token_profile",
                 [&](Store& s, auto& o, auto&) { return s.delete_token_profile(o.project(), id); });
        }
    }

    void claim_token_id() {
        auto const id = profile_id();
        auto const used = digest_of(name());
        auto const until = later(below(50));
        both("claim_token_id", [&](Store& s, auto& o, auto&) {
            return s.claim_token_id(o.project(), id, used, until);
        });
    }

    void impersonate() {
        if (chance(60)) {
            auto const digest = pick(support_tokens_);
            both("take_impersonation_token", [&](Store& s, auto& o, auto&) {
                return s.take_impersonation_token(o.project(), digest, now());
            });
            return;
        }
        ImpersonationToken const token{new_digest(), user_id(), name(), address(),
                                       later(below(40))};
        auto const created = both("create_impersonation_token", [&](Store& s, auto& o, auto&) {
            return s.create_impersonation_token(o, token);
        });
        if (created) support_tokens_.push_back(token.digest);
    }

    // --- Policies -----------------------------------------------------------------------------

    std::vector<Role> roles() {
        std::vector<Role> roles;
        for (auto count = below(3); count > 0; --count) {
            roles.push_back({name(), name(), {{"stytch.member", {"create", name()}}}});
        }
        return roles;
    }

    void change_policy() {
        if (chance(50)) {
            ProjectPolicy const policy{
                {{"documents", {"read"}}}, {}, roles(), {{"documents", name(), {"read", name()}}}};
            both("put_policy",
                 [&](Store& s, auto& o, auto&) { return s.put_policy(o.project(), policy); });
        } else {
            OrganizationPolicy const policy{roles()};
            both("put_organization_policy", [&](Store& s, auto& o, auto&) {
                return s.put_organization_policy(o, policy, now(), {event(o)});
            });
        }
    }

    std::vector<Digest> tokens_;  ///< of sessions
    std::vector<Digest> support_tokens_;
    std::vector<TokenProfileId> profiles_;
};

TEST(StoreEquivalence, of_logins) {
    for_each_seed([](std::uint64_t seed) { Logins(seed).run(400); });
}

}  // namespace
}  // namespace rollcall::tests
