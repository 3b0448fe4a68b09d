-- Directus's own system tables, as a Directus 11 on PostgreSQL has them at migration level 20251103A.

-- Identity: roles, users, policies, what a policy permits ---------------------------------------

CREATE TABLE directus_roles (
  id uuid NOT NULL,
  name varchar(100) NOT NULL,
  icon varchar(64) NOT NULL DEFAULT 'supervised_user_circle',
  description text,
  parent uuid,
  CONSTRAINT directus_roles_pkey PRIMARY KEY (id),
  CONSTRAINT directus_roles_parent_foreign FOREIGN KEY (parent) REFERENCES directus_roles (id)
);

COMMENT ON TABLE directus_roles IS 'Roles of the back end; a role inherits what its parent may do.';

CREATE TABLE directus_users (
  id uuid NOT NULL,
  first_name varchar(50),
  last_name varchar(50),
  email varchar(128),
  password varchar(255),
  location varchar(255),
  title varchar(50),
  description text,
  tags json,
  avatar uuid,
  language varchar(255) DEFAULT NULL,
  tfa_secret varchar(255),
  status varchar(16) NOT NULL DEFAULT 'active',
  role uuid,
  token varchar(255),
  last_access timestamptz,
  last_page varchar(255),
  provider varchar(128) NOT NULL DEFAULT 'default',
  external_identifier varchar(255),
  auth_data json,
  email_notifications boolean DEFAULT true,
  appearance varchar(255),
  theme_dark varchar(255),
  theme_light varchar(255),
  theme_light_overrides json,
  theme_dark_overrides json,
  text_direction varchar(255) NOT NULL DEFAULT 'auto',
  CONSTRAINT directus_users_pkey PRIMARY KEY (id),
  CONSTRAINT directus_users_email_unique UNIQUE (email),
  CONSTRAINT directus_users_external_identifier_unique UNIQUE (external_identifier),
  CONSTRAINT directus_users_token_unique UNIQUE (token),
  CONSTRAINT directus_users_role_foreign FOREIGN KEY (role) REFERENCES directus_roles (id) ON DELETE SET NULL
);

COMMENT ON TABLE directus_users IS 'People and service accounts that sign in to the back end.';
COMMENT ON COLUMN directus_users.password IS 'Argon2 hash; NULL for accounts of a single sign-on provider.';
COMMENT ON COLUMN directus_users.avatar IS 'Picture in directus_files; Directus keeps no foreign key here.';
COMMENT ON COLUMN directus_users.status IS 'draft, invited, unverified, active, suspended or archived.';
COMMENT ON COLUMN directus_users.token IS 'Static access token of a service account.';
COMMENT ON COLUMN directus_users.provider IS 'Authentication provider: default is e-mail and password.';

CREATE TABLE directus_policies (
  id uuid NOT NULL,
  name varchar(100) NOT NULL,
  icon varchar(64) NOT NULL DEFAULT 'badge',
  description text,
  ip_access text,
  enforce_tfa boolean NOT NULL DEFAULT false,
  admin_access boolean NOT NULL DEFAULT false,
  app_access boolean NOT NULL DEFAULT false,
  CONSTRAINT directus_policies_pkey PRIMARY KEY (id)
);

COMMENT ON TABLE directus_policies IS 'Bundles of permissions that are attached to roles and users.';
COMMENT ON COLUMN directus_policies.ip_access IS 'Comma-separated addresses or ranges the policy is limited to.';
COMMENT ON COLUMN directus_policies.enforce_tfa IS 'Whoever holds the policy must use a second factor.';

CREATE TABLE directus_access (
  id uuid NOT NULL,
  role uuid,
  "user" uuid,
  policy uuid NOT NULL,
  sort integer,
  CONSTRAINT directus_access_pkey PRIMARY KEY (id),
  CONSTRAINT directus_access_role_foreign FOREIGN KEY (role) REFERENCES directus_roles (id) ON DELETE CASCADE,
  CONSTRAINT directus_access_user_foreign FOREIGN KEY ("user") REFERENCES directus_users (id) ON DELETE CASCADE,
  CONSTRAINT directus_access_policy_foreign FOREIGN KEY (policy) REFERENCES directus_policies (id) ON DELETE CASCADE
);

