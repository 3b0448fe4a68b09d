import type { Evidence, Figures, Step, TestRecord } from '../../evidence/schema.ts'
import { formatPlainFigure } from '../figures.ts'
import { summariseCertificate } from '../certificate.ts'
import { element, type XmlElement } from './xml.ts'

/** Properties of the suite `rehearsal`: verdict, start, selection, versions, production's certificate in short. */
export function describeRun({ verdict, rehearsal, versions, certificate, notShown }: Evidence): XmlElement[] {
  return [
    property('verdict', verdict),
    ...notShown.map(({ what, reason }) => property(`notShown.${what}`, reason)),
    property('startedAt', rehearsal.startedAt),
    ...(rehearsal.selection === null ? [] : [property('selection', rehearsal.selection)]),
    ...Object.entries(versions).map(([name, version]) => property(`version.${name}`, version)),
    ...Object.entries(summariseCertificate(certificate)).map(([name, text]) =>
      property(`certificate.${name}`, text),
    ),
  ]
}

/**
 * Properties of a spec file's suite: `step`, `status` and the measures (`before.waiting`, `after.waiting`) of the act or tier
 * that it belongs to. In a file of several steps each name begins with the step's id.
 */
export function describeSteps(evidence: Evidence, tests: readonly TestRecord[]): XmlElement[] {
  const ids = [...new Set(tests.map((test) => test.step))]
  const steps = [...evidence.acts, ...evidence.tiers].filter((step) => ids.includes(step.id))
  return steps.flatMap((step) => describeStep(step, steps.length > 1 ? `${step.id}.` : ''))
}

function describeStep(step: Step, prefix: string): XmlElement[] {
  return [
    property(`${prefix}step`, `${step.id} ${step.title}`),
    property(`${prefix}status`, step.status),
    ...(step.reason === null ? [] : [property(`${prefix}reason`, step.reason)]),
    ...step.problems.map((problem, index) => property(`${prefix}problem.${index + 1}`, problem)),
    property(`${prefix}durationMs`, String(Math.round(step.durationMs))),
    ...describeFigures(`${prefix}before.`, step.before),
    ...describeFigures(`${prefix}after.`, step.after),
  ]
}

function describeFigures(prefix: string, figures: Figures): XmlElement[] {
  return Object.entries(figures).map(([name, figure]) => property(prefix + name, formatPlainFigure(figure)))
}

function property(name: string, value: string): XmlElement {
  return element('property', { name, value })
}
