// The person is the same where both organizations have verified the address.
#include "service/session_exchange.hpp"

#include "directory/login_rules.hpp"
#include "directory/member_plan.hpp"
#include "storage/store.hpp"

#include <utility>
#include <vector>

namespace rollcall::service {
namespace {

using directory::AuthenticationFactor;

// A factor of a password names an address of its member.
std::vector<AuthenticationFactor> carried_over(std::vector<AuthenticationFactor> factors,
                                               MemberId const& member) {
    for (auto& factor : factors) {
        if (factor.type == directory::FactorType::password) {
            factor.subject = to_string(email_id_of(member, factor.address));
        }
    }
    return factors;
}

}  // namespace

Task<Result<Login>> SessionExchange::exchange(directory::ProjectKey project,
                                              ExchangeRequest request) {
    CO_CHECK(co_await sessions_.foresee(project, std::nullopt, request.wishes));
    CO_TRY(auto const found, co_await sessions_.find(project, std::move(request.session)));
    CO_TRY(auto const record, co_await store_.find_session(project, found.session, clock_.now()));
    if (!record) co_return fail(directory::session_not_found());
    CO_TRY(auto const holder, co_await members_.get(project, {to_string(found.organization.id()),
                                                              to_string(found.member)}));
    auto const& from = holder.member.record.member;
    CO_TRY(auto const counterpart,
           co_await members_.get_by_email(project, request.organization, from.email_address));
    auto const& to = counterpart.member.record.member;
    auto const& session = record->session;
    CO_CHECK(directory::check_exchange(session, from, to));
    CO_CHECK(directory::check_login(counterpart.organization.organization.settings, to,
                                    session.factors));
    CO_TRY(auto member, co_await members_.admit(project, to_string(to.organization),
                                                {.email_address = to.email_address}));
    // The address may have gone to somebody else meanwhile.
    if (member.member.record.member.id != to.id) co_return fail(directory::member_not_found());
    co_return co_await sessions_.begin(project, std::move(member),
                                       carried_over(session.factors, to.id),
                                       std::move(request.wishes));
}

}  // namespace rollcall::service
