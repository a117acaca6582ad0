// Proofs of access. Data is reached only through a key, and keys are made only by authentication
// and by the access check that follows it, so a forgotten tenant filter does not compile.
#pragma once

#include "base/id.hpp"

#include <cstdint>

namespace rollcall::storage {
class KeyIssuer;
}

namespace rollcall::directory {

/// The caller proved to act for this project.
class ProjectKey {
public:
    [[nodiscard]] ProjectId const& id() const noexcept { return id_; }
    [[nodiscard]] Environment environment() const noexcept { return id_.environment; }
    /// The store's own handle; means nothing outside the store that issued it.
    [[nodiscard]] std::int64_t row() const noexcept { return row_; }

private:
    friend class storage::KeyIssuer;
    ProjectKey(ProjectId id, std::int64_t row) noexcept : id_(id), row_(row) {}
    ProjectId id_;
    std::int64_t row_;
};

/// The caller may act on this organization.
class OrganizationKey {
public:
    [[nodiscard]] ProjectKey const& project() const noexcept { return project_; }
    [[nodiscard]] OrganizationId const& id() const noexcept { return id_; }
    [[nodiscard]] std::int64_t row() const noexcept { return row_; }

private:
    friend class storage::KeyIssuer;
    OrganizationKey(ProjectKey project, OrganizationId id, std::int64_t row) noexcept
        : project_(project), id_(id), row_(row) {}
    ProjectKey project_;
    OrganizationId id_;
    std::int64_t row_;
};

/// The caller may act on this live SCIM connection of that organization.
class ConnectionKey {
public:
    [[nodiscard]] OrganizationKey const& organization() const noexcept { return organization_; }
    [[nodiscard]] ConnectionId const& id() const noexcept { return id_; }
    [[nodiscard]] Environment environment() const noexcept { return id_.environment; }
    [[nodiscard]] std::int64_t row() const noexcept { return row_; }

private:
    friend class storage::KeyIssuer;
    ConnectionKey(OrganizationKey organization, ConnectionId id, std::int64_t row) noexcept
        : organization_(organization), id_(id), row_(row) {}
    OrganizationKey organization_;
    ConnectionId id_;
    std::int64_t row_;
};

}  // namespace rollcall::directory
