import { request } from 'node:http'
import { json } from 'node:stream/consumers'
import { inject } from 'vitest'
import { RehearsalError, type RehearsalErrorCode } from '../errors.ts'
import type { Answers } from '../stage/serve-specs.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of the stage's socket. */
    stage: string
  }
}

interface Reply<T> {
  readonly answer?: T
  readonly fault?: { readonly code: RehearsalErrorCode; readonly message: string; readonly hint?: string }
}

// A worker whose run was killed outright would wait for a database's answer for as long as that takes.
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'))

/** Asks the stage, with a body where there is one, however long the answer takes. Throws the stage's own fault, or STAGE_UNREACHABLE. */
export async function askStage<Path extends keyof Answers>(
  path: Path,
  query: Readonly<Record<string, string>> = {},
  body = '',
): Promise<Answers[Path]> {
  const socketPath = inject('stage') as string | undefined
  if (socketPath === undefined) {
    // Vitest alone shows the message only.
    throw new RehearsalError(
      'STAGE_UNREACHABLE',
      'spec files need the stage, which Vitest alone does not start: run npx rehearse run <files>',
    )
  }
  const reply = await send<Reply<Answers[Path]>>(
    socketPath,
    `${path}?${new URLSearchParams(query).toString()}`,
    body,
  )
  if (reply.fault !== undefined) {
    const { code, message, hint } = reply.fault
    throw new RehearsalError(code, message, hint === undefined ? {} : { hint })
  }
  return reply.answer as Answers[Path]
}

function send<T>(socketPath: string, path: string, body: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown) =>
      reject(new RehearsalError('STAGE_UNREACHABLE', `the stage did not answer ${path}`, { cause }))
    const sent = request({ socketPath, path, method: 'POST', agent: false }, (response) => {
      json(response).then((value) => resolve(value as T), fail)
    })
    sent.once('error', fail)
    sent.end(body)
  })
}