COMMENT ON TABLE directus_access IS 'Which policy is attached to which role or user; neither means the public.';

CREATE TABLE directus_permissions (
  id serial NOT NULL,
  collection varchar(64) NOT NULL,
  action varchar(10) NOT NULL,
  permissions json,
  validation json,
  presets json,
  fields text,
  policy uuid NOT NULL,
  CONSTRAINT directus_permissions_pkey PRIMARY KEY (id),
  CONSTRAINT directus_permissions_policy_foreign FOREIGN KEY (policy) REFERENCES directus_policies (id) ON DELETE CASCADE
);

COMMENT ON TABLE directus_permissions IS 'What a policy permits on a collection, one row an action.';
COMMENT ON COLUMN directus_permissions.action IS 'create, read, update, delete or share.';
COMMENT ON COLUMN directus_permissions.permissions IS 'Filter on the items that the action may touch.';
COMMENT ON COLUMN directus_permissions.fields IS 'Comma-separated fields; an asterisk is all of them.';

-- Data model: what the app knows about tables, columns and foreign keys -------------------------

CREATE TABLE directus_collections (
  collection varchar(64) NOT NULL,
  icon varchar(64),
  note text,
  display_template varchar(255),
  hidden boolean NOT NULL DEFAULT false,
  singleton boolean NOT NULL DEFAULT false,
  translations json,
  archive_field varchar(64),
  archive_app_filter boolean NOT NULL DEFAULT true,
  archive_value varchar(255),
  unarchive_value varchar(255),
  sort_field varchar(64),
  accountability varchar(255) DEFAULT 'all',
  color varchar(255),
  item_duplication_fields json,
  sort integer,
  "group" varchar(64),
  collapse varchar(255) NOT NULL DEFAULT 'open',
  preview_url varchar(255),
  versioning boolean NOT NULL DEFAULT false,
  CONSTRAINT directus_collections_pkey PRIMARY KEY (collection),
  CONSTRAINT directus_collections_group_foreign FOREIGN KEY ("group") REFERENCES directus_collections (collection)
);

COMMENT ON TABLE directus_collections IS 'Tables that the app shows, and folders of the navigation that have no table.';
COMMENT ON COLUMN directus_collections.accountability IS 'all keeps activity and revisions, activity keeps no revisions, NULL keeps neither.';

CREATE TABLE directus_fields (
  id serial NOT NULL,
  collection varchar(64) NOT NULL,
  field varchar(64) NOT NULL,
  special varchar(64),
  interface varchar(64),
  options json,
  display varchar(64),
  display_options json,
  readonly boolean NOT NULL DEFAULT false,
  hidden boolean NOT NULL DEFAULT false,
  sort integer,
  width varchar(30) DEFAULT 'full',
  translations json,
  note text,
  conditions json,
  required boolean DEFAULT false,
  "group" varchar(64),
  validation json,
  validation_message text,
  searchable boolean NOT NULL DEFAULT true,
  CONSTRAINT directus_fields_pkey PRIMARY KEY (id)
);

COMMENT ON TABLE directus_fields IS 'How the app edits and displays a column.';
COMMENT ON COLUMN directus_fields.special IS 'Comma-separated treatment on read and write, such as m2o, date-created or cast-boolean.';

CREATE TABLE directus_relations (
  id serial NOT NULL,
  many_collection varchar(64) NOT NULL,
  many_field varchar(64) NOT NULL,
  one_collection varchar(64),
  one_field varchar(64),
  one_collection_field varchar(64),
  one_allowed_collections text,
  junction_field varchar(64),
  sort_field varchar(64),
  one_deselect_action varchar(255) NOT NULL DEFAULT 'nullify',
  CONSTRAINT directus_relations_pkey PRIMARY KEY (id)
);

COMMENT ON TABLE directus_relations IS 'Foreign keys as the app presents them, with the name of their reverse side.';
COMMENT ON COLUMN directus_relations.one_allowed_collections IS 'Comma-separated targets of a many-to-any relation.';

