import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { RehearsalError } from '../errors.ts'
import type { Connection } from '../postgres/connection.ts'
import type { Stage } from './stage.ts'
import { productionActs } from './steps.ts'
import type { World } from './world.ts'

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
export async function serveSpecs(stage: Stage, world: World): Promise<string> {
  const socketPath = join(world.runDirectory, 'stage')
  const answers: {
    [Path in keyof Answers]: (url: URL, body: string) => Answers[Path] | Promise<Answers[Path]>
  } = {
    '/reach': (url) => stage.reach(url.searchParams.get('id') ?? ''),
    '/steps': () => stage.steps(),
    '/access': () => readAccess(world),
    // Acts read production as if nobody else did: a spec's query waits for those that are performed meanwhile.
    '/admit': async (url, body) => {
      await stage.asideSettled(productionActs)
      return admitStatement(world, url.searchParams, body)
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
          JSON.stringify({ fault: { code: world.signal.aborted ? 'INTERRUPTED' : code, message, hint } }),
        )
      }
    })()
  })
  // A tier may take hours: the server must not give up on a request.
  server.requestTimeout = 0
  await listen(server, socketPath)
  world.cleanup.defer('the socket of the stage', () => {
    server.closeAllConnections()
    return new Promise<void>((resolve) => server.close(() => resolve()))
  })
  return socketPath
}

/** The clone is there for its own specs, and later ones: when it is made before them, nobody should rest on that. */
function readAccess({ production, golden, clone, steps }: World): Access {
  return {
    ...(production && { production: production.reader }),
    ...(golden && { golden: golden.reader }),
    ...(clone && steps.has('clone') && { clone: clone.reader }),
  }
}

function admitStatement(
  { statementFilter, production, golden }: World,
  search: URLSearchParams,
  statement: string,
) {
  const place = search.get('database') === 'production' ? production : golden
  statementFilter?.admit(place?.reader.database ?? '', statement, {
    by: `spec of ${search.get('id')}`,
    kind: 'project',
  })
  return { admitted: true } as const
}

async function listen(server: Server, path: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, resolve)
  })
}
