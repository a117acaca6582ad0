// Runs the phases of a push over several connections at once.
#include "cli/push.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <span>
#include <thread>

namespace rollcall::cli {
namespace {

namespace json = boost::json;

constexpr int attempts_max = 5;
constexpr std::chrono::seconds wait_max{60};

std::optional<json::object> parse_object(std::string const& body) {
    boost::system::error_code error;
    auto value = json::parse(body, error);
    if (error || !value.is_object()) return std::nullopt;
    return std::move(value.as_object());
}

std::optional<std::string> string_at(json::object const& object, std::string_view key) {
    auto const* const value = object.if_contains(key);
    if (value == nullptr || !value->is_string()) return std::nullopt;
    return std::string(value->as_string());
}

/// "409 uniqueness: …", from a SCIM error body (RFC 7644 §3.12) if it is one.
std::string describe(ScimReply const& reply) {
    auto text = std::to_string(reply.status);
    if (auto const body = parse_object(reply.body)) {
        if (auto const type = string_at(*body, "scimType")) text += " " + *type;
        if (auto const detail = string_at(*body, "detail")) return text + ": " + *detail;
    }
    if (!reply.body.empty()) text += ": " + reply.body.substr(0, 200);
    return text;
}

/// A push under way: what its threads share.
class Run {
public:
    Run(Sample const& sample, Dialect const& dialect, PushOptions const& options,
        EndpointFactory const& connect, Clock const& clock, Progress& progress)
        : sample_(sample),
          dialect_(dialect),
          options_(options),
          connect_(connect),
          clock_(clock),
          progress_(progress) {
        report_.person_ids.resize(sample.people.size());
        report_.group_ids.resize(sample.groups.size());
    }

    PushReport run() {
        report_.people.time =
            phase("people", sample_.people.size(), sample_.people.size(),
                  [this](ScimEndpoint& endpoint, std::size_t i) { push_person(endpoint, i); });
        report_.groups.time =
            phase("groups", sample_.groups.size(), sample_.groups.size(),
                  [this](ScimEndpoint& endpoint, std::size_t i) { push_group(endpoint, i); });
        report_.membership_time =
            phase("memberships", sample_.groups.size(), sample_.membership_count(),
                  [this](ScimEndpoint& endpoint, std::size_t i) { push_members(endpoint, i); });
        report_.people.created = people_created_;
        report_.people.found = people_found_;
        report_.groups.created = groups_created_;
        report_.groups.found = groups_found_;
        report_.memberships = memberships_;
        report_.requests = requests_;
        return std::move(report_);
    }

private:
    /// Calls `work` for 0..items-1 on the threads, each with a connection of its own.
    template <class Work>
    std::chrono::microseconds phase(std::string_view name, std::size_t items, std::size_t total,
                                    Work const& work) {
        auto const start = clock_.now();
        progress_.begin(name, total);
        std::atomic<std::size_t> next = 0;
        {
            std::vector<std::jthread> threads;
            auto const count = std::min<std::size_t>(options_.concurrency, items);
            for (std::size_t i = 0; i < count; ++i) {
                threads.emplace_back([&] {
                    auto const endpoint = connect_();
                    while (!stopped_) {
                        auto const item = next++;
                        if (item >= items) return;
                        work(*endpoint, item);
                    }
                });
            }
        }
        progress_.end();
        return clock_.now() - start;
    }

    void push_person(ScimEndpoint& endpoint, std::size_t i) {
        auto const& person = sample_.people[i];
        auto const what = "user " + person.user_name;
        auto const id =
            find_or_create(endpoint, what, "/Users", dialect_.find_person(person),
                           dialect_.create_person(person), people_found_, people_created_);
        if (id) report_.person_ids[i] = *id;
        progress_.advance(1);
    }

    void push_group(ScimEndpoint& endpoint, std::size_t i) {
        auto const& group = sample_.groups[i];
        auto const what = "group " + group.display_name;
        auto const id =
            find_or_create(endpoint, what, "/Groups", dialect_.find_group(group),
                           dialect_.create_group(group), groups_found_, groups_created_);
        if (id) report_.group_ids[i] = *id;
        progress_.advance(1);
    }

    void push_members(ScimEndpoint& endpoint, std::size_t i) {
        auto const& group = sample_.groups[i];
        auto const& group_id = report_.group_ids[i];
        if (group_id.empty()) return;
        std::vector<KnownPerson> members;
        for (auto const person : group.members) {
            if (report_.person_ids[person].empty()) continue;
            members.push_back({report_.person_ids[person], sample_.people[person].user_name});
        }
        std::span<KnownPerson const> rest(members);
        while (!rest.empty() && !stopped_) {
            auto const chunk = rest.first(std::min(rest.size(), dialect_.members_per_patch()));
            rest = rest.subspan(chunk.size());
            auto const what = "members of group " + group.display_name;
            auto const reply =
                send(endpoint, what, "PATCH", "/Groups/" + group_id, dialect_.add_members(chunk));
            if (!reply) return;
            if (reply->status != 200 && reply->status != 204) return failed(what, *reply);
            memberships_ += chunk.size();
            progress_.advance(chunk.size());
        }
    }