-- Files and content that hangs off any collection -----------------------------------------------

CREATE TABLE directus_folders (
  id uuid NOT NULL,
  name varchar(255) NOT NULL,
  parent uuid,
  CONSTRAINT directus_folders_pkey PRIMARY KEY (id),
  CONSTRAINT directus_folders_parent_foreign FOREIGN KEY (parent) REFERENCES directus_folders (id)
);

COMMENT ON TABLE directus_folders IS 'Folders of the file library.';

CREATE TABLE directus_files (
  id uuid NOT NULL,
  storage varchar(255) NOT NULL,
  filename_disk varchar(255),
  filename_download varchar(255) NOT NULL,
  title varchar(255),
  type varchar(255),
  folder uuid,
  uploaded_by uuid,
  created_on timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP,
  modified_by uuid,
  modified_on timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP,
  charset varchar(50),
  filesize bigint,
  width integer,
  height integer,
  duration integer,
  embed varchar(200),
  description text,
  location text,
  tags text,
  metadata json,
  focal_point_x integer,
  focal_point_y integer,
  tus_id varchar(64),
  tus_data json,
  uploaded_on timestamptz,
  CONSTRAINT directus_files_pkey PRIMARY KEY (id),
  CONSTRAINT directus_files_folder_foreign FOREIGN KEY (folder) REFERENCES directus_folders (id) ON DELETE SET NULL,
  CONSTRAINT directus_files_uploaded_by_foreign FOREIGN KEY (uploaded_by) REFERENCES directus_users (id),
  CONSTRAINT directus_files_modified_by_foreign FOREIGN KEY (modified_by) REFERENCES directus_users (id)
);

COMMENT ON TABLE directus_files IS 'File library: what is known of a stored file; the bytes are in the storage location.';
COMMENT ON COLUMN directus_files.filesize IS 'Size in bytes.';
COMMENT ON COLUMN directus_files.duration IS 'Length of audio or video in milliseconds.';
COMMENT ON COLUMN directus_files.tus_id IS 'Id of a resumable upload that is still under way.';

CREATE TABLE directus_comments (
  id uuid NOT NULL,
  collection varchar(64) NOT NULL,
  item varchar(255) NOT NULL,
  comment text NOT NULL,
  date_created timestamptz DEFAULT CURRENT_TIMESTAMP,
  date_updated timestamptz DEFAULT CURRENT_TIMESTAMP,
  user_created uuid,
  user_updated uuid,
  CONSTRAINT directus_comments_pkey PRIMARY KEY (id),
  CONSTRAINT directus_comments_user_created_foreign FOREIGN KEY (user_created) REFERENCES directus_users (id) ON DELETE SET NULL,
  CONSTRAINT directus_comments_user_updated_foreign FOREIGN KEY (user_updated) REFERENCES directus_users (id)
);

COMMENT ON TABLE directus_comments IS 'Comments that people leave on an item of any collection.';

CREATE TABLE directus_versions (
  id uuid NOT NULL,
  key varchar(64) NOT NULL,
  name varchar(255),
  collection varchar(64) NOT NULL,
  item varchar(255) NOT NULL,
  hash varchar(255),
  date_created timestamptz DEFAULT CURRENT_TIMESTAMP,
  date_updated timestamptz DEFAULT CURRENT_TIMESTAMP,
  user_created uuid,
  user_updated uuid,
  delta json,
  CONSTRAINT directus_versions_pkey PRIMARY KEY (id),
  CONSTRAINT directus_versions_collection_foreign FOREIGN KEY (collection) REFERENCES directus_collections (collection) ON DELETE CASCADE,
  CONSTRAINT directus_versions_user_created_foreign FOREIGN KEY (user_created) REFERENCES directus_users (id) ON DELETE SET NULL,
  CONSTRAINT directus_versions_user_updated_foreign FOREIGN KEY (user_updated) REFERENCES directus_users (id)
);

