import type { Evidence } from '../../evidence/schema.ts'
import { firstLine } from '../text.ts'
import { element, type XmlElement } from './xml.ts'

/** The test `verdict` of every report: green for `pass` alone, whatever the spec files say. */
export function renderVerdict(evidence: Evidence): XmlElement {
  const attributes = { name: 'verdict', classname: 'rehearsal', time: '0.000' }
  const reasons = findReasons(evidence)
  if (reasons.length === 0) return element('testcase', attributes)
  const kind = evidence.verdict === 'fail' ? 'failure' : 'error'
  const message = firstLine(reasons[0] ?? '')
  return element('testcase', attributes, [
    element(kind, { message, type: evidence.verdict }, [reasons.join('\n')]),
  ])
}

/** Fails closed: a pass that its own tests contradict is an error, too. */
function findReasons({ verdict, reasons, tests }: Evidence): readonly string[] {
  if (verdict !== 'pass')
    return reasons.length > 0 ? reasons : [`The verdict is ${verdict}; no reason was recorded.`]
  if (!tests.some((test) => test.status === 'passed')) return ['The verdict is pass, but no test passed.']
  return tests.some((test) => test.status === 'failed' || test.status === 'error')
    ? ['The verdict is pass, but a test did not pass.']
    : []
}
