import type { ObjectDeclaration, PartDeclaration, Reading } from './declaration.ts'
import { columns } from './declarations/columns.ts'
import { constraints } from './declarations/constraints.ts'
import { databases, parameterGrants, tablespaces } from './declarations/databases.ts'
import { foreignDataWrappers, foreignServers, userMappings } from './declarations/foreign-data.ts'
import { functions } from './declarations/functions.ts'
import { indexes } from './declarations/indexes.ts'
import { casts, languages, transforms } from './declarations/languages.ts'
import {
  accessMethods,
  familyFunctions,
  familyOperators,
  operatorClasses,
  operatorFamilies,
  operators,
} from './declarations/operators.ts'
import { parts } from './declarations/parts.ts'
import { policies, statisticsObjects } from './declarations/policies.ts'
import {
  publications,
  publishedSchemas,
  publishedTables,
  subscribedTables,
} from './declarations/publications.ts'
import { inheritance, relations } from './declarations/relations.ts'
import { memberships, roles, roleSettings } from './declarations/roles.ts'
import { defaultGrants, extensions, largeObjects, schemas } from './declarations/schemas.ts'
import { sequences } from './declarations/sequences.ts'
import { replicationOrigins, subscriptions } from './declarations/subscriptions.ts'
import {
  collations,
  conversions,
  textSearchConfigurations,
  textSearchDictionaries,
  textSearchMappings,
  textSearchParsers,
  textSearchTemplates,
} from './declarations/text.ts'
import { eventTriggers, rules, triggers } from './declarations/triggers.ts'
import { enumLabels, types } from './declarations/types.ts'

/** The objects of one database. */
export const databaseObjects: readonly ObjectDeclaration[] = [
  schemas,
  relations,
  columns,
  indexes,
  sequences,
  constraints,
  triggers,
  rules,
  policies,
  statisticsObjects,
  functions,
  types,
  casts,
  operators,
  operatorFamilies,
  operatorClasses,
  familyOperators,
  familyFunctions,
  accessMethods,
  languages,
  transforms,
  collations,
  conversions,
  textSearchConfigurations,
  textSearchDictionaries,
  textSearchParsers,
  textSearchTemplates,
  extensions,
  eventTriggers,
  defaultGrants,
  foreignDataWrappers,
  foreignServers,
  userMappings,
  publications,
  publishedTables,
  publishedSchemas,
  subscribedTables,
  largeObjects,
]

/** The objects that all databases of a cluster share. */
export const clusterObjects: readonly ObjectDeclaration[] = [
  roles,
  memberships,
  roleSettings,
  databases,
  tablespaces,
  parameterGrants,
  subscriptions,
  replicationOrigins,
]

/** What is declared of each column of each system catalog of PostgreSQL 14 to 18. */
export const declaredColumns: ReadonlyMap<string, ReadonlyMap<string, Reading>> = declare([
  ...[...databaseObjects, ...clusterObjects].flatMap((object) => [object, ...(object.satellites ?? [])]),
  inheritance,
  enumLabels,
  textSearchMappings,
  ...parts,
])

function declare(declarations: readonly PartDeclaration[]): Map<string, Map<string, Reading>> {
  const declared = new Map<string, Map<string, Reading>>()
  for (const { table, columns: readings } of declarations) {
    const known = declared.get(table) ?? new Map<string, Reading>()
    for (const [column, reading] of Object.entries(readings)) known.set(column, reading)
    declared.set(table, known)
  }
  return declared
}