COMMENT ON TABLE directus_versions IS 'Drafts of an item beside its published state.';
COMMENT ON COLUMN directus_versions.hash IS 'Fingerprint of the item that the draft started from.';
COMMENT ON COLUMN directus_versions.delta IS 'What the draft changes.';

CREATE TABLE directus_shares (
  id uuid NOT NULL,
  name varchar(255),
  collection varchar(64) NOT NULL,
  item varchar(255) NOT NULL,
  role uuid,
  password varchar(255),
  user_created uuid,
  date_created timestamptz DEFAULT CURRENT_TIMESTAMP,
  date_start timestamptz,
  date_end timestamptz,
  times_used integer DEFAULT 0,
  max_uses integer,
  CONSTRAINT directus_shares_pkey PRIMARY KEY (id),
  CONSTRAINT directus_shares_collection_foreign FOREIGN KEY (collection) REFERENCES directus_collections (collection) ON DELETE CASCADE,
  CONSTRAINT directus_shares_role_foreign FOREIGN KEY (role) REFERENCES directus_roles (id) ON DELETE CASCADE,
  CONSTRAINT directus_shares_user_created_foreign FOREIGN KEY (user_created) REFERENCES directus_users (id) ON DELETE SET NULL
);

COMMENT ON TABLE directus_shares IS 'Links that open one item to somebody without an account.';

-- Accountability: who did what, and what it looked like before ----------------------------------

CREATE TABLE directus_activity (
  id serial NOT NULL,
  action varchar(45) NOT NULL,
  "user" uuid,
  "timestamp" timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP,
  ip varchar(50),
  user_agent text,
  collection varchar(64) NOT NULL,
  item varchar(255) NOT NULL,
  origin varchar(255),
  CONSTRAINT directus_activity_pkey PRIMARY KEY (id)
);

CREATE INDEX directus_activity_timestamp_index ON directus_activity ("timestamp");

COMMENT ON TABLE directus_activity IS 'Log of sign-ins and changes, kept without foreign keys so that it outlives its users.';
COMMENT ON COLUMN directus_activity.action IS 'create, update, delete, login or run.';
COMMENT ON COLUMN directus_activity.origin IS 'Origin header of the request; NULL for what a flow or a script did.';

CREATE TABLE directus_revisions (
  id serial NOT NULL,
  activity integer NOT NULL,
  collection varchar(64) NOT NULL,
  item varchar(255) NOT NULL,
  data json,
  delta json,
  parent integer,
  version uuid,
  CONSTRAINT directus_revisions_pkey PRIMARY KEY (id),
  CONSTRAINT directus_revisions_activity_foreign FOREIGN KEY (activity) REFERENCES directus_activity (id) ON DELETE CASCADE,
  CONSTRAINT directus_revisions_parent_foreign FOREIGN KEY (parent) REFERENCES directus_revisions (id),
  CONSTRAINT directus_revisions_version_foreign FOREIGN KEY (version) REFERENCES directus_versions (id) ON DELETE CASCADE
);

CREATE INDEX directus_revisions_parent_index ON directus_revisions (parent);

COMMENT ON TABLE directus_revisions IS 'What an item looked like after a change, and what the change was.';
COMMENT ON COLUMN directus_revisions.data IS 'The item as the change left it.';
COMMENT ON COLUMN directus_revisions.delta IS 'The fields that the change set.';
COMMENT ON COLUMN directus_revisions.parent IS 'Revision of the item that this one was nested in.';
COMMENT ON COLUMN directus_revisions.version IS 'Draft that the change was made in; NULL for the published item.';

CREATE TABLE directus_sessions (
  token varchar(64) NOT NULL,
  "user" uuid,
  expires timestamptz NOT NULL,
  ip varchar(255),
  user_agent text,
  share uuid,
  origin varchar(255),
  next_token varchar(64),
  CONSTRAINT directus_sessions_pkey PRIMARY KEY (token),
  CONSTRAINT directus_sessions_user_foreign FOREIGN KEY ("user") REFERENCES directus_users (id) ON DELETE CASCADE,
  CONSTRAINT directus_sessions_share_foreign FOREIGN KEY (share) REFERENCES directus_shares (id) ON DELETE CASCADE
);

