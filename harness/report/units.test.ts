import { describe, expect, it } from 'vitest'
import { formatBytes, formatCount, formatDuration } from './units.ts'

describe('units', () => {
  it.for([
    [0, '0.00 s'],
    [120.4, '0.12 s'],
    [994, '0.99 s'],
    [996, '1.0 s'],
    [38_214, '38.2 s'],
    [59_960, '1 min 00 s'],
    [125_000, '2 min 05 s'],
  ] as const)('%d ms reads %s', ([ms, text]) => {
    expect(formatDuration(ms)).toBe(text)
  })

  it.for([
    [0, '0 B'],
    [999, '999 B'],
    [64_200_000, '64.2 MB'],
    [999_960_000, '1.0 GB'],
    [1_204_000_000, '1.2 GB'],
  ] as const)('%d bytes read %s', ([bytes, text]) => {
    expect(formatBytes(bytes)).toBe(text)
  })

  it.for([
    [1, 'index', '1 index'],
    [2, 'index', '2 indexes'],
    [3, 'policy', '3 policies'],
    [11, 'table', '11 tables'],
    [412_905, 'key', '412,905 keys'],
  ] as const)('%d of %s reads %s', ([count, noun, text]) => {
    expect(formatCount(count, noun)).toBe(text)
  })
})
