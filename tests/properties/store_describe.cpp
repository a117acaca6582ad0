// Printing of store values.
#include "store_describe.hpp"

#include "directory/connection_options.hpp"

#include <boost/json/serialize.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace rollcall::tests {

using namespace directory;

namespace {

std::string quoted(std::optional<std::string> const& text) {
    return text ? "'" + *text + "'" : "none";
}

std::string describe_ref(MemberRef const& ref) {
    return (ref.kind == MemberKind::user ? "user " : "group ") + to_string(ref.id);
}

long long ticks(Timestamp instant) {
    return instant.time_since_epoch().count();
}

std::string describe_roles(std::vector<Role> const& roles) {
    std::string text;
    for (auto const& role : roles) {
        text += fmt::format("[{} {}", role.role_id, role.description);
        for (auto const& permission : role.permissions) {
            text += fmt::format(" {} {}", permission.resource_id, permission.actions);
        }
        text += "]";
    }
    return text;
}

}  // namespace

std::string describe(Error const& error) {
    return fmt::format("error {} {} {}", to_string(error.code()), error.kind(), error.message());
}

std::string describe(bool value) {
    return value ? "true" : "false";
}

std::string describe(std::size_t value) {
    return std::to_string(value);
}

std::string describe(User const& user) {
    auto text = fmt::format("{} {} v{} {} {} {}", to_string(user.id), to_string(user.registration),
                            user.version, ticks(user.created_at), ticks(user.last_modified),
                            boost::json::serialize(user.attributes));
    for (auto const& group : user.groups) {
        text += fmt::format(" [{} {} {}]", to_string(group.group), group.display_name,
                            group.direct ? "direct" : "indirect");
    }
    return text;
}

std::string describe(Group const& group) {
    auto text = fmt::format(
        "{} {} ext {} {} count {} unset {} v{} {} {}", to_string(group.id), group.display_name,
        quoted(group.external_id), boost::json::serialize(group.extensions), group.member_count,
        group.members_unset, group.version, ticks(group.created_at), ticks(group.last_modified));
    for (auto const& member : group.members) {
        text += fmt::format(" [{} {}]", describe_ref(member.ref), quoted(member.display));
    }
    return text;
}

std::string describe(AppliedGroupChange const& change) {
    auto text = describe(change.group) + (change.changed ? " changed" : " unchanged");
    for (auto const& ref : change.unknown) text += " unknown " + describe_ref(ref);
    return text + fmt::format(" removed {}", change.removed);
}

std::string describe(GroupSummary const& summary) {
    return to_string(summary.id) + " " + summary.display_name;
}

std::string describe(LinkCandidate const& candidate) {
    return fmt::format("{} {} {} registered {} was {} former {} same {} v{}",
                       to_string(candidate.id), to_string(candidate.status), candidate.email_key,
                       candidate.registered, candidate.was_registered,
                       quoted(candidate.former_external_id), candidate.same_user_name,
                       candidate.member_version);
}

std::string describe(RoleBasis const& basis) {
    auto text = fmt::format("{} {} roles {}", to_string(basis.status), basis.email_address,
                            fmt::join(basis.explicit_roles, ","));
    for (auto const& role : basis.group_roles) {
        text += fmt::format(" [{} {} {}]", role.role_id, to_string(role.connection),
                            to_string(role.group));
    }
    return text;
}

std::string describe(MemberRecord const& record) {
    auto const& member = record.member;
    auto text = fmt::format(
        "{} {} verified {} '{}' ext {} {} {} {} phone {} {} mfa {} {} retired {} v{} {} {} {}",
        to_string(member.id), to_string(member.organization), member.email_address_verified,
        member.name, quoted(member.external_id), boost::json::serialize(member.trusted_metadata),
        boost::json::serialize(member.untrusted_metadata), member.is_breakglass,
        member.mfa_phone_number, member.mfa_phone_number_verified, member.mfa_enrolled,
        member.default_mfa_method, fmt::join(member.retired_emails, ","), member.version,
        ticks(member.created_at), ticks(member.updated_at), describe(record.role_basis()));
    if (record.registration) {
        text += " as " + to_string(record.registration->connection) + " " +
                describe(record.registration->user);
    }
    return text;
}