COMMENT ON TABLE directus_sessions IS 'Sign-ins that are still valid.';
COMMENT ON COLUMN directus_sessions.next_token IS 'Token that replaced this one; both are valid for a short while.';

-- Working in the app: settings, presets, notifications, translations ----------------------------

CREATE TABLE directus_settings (
  id serial NOT NULL,
  project_name varchar(100) NOT NULL DEFAULT 'Directus',
  project_url varchar(255),
  project_color varchar(255) NOT NULL DEFAULT '#6644FF',
  project_logo uuid,
  public_foreground uuid,
  public_background uuid,
  public_note text,
  auth_login_attempts integer DEFAULT 25,
  auth_password_policy varchar(100),
  storage_asset_transform varchar(7) DEFAULT 'all',
  storage_asset_presets json,
  custom_css text,
  storage_default_folder uuid,
  basemaps json,
  mapbox_key varchar(255),
  module_bar json,
  project_descriptor varchar(100),
  default_language varchar(255) NOT NULL DEFAULT 'en-US',
  custom_aspect_ratios json,
  public_favicon uuid,
  default_appearance varchar(255) NOT NULL DEFAULT 'auto',
  default_theme_light varchar(255),
  theme_light_overrides json,
  default_theme_dark varchar(255),
  theme_dark_overrides json,
  report_error_url varchar(255),
  report_bug_url varchar(255),
  report_feature_url varchar(255),
  public_registration boolean NOT NULL DEFAULT false,
  public_registration_verify_email boolean NOT NULL DEFAULT true,
  public_registration_role uuid,
  public_registration_email_filter json,
  visual_editor_urls json,
  project_id uuid,
  mcp_enabled boolean NOT NULL DEFAULT false,
  mcp_allow_deletes boolean NOT NULL DEFAULT false,
  mcp_prompts_collection varchar(255) DEFAULT NULL,
  mcp_system_prompt_enabled boolean NOT NULL DEFAULT true,
  mcp_system_prompt text,
  project_owner varchar(255),
  project_usage varchar(255),
  org_name varchar(255),
  product_updates boolean,
  project_status varchar(255),
  ai_openai_api_key text,
  ai_anthropic_api_key text,
  ai_system_prompt text,
  CONSTRAINT directus_settings_pkey PRIMARY KEY (id),
  CONSTRAINT directus_settings_project_logo_foreign FOREIGN KEY (project_logo) REFERENCES directus_files (id),
  CONSTRAINT directus_settings_public_foreground_foreign FOREIGN KEY (public_foreground) REFERENCES directus_files (id),
  CONSTRAINT directus_settings_public_background_foreign FOREIGN KEY (public_background) REFERENCES directus_files (id),
  CONSTRAINT directus_settings_public_favicon_foreign FOREIGN KEY (public_favicon) REFERENCES directus_files (id),
  CONSTRAINT directus_settings_storage_default_folder_foreign FOREIGN KEY (storage_default_folder) REFERENCES directus_folders (id) ON DELETE SET NULL,
  CONSTRAINT directus_settings_public_registration_role_foreign FOREIGN KEY (public_registration_role) REFERENCES directus_roles (id) ON DELETE SET NULL
);

COMMENT ON TABLE directus_settings IS 'Settings of the whole project: one row.';
COMMENT ON COLUMN directus_settings.auth_login_attempts IS 'Failed sign-ins after which a user is suspended.';
COMMENT ON COLUMN directus_settings.auth_password_policy IS 'Regular expression that a new password must match.';

CREATE TABLE directus_presets (
  id serial NOT NULL,
  bookmark varchar(255),
  "user" uuid,
  role uuid,
  collection varchar(64),
  search varchar(100),
  layout varchar(100) DEFAULT 'tabular',
  layout_query json,
  layout_options json,
  refresh_interval integer,
  filter json,
  icon varchar(64) DEFAULT 'bookmark',
  color varchar(255),
  CONSTRAINT directus_presets_pkey PRIMARY KEY (id),
  CONSTRAINT directus_presets_user_foreign FOREIGN KEY ("user") REFERENCES directus_users (id) ON DELETE CASCADE,
  CONSTRAINT directus_presets_role_foreign FOREIGN KEY (role) REFERENCES directus_roles (id) ON DELETE CASCADE
);

