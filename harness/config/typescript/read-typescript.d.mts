/**
 * Lets this process read TypeScript from now on, by ts-node, whatever the project's package.json says of its module
 * format; types are not checked. Once is enough: later calls do nothing. `transpiler` is the path of another one.
 */
export declare function readTypeScript(transpiler?: string): void