    /// The id of the resource; nothing after a failure, which is then in the report.
    std::optional<std::string> find_or_create(ScimEndpoint& endpoint, std::string const& what,
                                              std::string const& collection,
                                              std::string const& find_target,
                                              std::string const& body,
                                              std::atomic<std::size_t>& found,
                                              std::atomic<std::size_t>& created) {
        std::optional<std::string> id;
        if (!find(endpoint, what, find_target, id)) return std::nullopt;
        if (id) {
            ++found;
            return id;
        }
        auto const reply = send(endpoint, what, "POST", collection, body);
        if (!reply) return std::nullopt;
        if (reply->status == 409) {
            // Somebody else made it, or an earlier answer was lost: match again, as providers do.
            if (!find(endpoint, what, find_target, id)) return std::nullopt;
            if (id) {
                ++found;
                return id;
            }
        }
        auto const resource = parse_object(reply->body);
        id = resource ? string_at(*resource, "id") : std::nullopt;
        if (reply->status != 201 || !id) {
            failed(what, *reply);
            return std::nullopt;
        }
        ++created;
        return id;
    }

    /// Looks a resource up. False after a failure; `id` stays empty if there is no such resource.
    bool find(ScimEndpoint& endpoint, std::string const& what, std::string const& target,
              std::optional<std::string>& id) {
        auto const reply = send(endpoint, what, "GET", target, {});
        if (!reply) return false;
        // Okta takes 404 for an empty list.
        if (reply->status == 404) return true;
        auto const list = parse_object(reply->body);
        auto const* const total = list ? list->if_contains("totalResults") : nullptr;
        if (reply->status != 200 || total == nullptr || !total->is_int64()) {
            failed(what, *reply);
            return false;
        }
        if (total->as_int64() == 0) return true;
        auto const* const resources = list->if_contains("Resources");
        if (resources != nullptr && resources->is_array() && !resources->as_array().empty() &&
            resources->as_array().front().is_object()) {
            id = string_at(resources->as_array().front().as_object(), "id");
        }
        if (!id) failed(what, *reply);
        return id.has_value();
    }

    /// One request, repeated as long as the server asks for patience.
    std::optional<ScimReply> send(ScimEndpoint& endpoint, std::string const& what,
                                  std::string_view method, std::string const& target,
                                  std::string const& body) {
        for (int attempt = 1;; ++attempt) {
            ++requests_;
            auto reply = endpoint.send(method, target, body);
            if (!reply) {
                failed(what, reply.error().message());
                return std::nullopt;
            }
            if (reply->status == 401 || reply->status == 403) stopped_ = true;
            auto const busy = reply->status == 429 || reply->status == 503;
            if (!busy || !reply->retry_after || attempt == attempts_max) return *std::move(reply);
            options_.wait(std::min(*reply->retry_after, wait_max));
        }
    }

    void failed(std::string const& what, ScimReply const& reply) { failed(what, describe(reply)); }

    void failed(std::string const& what, std::string const& why) {
        std::scoped_lock const lock(mutex_);
        if (report_.failures.size() < failures_max) {
            report_.failures.push_back(fmt::format("{}: {}", what, why));
        }
        if (report_.failures.size() >= failures_max) stopped_ = true;
    }

    Sample const& sample_;
    Dialect const& dialect_;
    PushOptions const& options_;
    EndpointFactory const& connect_;
    Clock const& clock_;
    Progress& progress_;

    std::atomic<bool> stopped_ = false;
    std::atomic<std::size_t> people_found_ = 0;
    std::atomic<std::size_t> people_created_ = 0;
    std::atomic<std::size_t> groups_found_ = 0;
    std::atomic<std::size_t> groups_created_ = 0;
    std::atomic<std::size_t> memberships_ = 0;
    std::atomic<std::size_t> requests_ = 0;
    std::mutex mutex_;  ///< for report_.failures; the rest of report_ has one writer per element
    PushReport report_;
};

}  // namespace

PushReport push(Sample const& sample, Dialect const& dialect, PushOptions const& options,
                EndpointFactory const& connect, Clock const& clock, Progress& progress) {
    return Run(sample, dialect, options, connect, clock, progress).run();
}

}  // namespace rollcall::cli