COMMENT ON TABLE directus_presets IS 'How a list is shown: to everybody, a role or one user; a bookmark where it has a name.';
COMMENT ON COLUMN directus_presets.refresh_interval IS 'Seconds between two refreshes of the list.';

CREATE TABLE directus_notifications (
  id serial NOT NULL,
  "timestamp" timestamptz DEFAULT CURRENT_TIMESTAMP,
  status varchar(255) DEFAULT 'inbox',
  recipient uuid NOT NULL,
  sender uuid,
  subject varchar(255) NOT NULL,
  message text,
  collection varchar(64),
  item varchar(255),
  CONSTRAINT directus_notifications_pkey PRIMARY KEY (id),
  CONSTRAINT directus_notifications_recipient_foreign FOREIGN KEY (recipient) REFERENCES directus_users (id) ON DELETE CASCADE,
  CONSTRAINT directus_notifications_sender_foreign FOREIGN KEY (sender) REFERENCES directus_users (id)
);

COMMENT ON TABLE directus_notifications IS 'Messages in the app''s inbox.';
COMMENT ON COLUMN directus_notifications.status IS 'inbox or archived.';

CREATE TABLE directus_translations (
  id uuid NOT NULL,
  language varchar(255) NOT NULL,
  key varchar(255) NOT NULL,
  value text NOT NULL,
  CONSTRAINT directus_translations_pkey PRIMARY KEY (id)
);

COMMENT ON TABLE directus_translations IS 'Translated texts that names and notes refer to as $t:key.';

-- Insights: dashboards of panels ----------------------------------------------------------------

CREATE TABLE directus_dashboards (
  id uuid NOT NULL,
  name varchar(255) NOT NULL,
  icon varchar(64) NOT NULL DEFAULT 'dashboard',
  note text,
  date_created timestamptz DEFAULT CURRENT_TIMESTAMP,
  user_created uuid,
  color varchar(255),
  CONSTRAINT directus_dashboards_pkey PRIMARY KEY (id),
  CONSTRAINT directus_dashboards_user_created_foreign FOREIGN KEY (user_created) REFERENCES directus_users (id) ON DELETE SET NULL
);

COMMENT ON TABLE directus_dashboards IS 'Dashboards of the insights module.';

CREATE TABLE directus_panels (
  id uuid NOT NULL,
  dashboard uuid NOT NULL,
  name varchar(255),
  icon varchar(64) DEFAULT NULL,
  color varchar(10),
  show_header boolean NOT NULL DEFAULT false,
  note text,
  type varchar(255) NOT NULL,
  position_x integer NOT NULL,
  position_y integer NOT NULL,
  width integer NOT NULL,
  height integer NOT NULL,
  options json,
  date_created timestamptz DEFAULT CURRENT_TIMESTAMP,
  user_created uuid,
  CONSTRAINT directus_panels_pkey PRIMARY KEY (id),
  CONSTRAINT directus_panels_dashboard_foreign FOREIGN KEY (dashboard) REFERENCES directus_dashboards (id) ON DELETE CASCADE,
  CONSTRAINT directus_panels_user_created_foreign FOREIGN KEY (user_created) REFERENCES directus_users (id) ON DELETE SET NULL
);

COMMENT ON TABLE directus_panels IS 'Panels of a dashboard, placed on its grid.';

-- Automation: flows of operations, and the webhooks that they replaced --------------------------

