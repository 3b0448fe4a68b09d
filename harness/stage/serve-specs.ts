import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { RehearsalError } from '../errors.ts'
import type { Connection } from '../postgres/connection.ts'
import type { Stage } from './stage.ts'
import { baseline } from '../acts/baseline.ts'
import { clone } from '../acts/clone.ts'
import type { Run } from '../acts/common/run.ts'

/** Databases that a spec may query, by read-only connections; only those that exist at the moment. */
export type Access = Partial<Record<'production' | 'golden' | 'clone', Connection>>

/** The stage's answers, by path of the request. */
export interface Answers {
  readonly '/reach': Awaited<ReturnType<Stage['reach']>>
  readonly '/steps': ReturnType<Stage['steps']>
  readonly '/access': Access
  /** Whether the body, a statement of a spec, may be sent to production or golden; it then is recorded as sent. */
  readonly '/admit': { readonly admitted: true }
}

/** Serves the stage to spec files on a Unix socket in the run's private directory; returns its path. */
export async function serveSpecs(stage: Stage, run: Run): Promise<string> {
  const readingProduction = stage.plan.filter(({ act }) => act.readsProduction).map(({ id }) => id)
  const socketPath = join(run.runDirectory, 'stage')
  const answers: {
    [Path in keyof Answers]: (url: URL, body: string) => Answers[Path] | Promise<Answers[Path]>
  } = {
    '/reach': (url) => stage.reach(url.searchParams.get('id') ?? ''),
    '/steps': () => stage.steps(),
    '/access': () => readAccess(stage, run),
    // Acts assume that nobody else reads production: a spec's query waits for the acts that are being performed.
    '/admit': async (url, body) => {
      await stage.asideSettled(readingProduction)
      return admitStatement(run, url.searchParams, body)
    },
  }
  const server = createServer((request, response) => {
    void (async () => {
      try {
        const url = new URL(request.url ?? '/', 'http://stage')
        const answer = answers[url.pathname as keyof Answers]
        response.end(JSON.stringify({ answer: await answer(url, await text(request)) }))
      } catch (error) {
        const { code = 'EXECUTOR_FAILED', message, hint } = error as Partial<RehearsalError> & Error
        response.end(
          JSON.stringify({ fault: { code: run.signal.aborted ? 'INTERRUPTED' : code, message, hint } }),
        )
      }
    })()
  })
  // A tier may take hours: the server must not give up on a request.
  server.requestTimeout = 0
  await listen(server, socketPath)
  run.cleanup.defer('the socket of the stage', () => {
    server.closeAllConnections()
    return new Promise<void>((resolve) => server.close(() => resolve()))
  })
  return socketPath
}

/** The clone is there for its own specs, and later ones: when it is made before them, nobody should rest on that. */
function readAccess(stage: Stage, { steps }: Run): Access {
  const { production, golden } = stage.given(baseline) ?? {}
  const made = stage.given(clone)
  return {
    ...(production && { production: production.reader }),
    ...(golden && { golden: golden.reader }),
    ...(made && steps.has(clone.id) && { clone: made.clone.reader }),
  }
}

function admitStatement({ access }: Run, search: URLSearchParams, statement: string) {
  const filter =
    search.get('database') === 'production' ? access.statementFilter : access.goldenStatementFilter
  filter?.admit(statement, { by: `spec of ${search.get('id')}`, kind: 'project' })
  return { admitted: true } as const
}

async function listen(server: Server, path: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, resolve)
  })
}
