import { act } from '../words.ts'

act('second-run', 'second run refused', (it) => {
  it('ends with exit 3 and the abort line', ({ expect, facts }) => {
    expect(facts.exitCode).toBe(3)
    expect(facts.error).toMatchObject({
      message: 'PREFLIGHT ABORT: axis substrate already present (6 tables)',
      file: 't0_preflight.sql',
    })
  })

  it('changes nothing, not even a sequence', ({ expect, effect, before, after }) => {
    expect(effect).toBeExactly({})
    expect(after).toEqualMeasures(before)
  })
})
