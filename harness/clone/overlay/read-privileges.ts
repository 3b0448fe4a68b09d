import type { Session } from '../../postgres/session.ts'

/** Catalog, its columns of owner and rights, the letter of its default rights (acldefault), and which rows count. */
type Kind = readonly [catalog: string, owner: string, acl: string | null, letter: string, condition?: string]

const kinds: readonly Kind[] = [
  ['pg_namespace', 'nspowner', 'nspacl', "'n'", "x.nspname !~ '^pg_(temp|toast)'"],
  [
    'pg_class',
    'relowner',
    'relacl',
    `(CASE x.relkind WHEN 'S' THEN 's' ELSE 'r' END)::"char"`,
    "x.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')",
  ],
  ['pg_proc', 'proowner', 'proacl', "'f'"],
  // An array's rights are its element's, a table's row type's those of the table.
  [
    'pg_type',
    'typowner',
    'typacl',
    "'T'",
    "x.typelem = 0 AND NOT EXISTS (SELECT FROM pg_class c WHERE c.oid = x.typrelid AND c.relkind <> 'c')",
  ],
  ['pg_language', 'lanowner', 'lanacl', "'l'"],
  ['pg_foreign_data_wrapper', 'fdwowner', 'fdwacl', "'F'"],
  ['pg_foreign_server', 'srvowner', 'srvacl', "'S'"],
  ['pg_largeobject_metadata', 'lomowner', 'lomacl', "'L'"],
  ['pg_event_trigger', 'evtowner', null, "'n'"],
  ['pg_publication', 'pubowner', null, "'n'"],
  ['pg_statistic_ext', 'stxowner', null, "'n'"],
  ['pg_collation', 'collowner', null, "'n'"],
  ['pg_conversion', 'conowner', null, "'n'"],
  ['pg_operator', 'oprowner', null, "'n'"],
  ['pg_opclass', 'opcowner', null, "'n'"],
  ['pg_opfamily', 'opfowner', null, "'n'"],
  ['pg_ts_config', 'cfgowner', null, "'n'"],
  ['pg_ts_dict', 'dictowner', null, "'n'"],
]

/** Of the system's own objects (below 16384) those count whose rights were stated. */
const objects = kinds.map(
  ([catalog, owner, acl, letter, condition = 'true']) => `
    SELECT format('%s %s', i.type, i.identity) AS name, x.${owner} AS owner,
      ${acl === null ? 'NULL::aclitem[]' : `coalesce(x.${acl}, acldefault(${letter}, x.${owner}))`} AS acl
    FROM ${catalog} AS x, LATERAL pg_identify_object('${catalog === 'pg_largeobject_metadata' ? 'pg_largeobject' : catalog}'::regclass, x.oid, 0) AS i
    WHERE (x.oid >= 16384${acl === null ? '' : ` OR x.${acl} IS NOT NULL`}) AND ${condition}`,
)

const query = `
WITH object (name, owner, acl) AS (
  ${objects.join('\n  UNION ALL')}
  UNION ALL
    SELECT 'database', datdba, coalesce(datacl, acldefault('d', datdba))
    FROM pg_database WHERE datname = current_database()
  UNION ALL
    SELECT format('column %s.%I', a.attrelid::regclass, a.attname), NULL, a.attacl
    FROM pg_attribute AS a WHERE a.attacl IS NOT NULL AND NOT a.attisdropped
  UNION ALL
    SELECT format('default for %s of %s%s', defaclobjtype, pg_get_userbyid(defaclrole),
      CASE WHEN defaclnamespace <> 0 THEN ' in ' || defaclnamespace::regnamespace END), NULL, defaclacl
    FROM pg_default_acl
)
SELECT format('%s: owner %s', name, pg_get_userbyid(owner)) AS line FROM object WHERE owner IS NOT NULL
UNION ALL
SELECT format('%s: %s for %s, from %s%s', o.name, a.privilege_type,
    CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(a.grantee) END, pg_get_userbyid(a.grantor),
    CASE WHEN a.is_grantable THEN ', with grant option' END)
FROM object AS o, LATERAL aclexplode(o.acl) AS a
UNION ALL
SELECT format('role %s: %s', r.rolname, (to_jsonb(r) - 'oid' - 'rolname' - 'rolpassword' - 'rolconfig')::text) FROM pg_roles AS r
UNION ALL
SELECT format('role %s: comment %s', r.rolname, shobj_description(r.oid, 'pg_authid')) FROM pg_roles AS r
WHERE shobj_description(r.oid, 'pg_authid') IS NOT NULL
UNION ALL
SELECT format('role %s: member %s%s', roleid::regrole, member::regrole, CASE WHEN admin_option THEN ', with admin option' END)
FROM pg_auth_members
UNION ALL
SELECT format('setting of %s%s: %s', CASE s.setrole WHEN 0 THEN 'everybody' ELSE pg_get_userbyid(s.setrole) END,
    CASE WHEN s.setdatabase <> 0 THEN ' in the database' END, c.setting)
FROM pg_db_role_setting AS s CROSS JOIN unnest(s.setconfig) AS c (setting)
WHERE s.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
UNION ALL
SELECT format('database: comment %s', shobj_description(oid, 'pg_database')) FROM pg_database
WHERE datname = current_database() AND shobj_description(oid, 'pg_database') IS NOT NULL
UNION ALL
SELECT format('database: connection limit %s', datconnlimit) FROM pg_database WHERE datname = current_database()`

/**
 * Who owns what, who may do what, and what is set for whom, one line each: of the session's database, and of its
 * cluster's roles. A right that is there by default stands there, too.
 */
export async function readPrivileges(session: Session): Promise<string[]> {
  await session.rows('SET search_path = pg_catalog')
  try {
    return (await session.rows(query)).map(({ line }) => String(line)).sort()
  } finally {
    await session.rows('RESET search_path')
  }
}

/** Each line that stands on one side only. */
export async function comparePrivileges(
  [firstName, first]: readonly [string, Session],
  [secondName, second]: readonly [string, Session],
): Promise<string[]> {
  const [one, other] = [new Set(await readPrivileges(first)), new Set(await readPrivileges(second))]
  return [
    ...[...one].filter((line) => !other.has(line)).map((line) => `in ${firstName} only: ${line}`),
    ...[...other].filter((line) => !one.has(line)).map((line) => `in ${secondName} only: ${line}`),
  ]
}
