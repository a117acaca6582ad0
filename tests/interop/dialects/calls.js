// The calls that the dialects are tried on, with every field that an SDK's request class has.

const text = (value) => ({ kind: "text", value });
const number = (value) => ({ kind: "number", value });
const flag = (value) => ({ kind: "flag", value });
const list = (value) => ({ kind: "list", value });
const map = (value) => ({ kind: "map", value });

const call = (method, path, { ids = {}, query = {}, fields = {} } = {}) => ({ method, path, ids, query, fields });

const organizations = "/v1/b2b/organizations";
const organization = `${organizations}/{organization_id}`;
const connections = "/v1/b2b/scim/{organization_id}/connection";
const connection = `${connections}/{connection_id}`;

const settings = (given) => ({
  organization_name: text(given.organization_name),
  organization_slug: text(given.organization_slug),
  organization_logo_url: text(given.organization_logo_url),
  trusted_metadata: map(given.trusted_metadata),
  organization_external_id: text(given.organization_external_id),
  sso_jit_provisioning: text(given.sso_jit_provisioning),
  email_allowed_domains: list(given.email_allowed_domains),
  email_jit_provisioning: text(given.email_jit_provisioning),
  email_invites: text(given.email_invites),
  auth_methods: text(given.auth_methods),
  allowed_auth_methods: list(given.allowed_auth_methods),
  mfa_policy: text(given.mfa_policy),
  rbac_email_implicit_role_assignments: list(given.rbac_email_implicit_role_assignments),
  mfa_methods: text(given.mfa_methods),
  allowed_mfa_methods: list(given.allowed_mfa_methods),
  oauth_tenant_jit_provisioning: text(given.oauth_tenant_jit_provisioning),
  allowed_oauth_tenants: map(given.allowed_oauth_tenants),
  claimed_email_domains: list(given.claimed_email_domains),
});

export const createOrganization = (given) => call("POST", organizations, { fields: settings(given) });
export const getOrganization = (organization_id) => call("GET", organization, { ids: { organization_id } });
export const updateOrganization = (organization_id, given) =>
  call("PUT", organization, { ids: { organization_id }, fields: settings(given) });
export const deleteOrganization = (organization_id) => call("DELETE", organization, { ids: { organization_id } });

export const createConnection = (organization_id, { display_name, identity_provider } = {}) =>
  call("POST", connections, {
    ids: { organization_id },
    fields: { display_name: text(display_name), identity_provider: text(identity_provider) },
  });
export const getConnection = (organization_id) => call("GET", connections, { ids: { organization_id } });
export const updateConnection = (ids, given) =>
  call("PUT", connection, {
    ids,
    fields: {
      display_name: text(given.display_name),
      identity_provider: text(given.identity_provider),
      scim_group_implicit_role_assignments: list(given.scim_group_implicit_role_assignments),
    },
  });
export const deleteConnection = (ids) => call("DELETE", connection, { ids });
export const getGroups = (ids, { limit, cursor } = {}) =>
  call("GET", connection, { ids, query: { cursor: text(cursor), limit: number(limit) } });
export const rotate = (ids, step) => call("POST", `${connection}/rotate/${step}`, { ids });

const members = `${organization}/members`;
const member = `${members}/{member_id}`;

const person = (given) => ({
  name: text(given.name),
  trusted_metadata: map(given.trusted_metadata),
  untrusted_metadata: map(given.untrusted_metadata),
  is_breakglass: flag(given.is_breakglass),
  mfa_phone_number: text(given.mfa_phone_number),
  mfa_enrolled: flag(given.mfa_enrolled),
  roles: list(given.roles),
  external_id: text(given.external_id),
});

export const createMember = (organization_id, { email_address, ...given }) =>
  call("POST", members, {
    ids: { organization_id },
    fields: { email_address: text(email_address), ...person(given) },
  });
export const getMember = (organization_id, { member_id, email_address }) =>
  call("GET", `${organization}/member`, {
    ids: { organization_id },
    query: { member_id: text(member_id), email_address: text(email_address) },
  });
export const getMemberAnywhere = (member_id, include_deleted) =>
  call("GET", `${organizations}/members/dangerously_get/{member_id}`, {
    ids: { member_id },
    query: { include_deleted: flag(include_deleted) },
  });
export const updateMember = (ids, given) => call("PUT", member, { ids, fields: person(given) });
export const deleteMember = (ids) => call("DELETE", member, { ids });
export const searchMembers = (organization_ids, { cursor, limit, query } = {}) =>
  call("POST", `${organizations}/members/search`, {
    fields: {
      organization_ids: list(organization_ids),
      cursor: text(cursor),
      limit: number(limit),
      query: { kind: "query", value: query },
    },
  });

export const getKeys = (project_id) => call("GET", "/v1/b2b/sessions/jwks/{project_id}", { ids: { project_id } });
