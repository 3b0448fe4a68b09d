import type { HostCapabilities } from '../../host/host.ts'
import type { RehearsalConfig } from '../../config/rehearsal.ts'
import type { Divergence, NotShown, Notice, Step } from '../../evidence/schema.ts'
import type { Run } from './run.ts'

/** What every outcome may record, whatever became of the act. */
interface Recorded<Facts> {
  readonly problems?: readonly string[]
  readonly change?: Partial<Pick<Step, 'before' | 'after' | 'effect'>>
  readonly notices?: readonly Notice[]
  readonly divergences?: readonly Divergence[]
  /** What this act would show if more were declared. */
  readonly notShown?: readonly NotShown[]
  readonly facts?: Facts
  readonly sqlMs?: number
}

/**
 * The result of an act or tier; `Gives` is what it leaves for later ones. `blocked` where the act makes no sense on
 * what the tiers left. Whatever it throws instead makes it an `error`.
 */
export type Outcome<Gives = undefined, Facts = object> = Recorded<Facts> &
  (
    | ({ readonly status: 'performed' } & (undefined extends Gives
        ? { readonly gives?: Gives }
        : { readonly gives: Gives }))
    | { readonly status: 'failed' | 'error' | 'blocked'; readonly reason: string }
  )

/** What a host or an executor may be able to do. */
export type Capability = keyof HostCapabilities | 'stepping'

export type ActSection = Step['section']

/** A part of the rehearsal, defined entirely in its file. */
export interface AnyAct {
  readonly id: string
  readonly title: string | ((config: RehearsalConfig) => string)
  /** Folder of its specs, below `specs/`. Several acts may share one. */
  readonly folder: string
  /** Its section of the report. */
  readonly section: ActSection
  /**
   * The part of the configuration that declares it, which `perform` receives; if it is missing, the act is not part of
   * the rehearsal. Default: it is always one.
   */
  readonly declaredBy?: (config: RehearsalConfig) => unknown
  /** What nothing shows where it is not declared. */
  readonly notShown?: NotShown | ((config: RehearsalConfig) => NotShown)
  /** Its effect must be declared by a spec; the effect of any other act is judged by the act itself. Default: false. */
  readonly needsSpec?: boolean
  /** Acts that must have been performed; else it is blocked. */
  readonly needs: Acts
  /** Acts whose result it takes where they were performed; they are tried before it. */
  readonly uses?: Acts
  /** Ids of acts that are tried before it, whatever became of them. */
  readonly after?: readonly string[]
  /** What host and executor must be able to do; where they cannot, it is not shown, and what needs it is not either. */
  readonly requires?: readonly Capability[]
  /** It may be performed beside others: `aside`: it may begin before its turn; `beside`: begun acts need not have ended. */
  readonly overlap?: 'aside' | 'beside'
  /** Reads production's server: a query of a spec waits for it. */
  readonly readsProduction?: boolean
  /** Does not touch the clone, and so may come after its turn. */
  readonly isAnytime?: boolean
  perform(run: Run, given: never, declared: never): Promise<Outcome<unknown>>
}

export type Acts = Readonly<Record<string, AnyAct>>

/** What an act leaves for later ones. */
export type GivesOf<A> = A extends { perform(run: Run, given: never, declared: never): Promise<infer O> }
  ? O extends { readonly status: 'performed' }
    ? O extends { readonly gives: infer Gives }
      ? Gives
      : undefined
    : never
  : never

/** The facts that an act records. */
export type FactsOf<A> = A extends { perform(run: Run, given: never, declared: never): Promise<infer O> }
  ? O extends { readonly status: 'performed'; readonly facts: infer Facts }
    ? Facts
    : never
  : never

type GivenBy<A> = A extends { readonly declaredBy: unknown } ? GivesOf<A> | undefined : GivesOf<A>

/** What an act receives: the results of the acts that it needs, and of those that it uses, if they were performed. */
export type Given<Needs extends Acts, Uses extends Acts> = {
  readonly [Name in keyof Needs]: GivenBy<Needs[Name]>
} & { readonly [Name in keyof Uses]: GivesOf<Uses[Name]> | undefined }

/** An act as later ones and spec files see it: by its id, what it leaves, and what it records. */
export interface Act<Id extends string, O extends Outcome<unknown>> extends AnyAct {
  readonly id: Id
  perform(run: Run, given: never, declared: never): Promise<O>
}

/** An act that is no part of the rehearsal where nothing declares it. */
export interface DeclaredAct<Id extends string, O extends Outcome<unknown>> extends Act<Id, O> {
  readonly declaredBy: (config: RehearsalConfig) => unknown
}

type Named<Id> = Omit<AnyAct, 'id' | 'needs' | 'uses' | 'declaredBy' | 'perform'> & { readonly id: Id }

/** Declares an act with what it needs, and what declares it, in the types of its `perform`. */
export function defineAct<
  const Id extends string,
  Needs extends Acts,
  Declared,
  O extends Outcome<unknown>,
  Uses extends Acts = Record<never, AnyAct>,
>(act: Named<Id> & DeclaredBy<Declared> & Parts<Needs, Uses, NonNullable<Declared>, O>): DeclaredAct<Id, O>
export function defineAct<
  const Id extends string,
  Needs extends Acts,
  O extends Outcome<unknown>,
  Uses extends Acts = Record<never, AnyAct>,
>(act: Named<Id> & Parts<Needs, Uses, undefined, O>): Act<Id, O>
export function defineAct(act: AnyAct): AnyAct {
  return act
}

interface DeclaredBy<Declared> {
  readonly declaredBy: (config: RehearsalConfig) => Declared
  readonly notShown: NonNullable<AnyAct['notShown']>
}

interface Parts<Needs extends Acts, Uses extends Acts, Declared, O> {
  readonly needs: Needs
  readonly uses?: Uses
  perform(run: Run, given: Given<Needs, Uses>, declared: Declared): Promise<O>
}
