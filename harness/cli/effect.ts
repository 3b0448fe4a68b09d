import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { RehearsalError } from '../errors.ts'
import { printDeclaration } from '../evidence/print-declaration.ts'
import { evidenceSchema, type Evidence, type Step } from '../evidence/schema.ts'
import { exitCodes } from './exit-codes.ts'

/**
 * Prints what the last run measured as a step's effect, in the form in which a spec declares it; without a step, of
 * all. Throws EVIDENCE_INVALID where there is no evidence of a run, or the step was not measured.
 */
export async function printEffect(step: string | undefined, { output }: { output: string }): Promise<number> {
  const { acts, tiers } = await readEvidence(resolve(process.cwd(), output))
  const measured = [...acts, ...tiers].filter(hasEffect)
  const wanted = step === undefined ? measured : measured.filter(({ id }) => id === step)
  if (wanted.length === 0) {
    throw new RehearsalError('EVIDENCE_INVALID', `the last run measured no effect of ${step ?? 'any step'}`, {
      hint: `measured: ${measured.map(({ id }) => id).join(', ') || 'nothing'}; run: npx rehearse run`,
    })
  }
  for (const { id, effect } of wanted) {
    process.stdout.write(`// ${id}\nexpect(effect).toBeExactly(${printDeclaration(effect)})\n`)
  }
  return exitCodes.pass
}

function hasEffect(step: Step): step is Step & { effect: NonNullable<Step['effect']> } {
  return step.effect !== null
}

async function readEvidence(directory: string): Promise<Evidence> {
  const file = join(directory, 'evidence.json')
  try {
    return evidenceSchema.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch (cause) {
    throw new RehearsalError('EVIDENCE_INVALID', `${file} holds no evidence of a run`, {
      hint: 'run: npx rehearse run',
      cause,
    })
  }
}
