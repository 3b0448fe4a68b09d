import { expect, it } from 'vitest'
import { writeFiles } from '../../tests/support/server.ts'
import rehearsal from '../../tests/small/rehearsal.config.ts'
import { checkRehearsal } from '../config/rehearsal.ts'
import { productionKey } from './cache-key.ts'

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
