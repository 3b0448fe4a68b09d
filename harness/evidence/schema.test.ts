import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { rehearseLendingLibrary } from '../../tests/support/report/lending-library.ts'
import { evidenceSchema, type Evidence } from './schema.ts'

describe('evidence schema', () => {
  it.for(['pass', 'fail', 'blocked', 'unknown', 'interrupted', 'died'] as const)(
    'takes the evidence of a rehearsal that ended as %s, unchanged by JSON',
    (variant) => {
      const evidence = rehearseLendingLibrary(variant)
      expect(evidenceSchema.parse(JSON.parse(JSON.stringify(evidence)))).toEqual(evidence)
    },
  )

  it.for<[string, (evidence: Evidence) => unknown]>([
    ['an unknown field', (evidence) => ({ ...evidence, extra: 1 })],
    ['another schema version', (evidence) => ({ ...evidence, schemaVersion: 3 })],
    ['a verdict of its own', (evidence) => ({ ...evidence, verdict: 'green' })],
    ['a missing verdict', (evidence) => ({ ...evidence, verdict: undefined })],
    ['a figure beyond the safe integers', (evidence) => withFigure(evidence, 2 ** 53)],
    ['a figure with a fraction', (evidence) => withFigure(evidence, 0.5)],
    ['a figure that is no figure', (evidence) => withFigure(evidence, true)],
    [
      'a digest that is no SHA-256',
      (evidence) => ({ ...evidence, release: { files: [{ path: 'x.sql', role: 'tier', sha256: 'abc' }] } }),
    ],
    [
      'a negative duration',
      (evidence) => ({ ...evidence, rehearsal: { ...evidence.rehearsal, durationMs: -1 } }),
    ],
    [
      'a test status of its own',
      (evidence) => ({ ...evidence, tests: [{ ...evidence.tests[0], status: 'todo' }] }),
    ],
  ])('refuses %s', ([, spoil]) => {
    expect(evidenceSchema.safeParse(spoil(rehearseLendingLibrary('pass'))).success).toBe(false)
  })

  it('can be published as JSON Schema, closed against unknown fields', () => {
    const published = z.toJSONSchema(evidenceSchema)
    expect(published.additionalProperties).toBe(false)
    expect(published.required).toEqual(expect.arrayContaining(['schemaVersion', 'verdict', 'tests']))
  })
})

function withFigure(evidence: Evidence, figure: unknown): unknown {
  return { ...evidence, production: { before: { waiting: figure }, after: {} } }
}