std::string describe(UserPage const& page) {
    return fmt::format("{} users, more {}\n{}", page.total, page.more, describe(page.users));
}

std::string describe(GroupPage const& page) {
    return fmt::format("{} groups, more {}\n{}", page.total, page.more, describe(page.groups));
}

std::string describe(storage::ConnectionRecord const& record) {
    auto const& connection = record.connection;
    auto text = fmt::format("{} {} {} token {} next {} {} {}", to_string(connection.id),
                            connection.display_name, to_string(connection.identity_provider),
                            connection.token.last_four,
                            connection.next_token ? connection.next_token->last_four : "none",
                            ticks(connection.created_at), ticks(connection.updated_at));
    text += " options " + print_options(connection.options);
    for (auto const& assignment : record.role_assignments) {
        text += fmt::format(" [{} {} {}]", assignment.role_id, to_string(assignment.group),
                            assignment.group_name);
    }
    return text;
}

std::string describe(storage::StoredEvent const& stored) {
    auto const& event = stored.event;
    return fmt::format("{} {} {} {} {}", event_name(event), event.object_id, event.related_id,
                       event.label, ticks(event.occurred_at));
}

std::string describe(std::pair<MemberId, std::optional<std::string>> const& resolved) {
    return to_string(resolved.first) + " " + quoted(resolved.second);
}

std::string describe(Session const& session) {
    auto text =
        fmt::format("{} of {} v{} {} {} {} {}", to_string(session.id), to_string(session.member),
                    session.version, ticks(session.started_at), ticks(session.last_accessed_at),
                    ticks(session.expires_at), boost::json::serialize(session.custom_claims));
    for (auto const& factor : session.factors) {
        text +=
            fmt::format(" [{} {} {} {} {}]", to_string(factor.type), factor.subject, factor.address,
                        ticks(factor.created_at), ticks(factor.last_authenticated_at));
    }
    return text;
}

std::string describe(storage::SessionRecord const& record) {
    return to_string(record.organization.id()) + " " + describe(record.session);
}

std::string describe(SigningKey const& key) {
    return fmt::format("{} {} {} {} {} retired {}", to_string(key.id), key.sealed_private,
                       key.modulus, key.exponent, ticks(key.created_at),
                       key.retired_at ? ticks(*key.retired_at) : 0);
}

std::string describe(TokenProfile const& profile) {
    auto const& mapping = profile.mapping;
    return fmt::format(
        "{} {} {} {} {} {} [{} {} {} {} {}] {} {} {} {}", to_string(profile.id), profile.name,
        profile.issuer, profile.audience, profile.key_type == PublicKeyType::jwk ? "jwk" : "pem",
        profile.keys, mapping.email, mapping.token_id, quoted(mapping.organization_id),
        quoted(mapping.external_member_id), quoted(mapping.role_ids), profile.can_jit_provision,
        profile.single_use, ticks(profile.created_at), ticks(profile.updated_at));
}

std::string describe(MemberPassword const& password) {
    return fmt::format("{} {} {}", to_string(password.id), password.hash,
                       ticks(password.created_at));
}

std::string describe(std::pair<storage::OrganizationKey, ImpersonationToken> const& taken) {
    auto const& [organization, token] = taken;
    return fmt::format("{} {} by {} {} until {}", to_string(organization.id()),
                       to_string(token.member), token.impersonator_id, token.impersonator_address,
                       ticks(token.expires_at));
}

std::string describe(ProjectPolicy const& policy) {
    auto text = "member " + describe_roles({{"", "", policy.member_permissions}}) + " admin " +
                describe_roles({{"", "", policy.admin_permissions}}) +
                describe_roles(policy.custom_roles);
    for (auto const& resource : policy.custom_resources) {
        text +=
            fmt::format(" {} {} {}", resource.resource_id, resource.description, resource.actions);
    }
    return text;
}

std::string describe(OrganizationPolicy const& policy) {
    return describe_roles(policy.roles);
}

}  // namespace rollcall::tests