CREATE TABLE directus_flows (
  id uuid NOT NULL,
  name varchar(255) NOT NULL,
  icon varchar(64),
  color varchar(255),
  description text,
  status varchar(255) NOT NULL DEFAULT 'active',
  trigger varchar(255),
  accountability varchar(255) DEFAULT 'all',
  options json,
  operation uuid,
  date_created timestamptz DEFAULT CURRENT_TIMESTAMP,
  user_created uuid,
  CONSTRAINT directus_flows_pkey PRIMARY KEY (id),
  CONSTRAINT directus_flows_operation_unique UNIQUE (operation),
  CONSTRAINT directus_flows_user_created_foreign FOREIGN KEY (user_created) REFERENCES directus_users (id) ON DELETE SET NULL
);

COMMENT ON TABLE directus_flows IS 'Automations: a trigger and the operations that follow.';
COMMENT ON COLUMN directus_flows.trigger IS 'event, schedule, operation, webhook or manual.';
COMMENT ON COLUMN directus_flows.operation IS 'First operation; Directus keeps no foreign key here, since the two tables refer to each other.';

CREATE TABLE directus_operations (
  id uuid NOT NULL,
  name varchar(255),
  key varchar(255) NOT NULL,
  type varchar(255) NOT NULL,
  position_x integer NOT NULL,
  position_y integer NOT NULL,
  options json,
  resolve uuid,
  reject uuid,
  flow uuid NOT NULL,
  date_created timestamptz DEFAULT CURRENT_TIMESTAMP,
  user_created uuid,
  CONSTRAINT directus_operations_pkey PRIMARY KEY (id),
  CONSTRAINT directus_operations_resolve_unique UNIQUE (resolve),
  CONSTRAINT directus_operations_reject_unique UNIQUE (reject),
  CONSTRAINT directus_operations_resolve_foreign FOREIGN KEY (resolve) REFERENCES directus_operations (id),
  CONSTRAINT directus_operations_reject_foreign FOREIGN KEY (reject) REFERENCES directus_operations (id),
  CONSTRAINT directus_operations_flow_foreign FOREIGN KEY (flow) REFERENCES directus_flows (id) ON DELETE CASCADE,
  CONSTRAINT directus_operations_user_created_foreign FOREIGN KEY (user_created) REFERENCES directus_users (id) ON DELETE SET NULL
);

COMMENT ON TABLE directus_operations IS 'Steps of a flow.';
COMMENT ON COLUMN directus_operations.resolve IS 'Step that follows when this one succeeds.';
COMMENT ON COLUMN directus_operations.reject IS 'Step that follows when this one fails.';

CREATE TABLE directus_webhooks (
  id serial NOT NULL,
  name varchar(255) NOT NULL,
  method varchar(10) NOT NULL DEFAULT 'POST',
  url varchar(255) NOT NULL,
  status varchar(10) NOT NULL DEFAULT 'active',
  data boolean NOT NULL DEFAULT true,
  actions varchar(100) NOT NULL,
  collections varchar(255) NOT NULL,
  headers json,
  was_active_before_deprecation boolean NOT NULL DEFAULT false,
  migrated_flow uuid,
  CONSTRAINT directus_webhooks_pkey PRIMARY KEY (id),
  CONSTRAINT directus_webhooks_migrated_flow_foreign FOREIGN KEY (migrated_flow) REFERENCES directus_flows (id) ON DELETE SET NULL
);

COMMENT ON TABLE directus_webhooks IS 'Webhooks of earlier versions; deprecated and inactive, kept with the flow that each became.';

-- The installation itself -----------------------------------------------------------------------

CREATE TABLE directus_extensions (
  enabled boolean NOT NULL DEFAULT true,
  id uuid NOT NULL,
  folder varchar(255) NOT NULL,
  source varchar(255) NOT NULL,
  bundle uuid,
  CONSTRAINT directus_extensions_pkey PRIMARY KEY (id)
);

COMMENT ON TABLE directus_extensions IS 'Extensions that are installed, and whether they are switched on.';
COMMENT ON COLUMN directus_extensions.bundle IS 'Extension that this one is a part of.';

CREATE TABLE directus_migrations (
  version varchar(255) NOT NULL,
  name varchar(255) NOT NULL,
  "timestamp" timestamptz DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT directus_migrations_pkey PRIMARY KEY (version)
);

COMMENT ON TABLE directus_migrations IS 'Migrations of Directus that this database has been through.';
