import { compile } from '../../bin/compile.mjs'

/** Vitest's global setup: the package that configurations import is compiled, before tests look at one. */
export function setup() {
  compile()
}
