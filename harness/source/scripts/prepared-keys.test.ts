import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { writeFiles } from '../../../tests/support/server.ts'
import rehearsal from '../../../tests/small/rehearsal.config.ts'
import { checkRehearsal } from '../../config/rehearsal.ts'
import { goldenKey, productionKey } from './prepared-keys.ts'

const files = {
  'make.sql': '-- Production.\nSELECT 1;\n',
  'administration.sql': '-- Roles.\n\\ir roles.sql\n',
  'roles.sql': '-- Roles.\nCREATE ROLE readers;\n',
}

async function keyOf(changes: Partial<typeof files>, production: Record<string, unknown> = {}) {
  await using project = await writeFiles({ ...files, ...changes })
  const config = checkRehearsal(
    { ...rehearsal, production: { ...rehearsal.production, script: 'make.sql', ...production } },
    'rehearsal.config.ts',
  )
  return await productionKey(project.path, config, '15.18')
}

it('another production has another key, whichever of its scripts or variables makes it so', async () => {
  const administration = 'administration.sql'
  const keys = await Promise.all([
    keyOf({}),
    keyOf({}, { administration }),
    keyOf({ 'roles.sql': '-- Roles.\nCREATE ROLE writers;\n' }, { administration }),
    keyOf({ 'administration.sql': '-- None.\n' }, { administration }),
    keyOf({}, { administration, variables: { evidence: 'full' } }),
  ])
  expect(new Set(keys).size).toBe(keys.length)
  expect(await keyOf({}, { administration })).toBe(keys[1])
})

it('is told apart to the last byte of its scripts and texts, whatever they are written in', async () => {
  const keys = await Promise.all([
    keyOf({ 'make.sql': "SELECT 'Aódź';\n" }),
    keyOf({ 'make.sql': "SELECT 'Łódź';\n" }),
    keyOf({}, { variables: { town: 'Aódź' } }),
    keyOf({}, { variables: { town: 'Łódź' } }),
  ])
  expect(new Set(keys).size).toBe(keys.length)
  await using project = await writeFiles(files)
  const bytes = async (last: number) => {
    await writeFile(join(project.path, 'make.sql'), Buffer.from([0x2d, 0x2d, last]))
    const production = { ...rehearsal.production, script: 'make.sql' }
    return productionKey(project.path, checkRehearsal({ ...rehearsal, production }, 'config'), '15.18')
  }
  expect(await bytes(0xe9)).not.toBe(await bytes(0xe8))
})

it('golden has another key where what is run to make it is another', async () => {
  const root = fileURLToPath(new URL('../../../tests/small', import.meta.url))
  const key = (changes: object, password = 'of a production') =>
    goldenKey(root, checkRehearsal({ ...rehearsal, ...changes }, 'config'), '15.18', password)
  const keys = await Promise.all([
    key({}),
    key({}, 'of a production made anew'),
    key({ release: { ...rehearsal.release, script: 'other.sql' } }),
    key({ gate: { ...rehearsal.gate, apply: 'SELECT 1' } }),
    key({ production: { ...rehearsal.production, amend: "SELECT 'Aódź'" } }),
    key({ production: { ...rehearsal.production, amend: "SELECT 'Łódź'" } }),
  ])
  expect(new Set(keys).size).toBe(keys.length)
})
