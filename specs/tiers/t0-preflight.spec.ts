import { tier } from '../words.ts'

tier('T0', 'preflight', (it) => {
  it('finds the gate open and the substrate absent', ({ expect, printed, after }) => {
    expect(printed).toReport({
      ospa: 1,
      gap: 210,
      own: 0,
      conflict: 0,
      emit: 0,
      axis: 'absent',
      prereqs: 'present',
    })
    expect(after).toMeasure({ ospa: 1, gap: 210, own: 0, conflict: 0, gov_emit: 0, axis: 0 })
  })

  it('changes nothing', ({ expect, effect }) => {
    expect(effect).toBeExactly({})
  })
})
