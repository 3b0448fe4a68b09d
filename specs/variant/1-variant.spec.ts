import { act } from '../words.ts'

const guarded = [
  't0_preflight',
  't1_structure',
  't2_responsibility',
  't3_ownership',
  't4_containment',
  't5_topic',
  't6_scanner',
]

act('variant', 'exactly the declared deltas', (it) => {
  it('redirects seven guards and leaves none bare', ({ expect, facts }) => {
    expect(facts.redirected).toBe(7)
    expect(facts.bare).toBe(0)
  })

  it('redirects the guard of the rollback apart from these', ({ expect, facts }) => {
    expect(facts.rollbackRedirected).toBe(1)
  })

  it('gives the canonical bytes when the deltas are undone', ({ expect, facts }) => {
    const files = facts.files
    expect(files).toHaveLength(10)
    expect(files.map(({ undoneSha256 }) => undoneSha256)).toEqual(
      files.map(({ canonicalSha256 }) => canonicalSha256),
    )
  })

  it('differs in one literal of each guarded file, and in nothing else', ({ expect, facts }) => {
    const files = facts.files
    const differing = Object.fromEntries(files.map(({ path, differingTokens }) => [path, differingTokens]))
    expect(differing).toEqual({
      ...Object.fromEntries(guarded.map((name) => [`${name}.sql`, 1])),
      't8_verify.sql': 0,
      '99_run_all.sql': 0,
      'rollback.sql': 1,
    })
  })

  it('has its canonical files refused on the clone, each by its own guard', ({ expect, facts }) => {
    const refusals = facts.refusals
    expect(refusals.map(({ file, exitCode, message }) => ({ file, exitCode, message }))).toEqual([
      ...guarded.map((name, index) => ({
        file: `${name}.sql`,
        exitCode: 3,
        message: `T${index} ABORT: wrong database`,
      })),
      { file: 'rollback.sql', exitCode: 3, message: 'ROLLBACK ABORT: wrong database' },
      { file: '99_run_all.sql', exitCode: 3, message: 'T0 ABORT: wrong database' },
    ])
  })

  it('changes nothing by being refused', ({ expect, effect }) => {
    expect(effect).toBeExactly({})
  })
})
