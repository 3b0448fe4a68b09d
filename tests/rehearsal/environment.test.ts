import { expect, it, vi } from 'vitest'
import { copySmallProject } from '../support/project.ts'
import { stepOf } from '../support/read-evidence.ts'

it('is the same whatever servers the caller’s PG variables are for', async () => {
  const variables = {
    PGSSLMODE: 'require',
    PGOPTIONS: '-c statement_timeout=1',
    PGHOST: 'far.example',
    PGPORT: '1',
    PGSERVICE: 'nowhere',
  }
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
  try {
    await using project = await copySmallProject()
    const { evidence } = await project.rehearse('specs/clone')
    expect(stepOf(evidence, 'clone')).toMatchObject({ status: 'performed', problems: [] })
  } finally {
    vi.unstubAllEnvs()
  }
})
