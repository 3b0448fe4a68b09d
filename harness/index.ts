/** The public door of Dress Rehearsal: what a configuration and spec files are written with. */
export { defineMeasures } from './config/measures.ts'
export { defineRehearsal } from './config/rehearsal.ts'
export { absent } from './spec/subjects.ts'
export { specsFor } from './spec/specs.ts'
